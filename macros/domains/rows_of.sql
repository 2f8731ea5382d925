{#
    A model of a domain, to select from: while the domain is switched off, a relation
    without rows, with the columns that the reader uses, listed by their type. `alias` is
    its name in a query that joins it; is_touched: read as models by object are (`touched`).
#}
{% macro rows_of(domain, model, alias=none, is_touched=false) %}
    {%- if domain in segment_stripe.setting('domains') -%}
        {%- set relation = segment_stripe.touched(model) if is_touched else ref(model) -%}
        {{ return(relation ~ (' as ' ~ alias if alias else '')) }}
    {%- endif -%}
    {%- set columns = [] -%}
    {%- for type, names in kwargs.items() -%}
        {%- set sql_type = 'date' if type == 'date' else segment_stripe.staged_type(type) -%}
        {%- for name in names -%}
            {%- do columns.append('cast(null as ' ~ sql_type ~ ') as ' ~ name) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return('(select ' ~ columns | join(', ') ~ ' limit 0) as ' ~ (alias or model)) }}
{% endmacro %}
