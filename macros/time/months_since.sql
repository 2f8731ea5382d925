{# Calendar months from the first month to the month of a later date; zero if earlier. #}
{% macro months_since(first_month, date) %}
    {%- set months = [] -%}
    {%- for part, factor in [('year', 12), ('month', 1)] -%}
        {%- do months.append(
            '(extract(' ~ part ~ ' from ' ~ date ~ ') - extract(' ~ part ~ ' from '
            ~ first_month ~ ')) * ' ~ factor
        ) -%}
    {%- endfor -%}
    {{ return(
        'cast(greatest(' ~ months | join(' + ') ~ ', 0) as ' ~ dbt.type_bigint() ~ ')'
    ) }}
{% endmacro %}
