{# The first day of a date's month, or the Monday of its week, as a date. #}
{% macro first_day_of(period, date) %}
    {{ return('cast(' ~ dbt.date_trunc(period, date) ~ ' as date)') }}
{% endmacro %}
