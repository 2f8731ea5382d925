{# A user's own column of one raw table as the staged type; an empty text is null. #}
{% macro passthrough_column(raw, name, type) %}
    {%- set value = segment_stripe.raw_column(raw, name) or 'null' -%}
    {%- set typed = 'cast(' ~ value ~ ' as ' ~ type ~ ')' -%}
    {%- if segment_stripe.type_family(type) == 'string' -%}
        {%- set typed = 'nullif(' ~ typed ~ ", '')" -%}
    {%- endif -%}
    {{ return(typed ~ ' as ' ~ segment_stripe.passthrough_name(name)) }}
{% endmacro %}
