{# Succeeded ÷ (succeeded + failed), of `charge` or `payment` counts in scope. #}
{% macro success_rate(object, prefix='') %}
    {%- set succeeded = prefix ~ 'succeeded_' ~ object ~ '_count' -%}
    {%- set failed = prefix ~ 'failed_' ~ object ~ '_count' -%}
    {{ return(segment_stripe.ratio(succeeded, '(' ~ succeeded ~ ' + ' ~ failed ~ ')')) }}
{% endmacro %}
