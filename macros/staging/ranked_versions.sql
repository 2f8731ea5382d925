{#
    The CTEs of one source table. Only keys that occur twice are ranked, for a scan of keys
    costs less than a sort. None is read twice: DuckDB would keep all of its columns.
#}
{% macro ranked_versions(raw, number, columns, passed, required, key_columns) %}
{%- set rows, keys = raw.get('rows', raw.relation), (columns.keys() | list)[:key_columns] -%}
{%- set key_values = segment_stripe.raw_key_values(raw, columns, keys) -%}
{%- set typed = segment_stripe.row_columns(raw, columns, passed, required) -%}
{%- set named, matches = [], [] -%}
{%- for value in key_values -%}
    {%- do named.append(value ~ ' as repeated_key_' ~ loop.index) -%}
    {%- do matches.append(value ~ ' = repeated.repeated_key_' ~ loop.index) -%}
{%- endfor -%}
{%- for name in ['repeated', 'ranked'] -%}
{{ name }}_keys_{{ number }} as (

    select {{ named | join(', ') }}
    from {{ rows }} as raw_rows
    where {{ key_values[0] }} <> ''
    group by {{ key_values | join(', ') }}
    having count(*) > 1

),

{% endfor -%}
single_versions_{{ number }} as (

    select
        {{ typed }}
    from {{ rows }} as raw_rows
    left join repeated_keys_{{ number }} as repeated
        on {{ matches | join('\n        and ') }}
    where repeated.repeated_key_1 is null
        and {{ raw.filter }}

),

versions_{{ number }} as (

    select
        {{ typed }},
        {{ raw.filter }} as is_kept
    from {{ rows }} as raw_rows
    inner join ranked_keys_{{ number }} as repeated
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

),
{%- endmacro %}
