{#
    In an incremental build, beside the staging model of a linked collection: the same rows
    of touched objects alone, as a table, <name>__touched.
#}
{% macro stage_touched(tables, columns, passed, required, key_columns) %}
    {%- set touched = segment_stripe.sync_relation('sync_touched') -%}
    {%- set parts = [] -%}
    {%- for raw in tables -%}
        {%- do parts.append(dict(
            raw,
            rows='touched_rows_' ~ loop.index,
            touched='select * from ' ~ raw.relation ~ ' where '
            ~ segment_stripe.id_hash(segment_stripe.raw_text(raw, 'id'))
            ~ ' in (select object_id from ' ~ touched ~ ')'
        )) -%}
    {%- endfor -%}
    {%- do segment_stripe.make_now(
        segment_stripe.sync_relation(model.name ~ '__touched'),
        segment_stripe.latest_versions(parts, columns, passed, required, key_columns)
        if parts else segment_stripe.empty_collection(columns, passed)
    ) -%}
{% endmacro %}
