{#
    The last build that went through, a row of sync_builds, with latest_as_of, the latest
    one that a build since began with; none where there is none.
#}
{% macro last_build() %}
    {%- set builds = segment_stripe.sync_relation('sync_builds') -%}
    {%- if not load_relation(builds) -%} {{ return(none) }} {%- endif -%}
    {%- set found = run_query(
        'select *, (select max(as_of_date) from ' ~ builds ~ ') as latest_as_of from '
        ~ builds ~ ' where is_complete order by started_at desc limit 1'
    ) -%}
    {%- if not found.rows | length -%} {{ return(none) }} {%- endif -%}
    {%- set build = {} -%}
    {%- for name in found.column_names -%}
        {%- do build.update({name | lower: found.rows[0][name]}) -%}
    {%- endfor -%}
    {{ return(build) }}
{% endmacro %}
