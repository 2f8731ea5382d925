{# The quoted name of a raw column, or none where the table lacks it. #}
{% macro raw_column(raw, name) %}
    {%- if name | lower in raw.columns -%}
        {{ return(adapter.quote(raw.columns[name | lower].name)) }}
    {%- endif -%}
    {{ return(none) }}
{% endmacro %}
