{#
    How plan_build tells the models, those by month, or the data tests, that this build is
    one in part: a relation in dbt's cache alone, for a query in each would take Spark half
    a second.
#}
{% macro note_in_part(what) %}
    {{ return(segment_stripe.sync_relation(
        what ~ '_in_part_' ~ invocation_id
    )) }}
{% endmacro %}
