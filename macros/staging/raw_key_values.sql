{# The values by which a raw table's rows are told apart; the first one is the id. #}
{% macro raw_key_values(raw, columns, keys) %}
    {%- set id = segment_stripe.raw_column(raw, columns[keys[0]][1] or keys[0]) -%}
    {%- set values = ['raw_rows.' ~ id] -%}
    {%- for key in keys[1:] -%}
        {%- set value = segment_stripe.staged_column(raw, key, columns[key]) -%}
        {%- do values.append('coalesce(' ~ value ~ ", '')") -%}
    {%- endfor -%}
    {{ return(values) }}
{% endmacro %}
