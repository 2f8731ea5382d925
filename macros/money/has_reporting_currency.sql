{# Whether anything is converted, as a condition in SQL. #}
{% macro has_reporting_currency() %}
    {{ return('true' if segment_stripe.setting('reporting_currency') else 'false') }}
{% endmacro %}
