{# Calendar months from the first month to the month of a date; negative if earlier. #}
{% macro months_between(first_month, date) %}
    {%- set months = [] -%}
    {%- for part, factor in [('year', 12), ('month', 1)] -%}
        {%- do months.append(
            '(extract(' ~ part ~ ' from ' ~ date ~ ') - extract(' ~ part ~ ' from '
            ~ first_month ~ ')) * ' ~ factor
        ) -%}
    {%- endfor -%}
    {{ return('cast(' ~ months | join(' + ') ~ ' as ' ~ dbt.type_bigint() ~ ')') }}
{% endmacro %}
