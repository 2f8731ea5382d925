{# What var passthrough_columns lists of a collection: {name, alias, type}. #}
{% macro passthrough_entries(collection) %}
    {%- set entries = [] -%}
    {%- for listed in (segment_stripe.setting('passthrough_columns') or {}).get(collection, []) -%}
        {%- do entries.append(segment_stripe.listed_column(listed)) -%}
    {%- endfor -%}
    {{ return(entries) }}
{% endmacro %}
