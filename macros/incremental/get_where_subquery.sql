{#
    What a data test reads of a model, in place of dbt's own macro: touched rows are enough
    for what is said of one row, and for keys, which name the object.
#}
{% macro get_where_subquery(relation) %}
    {%- set node = graph.nodes.get(model.attached_node)
        if execute and segment_stripe.setting('incremental') -%}
    {%- if node
        and node.alias == relation.identifier
        and model.test_metadata.name in [
            'not_null', 'accepted_values', 'unique', 'unique_combination_of_columns'
        ]
        and segment_stripe.has_touched(node)
        and segment_stripe.is_in_part() -%}
        {%- set relation = segment_stripe.sync_relation(node.name ~ '__touched') -%}
    {%- endif -%}
    {{ return(adapter.dispatch('get_where_subquery', 'dbt')(relation)) }}
{% endmacro %}
