{#
    The body of a model that scripts/write_own_models.py writes: the user's own columns
    of a collection, {name: type}, by the key of its staging model. A column that a
    pattern found once and the table has no more is null.
#}
{% macro own_columns(collection, key, columns) %}
    {%- set staged = ref('segment_stripe', 'stg_stripe__' ~ collection) -%}
    {%- set found = columns.keys() | list -%}
    {%- if execute and flags.WHICH in ('run', 'build') -%}
        {%- set found = segment_stripe.staged_own_columns(collection, staged) -%}
        {%- do segment_stripe.check_own_columns(collection, columns, found) -%}
    {%- endif -%}
    {%- set lines = ['source_relation'] + key -%}
    {%- for name, type in columns.items() -%}
        {%- set value = name if name in found else 'null' -%}
        {%- do lines.append(
            'cast(' ~ value ~ ' as ' ~ segment_stripe.own_type(type) ~ ') as ' ~ name
        ) -%}
    {%- endfor -%}
select
    {{ lines | join(',\n    ') }}
from {{ staged }}
where {{ key | join(' is not null\n    and ') }} is not null
{%- endmacro %}
