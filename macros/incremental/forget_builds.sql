{#
    A build that writes some models by object only, or is not incremental, leaves rows that
    no incremental build can go on from: the next one computes all rows.
#}
{% macro forget_builds() %}
    {%- set builds = segment_stripe.sync_relation('sync_builds') -%}
    {%- if load_relation(builds) -%}
        {%- do segment_stripe.run_now('update ' ~ builds ~ ' set is_complete = false') -%}
    {%- endif -%}
{% endmacro %}
