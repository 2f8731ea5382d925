{#
    One row per key of all source tables: the latest received, then the latest loaded;
    all other columns break a tie, so that every engine keeps the same row. A table is read
    once for its touched rows: DuckDB keeps what is read several times, and they are few.
#}
{% macro latest_versions(tables, columns, passed, required, key_columns) %}
{%- set names = columns.keys() | list -%}
{%- for name in passed -%}
    {%- do names.append(segment_stripe.passthrough_name(name)) -%}
{%- endfor %}
with

{% for raw in tables if raw.touched is defined -%}
{{ raw.rows }} as (

    {{ raw.touched }}

),

{% endfor -%}
{% for raw in tables -%}
{%- if tables | length > 1 -%}
-- {{ raw.source_relation }}.{{ raw.relation.identifier }}
{% endif -%}
{{ segment_stripe.ranked_versions(
    raw, loop.index, columns, passed, required, key_columns
) }}

{% endfor -%}
final as (

    {% for raw in tables -%}
    select source_relation, {{ names | join(', ') }}
    from single_versions_{{ loop.index }}
    union all
    select source_relation, {{ names | join(', ') }}
    from ranked_versions_{{ loop.index }}
    where version_rank = 1
        and is_kept
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
)

select * from final
{%- endmacro %}
