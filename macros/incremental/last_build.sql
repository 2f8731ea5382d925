{#
    The last build that went through, a row of sync_builds, with latest_as_of, the latest
    one that a build since began with; months, the mark that all since began with, for one
    that ended half-way has written some; and moments, the newest of each raw table then.
    None where no build went through.
#}
{% macro last_build() %}
    {%- set builds = segment_stripe.sync_relation('sync_builds') -%}
    {%- for name in ['sync_builds', 'sync_moments', 'sync_rows', 'sync_links']
        if not load_relation(segment_stripe.sync_relation(name)) -%}
        {{ return(none) }}
    {%- endfor -%}
    {%- set found = run_query('select * from ' ~ builds ~ ' order by started_at desc') -%}
    {%- set begun = [] -%}
    {%- for row in found.rows -%}
        {%- set build = {} -%}
        {%- for name in found.column_names -%}
            {%- do build.update({name | lower: row[name]}) -%}
        {%- endfor -%}
        {%- do begun.append(build) -%}
    {%- endfor -%}
    {%- set build = begun | selectattr('is_complete') | first | default(none) -%}
    {%- if not build -%} {{ return(none) }} {%- endif -%}
    {%- set months = begun | map(attribute='months') | unique | list -%}
    {%- set moments = {} -%}
    {%- for row in run_query(
        'select raw_relation, cast(moment as ' ~ segment_stripe.text() ~ ') from '
        ~ segment_stripe.sync_relation('sync_moments') ~ " where invocation_id = '"
        ~ build.invocation_id ~ "'"
    ).rows -%}
        {%- do moments.update({row[0]: row[1]}) -%}
    {%- endfor -%}
    {{ return(dict(
        build,
        latest_as_of=begun | map(attribute='as_of_date') | max,
        months=months[0] if months | length == 1 else none,
        moments=moments,
    )) }}
{% endmacro %}
