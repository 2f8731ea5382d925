{#
    The tables of a collection and the user's own columns in them, {model, found,
    columns}, asked for outside of its staging model.
#}
{% macro passed_collection(collection) %}
    {%- set table = segment_stripe.own_sources()
        | selectattr('name', 'equalto', collection) | first -%}
    {%- set relation = api.Relation.create(
        database=table.database, schema=table.schema, identifier=table.identifier
    ) -%}
    {%- set found = segment_stripe.find_collection(relation, table.source_name) -%}
    {%- set model = 'stg_' ~ table.source_name ~ '__' ~ collection -%}
    {%- set taken = graph.nodes['model.segment_stripe.' ~ model].columns.keys() -%}
    {{ return({
        'model': model,
        'found': found,
        'columns': segment_stripe.passthrough_columns(collection, found, taken),
        'taken': taken | list,
    }) }}
{% endmacro %}
