{#
    The CTEs of one source table. Keys that occur once, nearly all, skip the ranking:
    that costs a scan of the key instead of a sort of the table.
#}
{% macro ranked_versions(raw, number, columns, passed, required) %}
{%- set key = columns.keys() | first -%}
{%- set raw_key = segment_stripe.raw_column(raw, columns[key][1] or key) -%}
{%- set row_columns = segment_stripe.row_columns(raw, columns, passed, required) -%}
repeated_keys_{{ number }} as (

    select {{ raw_key }} as repeated_key
    from {{ raw.relation }}
    group by {{ raw_key }}
    having count(*) > 1

),

single_versions_{{ number }} as (

    select
        {{ row_columns }}
    from {{ raw.relation }} as raw_rows
    left join repeated_keys_{{ number }} as repeated
        on raw_rows.{{ raw_key }} = repeated.repeated_key
    where repeated.repeated_key is null
        and {{ raw.filter }}

),

repeated_versions_{{ number }} as (

    select
        {{ row_columns }},
        {{ raw.filter }} as is_kept
    from {{ raw.relation }} as raw_rows
    inner join repeated_keys_{{ number }} as repeated
        on raw_rows.{{ raw_key }} = repeated.repeated_key

),

ranked_versions_{{ number }} as (

    select
        *,
        row_number() over (
            partition by {{ key }}
            order by {{ segment_stripe.version_order(columns) }}
        ) as version_rank
    from repeated_versions_{{ number }}

),
{%- endmacro %}
