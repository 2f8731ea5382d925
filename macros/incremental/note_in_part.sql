{#
    How plan_build tells the models, or the data tests, that this build is one in part: a
    relation in dbt's cache alone, for a query in each would take Spark half a second.
#}
{% macro note_in_part(resource_type) %}
    {{ return(segment_stripe.sync_relation(
        resource_type ~ '_in_part_' ~ invocation_id
    )) }}
{% endmacro %}
