{#
    One number for all that a raw row says, but for the columns left out. Each value comes
    after its length, so that no two rows are one text.
#}
{% macro row_hash(raw, without=[]) %}
    {%- set texts = [] -%}
    {%- for name, column in raw.columns.items() if name not in without -%}
        {%- set value = segment_stripe.raw_text(raw, name) -%}
        {%- do texts.append(
            'coalesce(cast(length(' ~ value ~ ') as ' ~ segment_stripe.text() ~ ") || ':' || "
            ~ value ~ ", '-')"
        ) -%}
    {%- endfor -%}
    {{ return(segment_stripe.id_hash(texts | join(' || '))) }}
{% endmacro %}
