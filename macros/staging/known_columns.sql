{#
    What this run has been told of relations' columns, {relation: columns}. dbt gives
    macros nothing that lasts for a run but its graph, which outlives it where a program
    runs dbt again.
#}
{% macro known_columns() %}
    {%- set kept = graph.get('segment_stripe_columns', {}) -%}
    {%- if invocation_id not in kept -%}
        {%- set kept = {invocation_id: {}} -%}
        {%- do graph.update({'segment_stripe_columns': kept}) -%}
    {%- endif -%}
    {{ return(kept[invocation_id]) }}
{% endmacro %}
