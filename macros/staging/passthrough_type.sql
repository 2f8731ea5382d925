{#
    One of the user's own columns with its SQL type, {name, declared, type}: what its
    entry of passthrough_columns says, else what all sources give it, else text.
#}
{% macro passthrough_type(found, entry) %}
    {%- set types = [] -%}
    {%- for raw in found if entry.name in raw.columns -%}
        {%- do types.append(raw.columns[entry.name].data_type) -%}
    {%- endfor -%}
    {#- PostgreSQL names the last two, but cannot cast to them. -#}
    {%- set is_one_type = types | unique | list | length == 1
        and types[0] not in ('ARRAY', 'USER-DEFINED') -%}
    {%- if entry.type -%} {%- set type = segment_stripe.own_type(entry.type) -%}
    {%- else -%} {%- set type = types[0] if is_one_type else segment_stripe.text() -%}
    {%- endif -%}
    {{ return({'name': entry.name, 'declared': entry.type, 'type': type}) }}
{% endmacro %}
