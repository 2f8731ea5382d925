{# The last day of a year's month, as a date; null where either is none or no number
    that a calendar has. #}
{% macro last_day_of(year, month) %}
    {%- set months = 'cast((' ~ year ~ ' - 2000) * 12 + ' ~ month ~ ' as '
        ~ dbt.type_int() ~ ')' -%}
    {%- set after = dbt.dateadd('month', months, "cast('2000-01-01' as date)") -%}
    {{ return(
        'case when ' ~ year ~ ' between 1900 and 2999 and ' ~ month
        ~ ' between 1 and 12 then cast('
        ~ dbt.dateadd('day', -1, 'cast(' ~ after ~ ' as date)') ~ ' as date) end'
    ) }}
{% endmacro %}
