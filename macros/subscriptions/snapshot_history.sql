{#
    What a snapshot holds, with valid_from and valid_to; nothing before the first dbt
    snapshot. Rows that were never dated are left out: dbt keeps their first version
    for ever. This is the only place that asks whether the snapshot exists, and whether
    it has a column yet: `is_deleted` comes with the next dbt snapshot.
#}
{% macro snapshot_history(snapshot, staging, columns) %}
    {%- set found = load_relation(snapshot) if execute and flags.INTROSPECT
        else none -%}
    {%- set exists = found is not none -%}
    {%- set kept = [] -%}
    {%- for column in (adapter.get_columns_in_relation(found) if exists else []) -%}
        {%- do kept.append(column.name | lower) -%}
    {%- endfor -%}
select
    source_relation,
    {% for column in columns -%}
    {% if column == 'is_deleted' and exists and column not in kept -%}
    cast(null as {{ dbt.type_boolean() }}) as {{ column }},
    {% else -%}
    {{ column }},
    {% endif -%}
    {% endfor -%}
    {{ 'dbt_valid_from' if exists else 'received_at' }} as valid_from,
    {{ 'dbt_valid_to' if exists else 'received_at' }} as valid_to
from {{ snapshot if exists else staging }}
where {{ 'dbt_valid_from is not null' if exists else '1 = 0' }}
{%- endmacro %}
