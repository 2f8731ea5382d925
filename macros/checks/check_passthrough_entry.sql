{#
    One sentence for what can be no entry of passthrough_columns: a name, a pattern,
    or a mapping with a name, its alias and its type.
#}
{% macro check_passthrough_entry(setting, listed) %}
    {%- set entry = listed if listed is mapping else {'name': listed} -%}
    {%- set types = ['string', 'integer', 'numeric', 'boolean', 'date', 'timestamp'] -%}
    {%- set unknown = entry.keys() | reject('in', ['name', 'alias', 'type']) | list -%}
    {%- set name = entry.get('name') -%}
    {%- if unknown or not name -%}
        {%- do exceptions.raise_compiler_error(
            setting ~ ' has the entry ' ~ listed ~ ': write {name: metadata_plan, '
            ~ 'alias: plan, type: string}, of which only the name must be there.'
        ) -%}
    {%- elif entry.get('type', 'string') not in types -%}
        {%- do exceptions.raise_compiler_error(
            setting ~ ' gives ' ~ name ~ " the type '" ~ entry.type ~ "': use one of "
            ~ types | join(', ') ~ '.'
        ) -%}
    {%- elif name is string and '*' in name and 'alias' in entry -%}
        {%- do exceptions.raise_compiler_error(
            setting ~ ' gives an alias to ' ~ name ~ ', which may be several columns: '
            ~ 'list the one that is to have another name by itself.'
        ) -%}
    {%- endif -%}
    {%- do segment_stripe.check_column_name(
        setting, name | replace('*', 'x') if name is string else name
    ) -%}
    {%- do segment_stripe.check_column_name(setting, entry.get('alias', 'x')) -%}
{% endmacro %}
