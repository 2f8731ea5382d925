{# One number for all that a raw row says, but for the columns left out. #}
{% macro row_hash(raw, without=[]) %}
    {%- set texts = [] -%}
    {%- for name, column in raw.columns.items() if name not in without -%}
        {%- do texts.append('coalesce(' ~ segment_stripe.raw_text(raw, name) ~ ", '')") -%}
    {%- endfor -%}
    {{ return(segment_stripe.id_hash(texts | join(" || '|' || "))) }}
{% endmacro %}
