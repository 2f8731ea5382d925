{# The first day of the month so many months before the as-of month. #}
{% macro as_of_month_back(months) %}
    {%- set as_of_month = segment_stripe.first_day_of('month', segment_stripe.as_of_date()) -%}
    {{ return('cast(' ~ dbt.dateadd('month', 0 - months, as_of_month) ~ ' as date)') }}
{% endmacro %}
