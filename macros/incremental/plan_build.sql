{#
    Before any model: decide whether all rows are computed or those of touched objects
    alone, find these, and say which in one line.
#}
{% macro plan_build() %}
    {%- set written = segment_stripe.models_by_object(selected_resources) if execute else [] -%}
    {%- if not written or flags.WHICH not in ('run', 'build', 'retry') -%}
        {{ return('') }}
    {%- endif -%}
    {%- set models = segment_stripe.models_by_object(graph.nodes) -%}
    {%- if not segment_stripe.setting('incremental')
        or flags.WHICH == 'retry'
        or invocation_args_dict.get('empty')
        or written | length < models | length -%}
        {{ return(segment_stripe.forget_builds()) }}
    {%- endif -%}

    {%- set tables = segment_stripe.linked_tables() -%}
    {%- set marks = segment_stripe.build_marks(tables) -%}
    {%- set last = segment_stripe.last_build() -%}
    {%- set reason = segment_stripe.reason_for_all_rows(models, marks, last) -%}
    {%- do segment_stripe.record_build(marks, reason is none) -%}
    {%- do segment_stripe.record_moments(tables) -%}
    {%- do segment_stripe.find_links(tables, last if reason is none else none) -%}
    {%- if reason is none -%}
        {%- set count = segment_stripe.find_touched(tables, last) -%}
        {%- do adapter.cache_added(segment_stripe.note_in_part()) -%}
        {%- do print(
            'incremental: ' ~ count ~ ' objects are computed again, those touched since '
            ~ last.started_at ~ ' UTC and what hangs on them.'
        ) -%}
    {%- else -%}
        {%- do print('incremental: all rows are computed, for ' ~ reason ~ '.') -%}
    {%- endif -%}
{% endmacro %}
