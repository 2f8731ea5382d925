{# The user's own columns in a staging model: what its YAML does not describe. #}
{% macro staged_own_columns(collection, staged) %}
    {%- set node = graph.nodes['model.segment_stripe.stg_stripe__' ~ collection] -%}
    {%- set names = [] -%}
    {%- for column in adapter.get_columns_in_relation(staged)
        if column.name | lower not in node.columns -%}
        {%- do names.append(column.name | lower) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
