{# A user's own column of one raw table as its staged type; an empty text is null. #}
{% macro passthrough_column(raw, alias, own) %}
    {%- set value = segment_stripe.raw_column(raw, own.name) or 'null' -%}
    {%- set typed = 'cast(' ~ value ~ ' as ' ~ own.type ~ ')' -%}
    {%- if own.declared not in (none, 'string') and own.name in raw.columns -%}
        {%- set typed = segment_stripe.declared_column(raw, own) -%}
    {%- elif segment_stripe.type_family(own.type) == 'string' -%}
        {%- set typed = 'nullif(' ~ typed ~ ", '')" -%}
    {%- endif -%}
    {{ return(typed ~ ' as ' ~ segment_stripe.passthrough_name(alias)) }}
{% endmacro %}
