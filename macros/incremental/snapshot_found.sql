{# What a snapshot, by its id, holds so far; none before the first dbt snapshot. #}
{% macro snapshot_found(id) %}
    {%- set node = graph.nodes.get(id) -%}
    {%- if node -%}
        {{ return(adapter.get_relation(
            database=node.database, schema=node.schema, identifier=node.alias
        )) }}
    {%- endif -%}
    {{ return(none) }}
{% endmacro %}
