{# The first day of a date's month, or the Monday of its week, as a date. #}
{% macro first_day_of(period, date) %}
    {{ return(adapter.dispatch('first_day_of', 'segment_stripe')(period, date)) }}
{% endmacro %}

{% macro default__first_day_of(period, date) %}
    {{ return('cast(' ~ dbt.date_trunc(period, date) ~ ' as date)') }}
{% endmacro %}

{# BigQuery's weeks begin on Sunday. #}
{% macro bigquery__first_day_of(period, date) %}
    {%- set periods = {'week': 'week(monday)'} -%}
    {{ return(
        'cast(date_trunc(cast(' ~ date ~ ' as date), ' ~ periods.get(period, period)
        ~ ') as date)'
    ) }}
{% endmacro %}

{# Snowflake's weeks begin as the account says. #}
{% macro snowflake__first_day_of(period, date) %}
    {%- if period == 'week' -%}
        {{ return(
            'cast(dateadd(day, 1 - dayofweekiso(' ~ date ~ '), ' ~ date ~ ') as date)'
        ) }}
    {%- endif -%}
    {{ return(segment_stripe.default__first_day_of(period, date)) }}
{% endmacro %}
