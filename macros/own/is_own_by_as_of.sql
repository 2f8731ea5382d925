{#
    Whether a row of an own object is known on the as-of day, by its typed date or
    timestamp; undated rows are.
#}
{% macro is_own_by_as_of(own) %}
    {%- set time = segment_stripe.passthrough_name(own.alias) -%}
    {%- if own.declared == 'date' -%}
        {%- set as_of = segment_stripe.as_of_date() -%}
        {{ return('coalesce(' ~ time ~ ', ' ~ as_of ~ ') <= ' ~ as_of) }}
    {%- endif -%}
    {{ return(segment_stripe.is_by_as_of(time)) }}
{% endmacro %}
