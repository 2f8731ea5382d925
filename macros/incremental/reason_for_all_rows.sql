{# Why all rows are computed, in words; none where the touched ones are enough. #}
{% macro reason_for_all_rows(models, marks, last) %}
    {%- if flags.FULL_REFRESH -%} {{ return('--full-refresh was given') }} {%- endif -%}
    {%- if last is none -%} {{ return('no earlier build went through') }} {%- endif -%}
    {%- for what, mark in marks.items() -%}
        {%- if last[what | replace(' ', '_')] != mark -%}
            {{ return(what ~ ' is another than at the last build') }}
        {%- endif -%}
    {%- endfor -%}
    {%- if last.latest_as_of | string > segment_stripe.as_of_day() | string -%}
        {{ return('as_of is earlier than at the last build') }}
    {%- endif -%}
    {%- for id in models -%}
        {%- set node = graph.nodes[id] -%}
        {%- if not adapter.get_relation(
            database=node.database, schema=node.schema, identifier=node.alias
        ) -%}
            {{ return(node.name ~ ' is not there') }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(none) }}
{% endmacro %}
