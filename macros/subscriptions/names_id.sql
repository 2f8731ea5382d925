{#
    Whether a text names an id: the id itself, or a list of ids as text, such as
    `["txr_1", "txr_2"]`, in whatever brackets and quotes the loader wrote it.
#}
{% macro names_id(text, id) %}
    {%- set plain = namespace(text=text) -%}
    {%- for mark in ['[', ']', '{', '}', '"', ' ', dbt.escape_single_quotes("'")] -%}
        {%- set plain.text = 'replace(' ~ plain.text ~ ", '" ~ mark ~ "', '')" -%}
    {%- endfor -%}
    {{ return(
        dbt.position("',' || " ~ id ~ " || ','", "',' || " ~ plain.text ~ " || ','")
        ~ ' > 0'
    ) }}
{% endmacro %}
