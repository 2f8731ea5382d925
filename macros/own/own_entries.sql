{# The columns of an own object, as those of passthrough_columns; else text. #}
{% macro own_entries(name, object) %}
    {%- set entries = [] -%}
    {%- for listed in object.columns or [] -%}
        {%- set entry = segment_stripe.listed_column(listed) -%}
        {%- set type = entry.type or 'string' -%}
        {%- do entries.append(dict(
            entry, declared=type, setting='own_objects.' ~ name,
            type=segment_stripe.own_type(type),
        )) -%}
    {%- endfor -%}
    {{ return(entries) }}
{% endmacro %}
