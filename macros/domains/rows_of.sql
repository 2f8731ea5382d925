{#
    A model of a domain, to select from: while the domain is switched off, a relation
    without rows, with the columns that the reader uses, listed by their type. `alias` is
    its name in a query that joins it.
#}
{% macro rows_of(domain, model, alias=none) %}
    {%- if domain in segment_stripe.setting('domains') -%}
        {{ return(ref(model) ~ (' as ' ~ alias if alias else '')) }}
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
