{#
    Whether this build computes the touched objects alone, as plan_build said. Everything
    else that compiles a model, unit tests too, sees all rows.
#}
{% macro is_in_part() %}
    {%- if not execute
        or not segment_stripe.setting('incremental')
        or flags.WHICH not in ('run', 'build')
        or model is not mapping
        or model.resource_type != 'model' -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set builds = segment_stripe.sync_relation('sync_builds') -%}
    {%- if not load_relation(builds) -%} {{ return(false) }} {%- endif -%}
    {%- set plan = run_query(
        'select is_in_part from ' ~ builds ~ " where invocation_id = '" ~ invocation_id ~ "'"
    ) -%}
    {{ return(plan.rows | length == 1 and plan.rows[0][0]) }}
{% endmacro %}
