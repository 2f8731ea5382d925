{#
    After a build: where it went through, the next one starts from what it saw, and its
    tests do where no test is missing among those that passed.
#}
{% macro finish_build(results) %}
    {%- if not execute or not segment_stripe.setting('incremental')
        or flags.WHICH not in ('run', 'build') -%}
        {{ return('') }}
    {%- endif -%}
    {%- set models = segment_stripe.models_by_object(graph.nodes) -%}
    {%- set tests = [] -%}
    {%- for id in graph.nodes
        if id.startswith('test.segment_stripe.')
        and graph.nodes[id].config.severity | lower == 'error' -%}
        {%- do tests.append(id) -%}
    {%- endfor -%}
    {%- set done = [] -%}
    {%- for result in results if result.status in ('success', 'pass') -%}
        {%- do done.append(result.node.unique_id) -%}
    {%- endfor -%}
    {%- if models | reject('in', done) | list -%} {{ return('') }} {%- endif -%}
    {%- set builds = segment_stripe.sync_relation('sync_builds') -%}
    {%- set own = " where invocation_id = '" ~ invocation_id ~ "'" -%}
    {%- set others = " where invocation_id <> '" ~ invocation_id ~ "'" -%}
    {%- do segment_stripe.run_now(
        'update ' ~ builds ~ ' set is_complete = true, is_tested = '
        ~ (tests | reject('in', done) | list | length == 0)
        ~ ", what_seeds_hold = '" ~ segment_stripe.seeds_mark() ~ "'" ~ own
    ) -%}
    {%- for name in ['sync_builds', 'sync_moments', 'sync_rows'] -%}
        {%- do segment_stripe.run_now(
            'delete from ' ~ segment_stripe.sync_relation(name) ~ others
        ) -%}
    {%- endfor -%}
{% endmacro %}
