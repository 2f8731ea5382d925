{#
    The user's own columns of a collection (var passthrough_columns), each with the
    type it has in the first source that delivers it, else text.
#}
{% macro passthrough_types(collection, found, columns) %}
    {%- set passed = {} -%}
    {%- for name in (var('passthrough_columns') or {}).get(collection, []) -%}
        {%- if name in columns or name == 'source_relation' -%}
            {%- do exceptions.raise_compiler_error(
                'passthrough_columns lists ' ~ collection ~ '.' ~ name
                ~ ', which the staging model already has: remove it from the list.'
            ) -%}
        {%- endif -%}
        {%- set types = [] -%}
        {%- for raw in found if name | lower in raw.columns -%}
            {%- do types.append(raw.columns[name | lower].data_type) -%}
        {%- endfor -%}
        {%- do passed.update({name: types[0] if types else dbt.type_string()}) -%}
    {%- endfor -%}
    {{ return(passed) }}
{% endmacro %}
