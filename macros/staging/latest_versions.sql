{#
    One row per key: the latest received, then the latest loaded; all other columns
    break a tie, so that every engine keeps the same row. Keys that occur once, nearly
    all, skip the ranking: it costs a scan of the key instead of a sort of the table.
#}
{% macro latest_versions(tables, columns, passed, required) %}
{%- set key = columns.keys() | first -%}
{%- set names = columns.keys() | list + passed.keys() | list -%}
with

{% for raw in tables -%}
{%- set raw_key = segment_stripe.raw_column(raw, columns[key][1] or key) -%}
{%- set row_columns = segment_stripe.row_columns(raw, columns, passed, required) -%}
repeated_keys_{{ loop.index }} as (

    select {{ raw_key }} as repeated_key
    from {{ raw.relation }}
    group by {{ raw_key }}
    having count(*) > 1

),

single_versions_{{ loop.index }} as (

    select
        {{ row_columns }}
    from {{ raw.relation }} as raw_rows
    left join repeated_keys_{{ loop.index }} as repeated
        on raw_rows.{{ raw_key }} = repeated.repeated_key
    where repeated.repeated_key is null
        and {{ raw.filter }}

),

repeated_versions_{{ loop.index }} as (

    select
        {{ row_columns }}
    from {{ raw.relation }} as raw_rows
    inner join repeated_keys_{{ loop.index }} as repeated
        on raw_rows.{{ raw_key }} = repeated.repeated_key
    where {{ raw.filter }}

),

ranked_versions_{{ loop.index }} as (

    select
        *,
        row_number() over (
            partition by {{ key }}
            order by {{ segment_stripe.version_order(columns) }}
        ) as version_rank
    from repeated_versions_{{ loop.index }}

),

{% endfor -%}
final as (

    {% for raw in tables -%}
    select * from single_versions_{{ loop.index }}
    union all
    select source_relation, {{ names | join(', ') }}
    from ranked_versions_{{ loop.index }}
    where version_rank = 1
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
)

select * from final
{%- endmacro %}
