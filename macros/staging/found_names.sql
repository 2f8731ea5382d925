{# The names of all columns of a collection's tables, in their order. #}
{% macro found_names(found) %}
    {%- set names = [] -%}
    {%- for raw in found -%}
        {%- do names.extend(raw.columns.keys()) -%}
    {%- endfor -%}
    {{ return(names | unique | sort) }}
{% endmacro %}
