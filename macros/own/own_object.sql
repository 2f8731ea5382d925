{#
    The body of a model that scripts/write_own_models.py writes: an object of the user's
    (var own_objects) by the key of what it belongs to. Rows without a key or an account
    are left out, and those dated after the as-of day. One that says rows: one stops
    before a table is replaced, where a key has several; the rows of others are numbered.
#}
{% macro own_object(name, relation, key) %}
    {%- if not execute or flags.WHICH not in ('run', 'build') -%}
        {{ return('select 1 as parsed') }}
    {%- endif -%}
    {%- set object = (segment_stripe.setting('own_objects') or {}).get(name) -%}
    {%- if not object -%}
        {%- do exceptions.raise_compiler_error(
            model.name ~ ' is no longer listed in own_objects: run write_own_models.py '
            ~ 'again.'
        ) -%}
    {%- endif -%}
    {%- do segment_stripe.check_own_model(name, object) -%}
    {%- set raw = segment_stripe.own_relation(name, object, relation) -%}
    {%- set source = segment_stripe.own_source(name, object, raw) -%}
    {%- set id = segment_stripe.raw_column(raw, object.key_column) -%}
    {%- set lines = [
        source ~ ' as source_relation',
        'cast(' ~ id ~ ' as ' ~ segment_stripe.text() ~ ') as ' ~ key,
    ] -%}
    {%- set known = [] -%}
    {%- for own in segment_stripe.own_entries(name, object) -%}
        {%- do lines.append(segment_stripe.passthrough_column(raw, own.alias, own)) -%}
        {%- if own.alias == (object.time or '') | lower and object.rows == 'many' -%}
            {%- do known.append(segment_stripe.is_own_by_as_of(own)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set rows = 'from ' ~ relation ~ ' where ' ~ id ~ " <> '' and " ~ source
        ~ " <> ''" -%}
    {%- if object.rows == 'one' -%}
        {%- do segment_stripe.refuse_repeated_keys(name, id, source, rows) -%}
    {%- else -%}
        {%- do lines.append(segment_stripe.own_row_id(name, object, raw, [source, id])) -%}
    {%- endif -%}
with

typed as (

    select
        {{ lines | join(',\n        ') }}
    {{ rows }}

)

select * from typed
where {{ known[0] or 'true' }}
{%- endmacro %}
