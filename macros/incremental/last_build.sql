{#
    The last build that went through, a row of sync_builds, with latest_as_of, the latest
    one that a build since began with, and moments, the newest of each raw table then; none
    where there is none.
#}
{% macro last_build() %}
    {%- set builds = segment_stripe.sync_relation('sync_builds') -%}
    {%- for name in ['sync_builds', 'sync_moments', 'sync_rows', 'sync_links']
        if not load_relation(segment_stripe.sync_relation(name)) -%}
        {{ return(none) }}
    {%- endfor -%}
    {%- set found = run_query(
        'select *, (select max(as_of_date) from ' ~ builds ~ ') as latest_as_of from '
        ~ builds ~ ' where is_complete order by started_at desc limit 1'
    ) -%}
    {%- if not found.rows | length -%} {{ return(none) }} {%- endif -%}
    {%- set build = {} -%}
    {%- for name in found.column_names -%}
        {%- do build.update({name | lower: found.rows[0][name]}) -%}
    {%- endfor -%}
    {%- set moments = {} -%}
    {%- for row in run_query(
        'select raw_relation, cast(moment as ' ~ segment_stripe.text() ~ ') from '
        ~ segment_stripe.sync_relation('sync_moments') ~ " where invocation_id = '"
        ~ build.invocation_id ~ "'"
    ).rows -%}
        {%- do moments.update({row[0]: row[1]}) -%}
    {%- endfor -%}
    {{ return(dict(build, moments=moments)) }}
{% endmacro %}
