{# As find_collection, of a source's node: what is asked outside of its staging model. #}
{% macro found_of_source(node) %}
    {%- set lineage = api.Relation.create(
        database=node.database, schema=node.schema, identifier=node.identifier
    ) -%}
    {{ return(segment_stripe.find_collection(lineage, node.source_name)) }}
{% endmacro %}
