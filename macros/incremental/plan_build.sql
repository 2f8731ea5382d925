{#
    Before any model: decide whether all rows are computed or those of touched objects
    alone, find these, and say which in one line. Tests read all rows on the first build
    of a day, and where the last build was not tested or did not pass.
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
        or segment_stripe.models_above(models) | reject('in', selected_resources) | list -%}
        {{ return(segment_stripe.forget_builds()) }}
    {%- endif -%}

    {%- set tables = segment_stripe.linked_tables() -%}
    {%- set last = segment_stripe.last_build() -%}
    {%- set marks = segment_stripe.build_marks(tables, last) -%}
    {%- set reason = segment_stripe.reason_for_all_rows(models, marks, last) -%}
    {%- set is_tested_in_part = reason is none
        and last.is_tested
        and last.as_of_date | string == segment_stripe.as_of_day() | string -%}
    {%- set months = segment_stripe.months_mark(tables) -%}
    {%- do segment_stripe.record_build(dict(marks, months=months), reason is none) -%}
    {%- do segment_stripe.record_moments(tables) -%}
    {%- do segment_stripe.find_links(tables, last if reason is none else none) -%}
    {%- if reason is none -%}
        {%- set count = segment_stripe.find_touched(tables, last) -%}
        {%- do adapter.cache_added(segment_stripe.note_in_part('model')) -%}
        {%- if last.months == months -%}
            {%- do adapter.cache_added(segment_stripe.note_in_part('months')) -%}
        {%- endif -%}
        {%- if is_tested_in_part -%}
            {%- do adapter.cache_added(segment_stripe.note_in_part('test')) -%}
        {%- endif -%}
        {%- do print(
            'incremental: ' ~ count ~ ' objects are computed again, those touched since '
            ~ last.started_at ~ ' UTC and what hangs on them'
            ~ ('' if last.months == months
                else ', and subscriptions by month in full, for the day, a plan, a product'
                ~ ' or a coupon is another')
            ~ '; tests read '
            ~ ('their rows.' if is_tested_in_part else 'all rows.')
        ) -%}
    {%- else -%}
        {%- do print('incremental: all rows are computed, for ' ~ reason ~ '.') -%}
    {%- endif -%}
{% endmacro %}
