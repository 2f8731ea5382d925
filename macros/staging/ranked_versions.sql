{#
    The CTEs of one source table. Keys that occur once, nearly all, skip the ranking:
    that costs a scan of the key instead of a sort of the table. So do rows without one.
#}
{% macro ranked_versions(raw, number, columns, passed, required, key_columns) %}
{%- set rows = raw.get('rows', raw.relation) -%}
{%- set keys = (columns.keys() | list)[:key_columns] -%}
{%- set key_values = segment_stripe.raw_key_values(raw, columns, keys) -%}
{%- set matches = [] -%}
{%- for value in key_values -%}
    {%- do matches.append(value ~ ' = repeated.repeated_key_' ~ loop.index) -%}
{%- endfor -%}
repeated_keys_{{ number }} as (

    select
        {% for value in key_values -%}
        {{ value }} as repeated_key_{{ loop.index }}{{ ',' if not loop.last }}
        {% endfor -%}
    from {{ rows }} as raw_rows
    where {{ key_values[0] }} <> ''
    group by {{ key_values | join(', ') }}
    having count(*) > 1

),

versions_{{ number }} as {{ segment_stripe.read_through() }}(

    select
        {{ segment_stripe.row_columns(raw, columns, passed, required) }},
        {{ raw.filter }} as is_kept,
        repeated.repeated_key_1 is not null as is_repeated
    from {{ rows }} as raw_rows
    left join repeated_keys_{{ number }} as repeated
        on {{ matches | join('\n        and ') }}

),

ranked_versions_{{ number }} as (

    select
        *,
        row_number() over (
            partition by {{ keys | join(', ') }}
            order by {{ segment_stripe.version_order(columns) }}
        ) as version_rank
    from versions_{{ number }}
    where is_repeated

),
{%- endmacro %}
