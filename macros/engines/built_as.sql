{#
    How a model is kept that is to be a table or a view: as dbt does, or on DuckDB in
    place. Spark plans views upon views again in each model that reads them.
#}
{% macro built_as(kind) %}
    {%- if target.type in ('spark', 'trino') -%} {{ return('table') }} {%- endif -%}
    {{ return(kind ~ '_in_place' if target.type == 'duckdb' else kind) }}
{% endmacro %}
