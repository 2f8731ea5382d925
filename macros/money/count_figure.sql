{# A count for a mart: zero where there is nothing to count. #}
{% macro count_figure(expression) %}
    {{ return('cast(coalesce(' ~ expression ~ ', 0) as ' ~ dbt.type_bigint() ~ ')') }}
{% endmacro %}
