{#
    The body of a staging model: the latest version of every row of one Segment
    collection, typed and renamed, from all configured source schemas.

    collection  table name, as declared under sources
    columns     {output column: [type, spelling, older spelling, ...]}; without a
                spelling the column keeps its name. The key comes first, or its columns
                (key_columns, 1) do. Types:
                string, currency, personal (hashed on request), movement (its quotes
                are), integer, numeric, boolean, timestamp; presence: whether the raw
                table has the column; table_name: the raw table's
    required    raw columns without which the build stops with one error; every
                other column, and the table itself, may be absent
    rows        'live' (default) or 'test_mode': which side of `livemode` to keep
    source_name 'stripe' or 'segment'
#}
{% macro stage_collection(
    collection, columns, required=['id'], rows='live', source_name='stripe',
    key_columns=1
) %}
    {%- set columns = segment_stripe.with_delivery_columns(columns) -%}
    {%- set lineage = source(source_name, collection) -%}
    {%- if not execute -%}
        {{ return('select 1 as parsed') }}
    {%- endif -%}

    {%- set found = segment_stripe.find_collection(lineage, source_name, columns) -%}
    {%- set tables = segment_stripe.kept_rows(found, rows) -%}
    {%- set passed = segment_stripe.passthrough_columns(collection, found, columns) -%}
    {%- for raw in found if rows == 'live' -%}
        {%- do segment_stripe.require_columns(raw, required) -%}
    {%- endfor -%}

    {%- if model.name in segment_stripe.linked_models() and segment_stripe.is_in_part() -%}
        {%- do segment_stripe.stage_touched(
            tables, columns, passed, required, key_columns
        ) -%}
    {%- endif -%}
    {%- if tables -%}
        {{ segment_stripe.latest_versions(
            tables, columns, passed, required, key_columns
        ) }}
    {%- else -%}
        {{ segment_stripe.empty_collection(columns, passed) }}
    {%- endif -%}
{% endmacro %}
