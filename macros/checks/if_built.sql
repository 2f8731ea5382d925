{#
    Around the SQL of a test that reads several models: dbt runs it as soon as one of
    them is selected, but it says nothing before all of them are built. No rows then,
    and a line that says so.
#}
{% macro if_built() %}
    {%- set missing = [] -%}
    {%- if execute and flags.WHICH in ('build', 'test') -%}
        {%- for read in model.depends_on.nodes if read in graph.nodes -%}
            {%- set node = graph.nodes[read] -%}
            {%- if not adapter.get_relation(
                database=node.database, schema=node.schema, identifier=node.alias
            ) -%}
                {%- do missing.append(node.name) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if missing -%}
        {%- do log(model.name ~ ' is not asked before these are built: ' ~ missing | join(', '), info=true) -%}
select 1 as not_asked limit 0
    {%- else -%}
{{ caller() }}
    {%- endif -%}
{% endmacro %}
