{# Write down that a build begins; finish_build says when it went through. #}
{% macro record_build(marks, is_in_part) %}
    {%- set builds = segment_stripe.sync_relation('sync_builds') -%}
    {%- set columns = [
        "cast('" ~ invocation_id ~ "' as " ~ segment_stripe.text() ~ ') as invocation_id',
        segment_stripe.build_moment() ~ ' as started_at',
        "cast('" ~ segment_stripe.as_of_day() ~ "' as date) as as_of_date",
        'cast(' ~ is_in_part ~ ' as boolean) as is_in_part',
        'cast(false as boolean) as is_complete',
        'cast(false as boolean) as is_tested',
    ] -%}
    {%- for what, mark in marks.items() -%}
        {%- do columns.append(
            "cast('" ~ mark ~ "' as " ~ segment_stripe.text() ~ ') as ' ~ what | replace(' ', '_')
        ) -%}
    {%- endfor -%}
    {%- set row = 'select ' ~ columns | join(', ') -%}
    {%- if is_in_part -%}
        {%- do segment_stripe.run_now('insert into ' ~ builds ~ ' ' ~ row) -%}
    {%- else -%}
        {%- do segment_stripe.make_now(builds, row) -%}
    {%- endif -%}
{% endmacro %}
