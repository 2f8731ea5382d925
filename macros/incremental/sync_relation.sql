{# A relation of the incremental build's own, beside the intermediate models. #}
{% macro sync_relation(name, type='table') %}
    {%- set node = graph.nodes['model.segment_stripe.int_payments__charges_captured'] -%}
    {{ return(api.Relation.create(
        database=node.database, schema=node.schema, identifier=name, type=type
    )) }}
{% endmacro %}
