{#
    What a snapshot holds, with valid_from and valid_to; nothing before the first dbt
    snapshot. Rows that were never dated are left out: dbt keeps their first version
    for ever. This is the only place that asks whether the snapshot exists.
#}
{% macro snapshot_history(snapshot, staging, columns) %}
    {%- set exists = execute and load_relation(snapshot) is not none -%}
select
    source_relation,
    {% for column in columns -%}
    {{ column }},
    {% endfor -%}
    {{ 'dbt_valid_from' if exists else 'received_at' }} as valid_from,
    {{ 'dbt_valid_to' if exists else 'received_at' }} as valid_to
from {{ snapshot if exists else staging }}
where {{ 'dbt_valid_from is not null' if exists else '1 = 0' }}
{%- endmacro %}
