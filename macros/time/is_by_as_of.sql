{# Whether a row of this UTC timestamp is known on the as-of day; undated rows are. #}
{% macro is_by_as_of(utc_timestamp) %}
    {%- set as_of = segment_stripe.as_of_date() -%}
    {{ return(
        'coalesce(' ~ segment_stripe.reporting_date(utc_timestamp) ~ ', ' ~ as_of
        ~ ') <= ' ~ as_of
    ) }}
{% endmacro %}
