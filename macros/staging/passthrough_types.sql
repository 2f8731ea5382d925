{#
    The user's own columns of a collection (var passthrough_columns), {name: type}: the
    type that all sources give it, else text.
#}
{% macro passthrough_types(collection, found, columns) %}
    {%- set passed = {} -%}
    {%- set taken = columns.keys() | list
        + ['source_relation', 'version_rank', 'is_kept',
            'repeated_key_1', 'repeated_key_2'] -%}
    {%- for name in (var('passthrough_columns') or {}).get(collection, []) | map('lower') -%}
        {%- if name in taken -%}
            {%- do exceptions.raise_compiler_error(
                'passthrough_columns lists ' ~ collection ~ '.' ~ name
                ~ ', which the staging model already has: remove it from the list.'
            ) -%}
        {%- endif -%}
        {%- set types = [] -%}
        {%- for raw in found if name in raw.columns -%}
            {%- do types.append(raw.columns[name].data_type) -%}
        {%- endfor -%}
        {#- PostgreSQL names the last two, but cannot cast to them. -#}
        {%- set is_one_type = types | unique | list | length == 1
            and types[0] not in ('ARRAY', 'USER-DEFINED') -%}
        {%- do passed.update({name: types[0] if is_one_type else dbt.type_string()}) -%}
    {%- endfor -%}
    {{ return(passed) }}
{% endmacro %}
