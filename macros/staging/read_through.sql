{#
    How a CTE that is read twice is read: PostgreSQL would keep all of its columns,
    whichever are asked for; DuckDB keeps the ones that are.
#}
{% macro read_through() %}
    {{- return(adapter.dispatch('read_through', 'segment_stripe')()) -}}
{% endmacro %}

{% macro default__read_through() %}
    {{- return('') -}}
{% endmacro %}

{% macro postgres__read_through() %}
    {{- return('not materialized ') -}}
{% endmacro %}

{# Redshift would take PostgreSQL's. #}
{% macro redshift__read_through() %}
    {{- return('') -}}
{% endmacro %}
