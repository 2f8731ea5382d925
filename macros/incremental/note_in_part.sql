{#
    How plan_build tells the models that this build is one in part: a relation in dbt's
    cache alone, for a query in each model would take Spark half a second.
#}
{% macro note_in_part() %}
    {{ return(segment_stripe.sync_relation('in_part_' ~ invocation_id)) }}
{% endmacro %}
