{#
    Around the SQL of a test that reads several models: dbt runs it as soon as one of
    them is selected, but it says nothing before all of them are built, here or, with
    --defer, in production. No rows then, and a line that says so.
#}
{% macro if_built() %}
    {%- set missing = [] -%}
    {%- if execute and flags.WHICH in ('build', 'test') -%}
        {%- for read in model.depends_on.nodes if read in graph.nodes -%}
            {%- set node = graph.nodes[read] -%}
            {%- set places = [node, node.get('defer_relation')] | select -%}
            {%- set ns = namespace(is_built=false) -%}
            {%- for place in places if not ns.is_built -%}
                {%- set ns.is_built = adapter.get_relation(
                    database=place.database, schema=place.schema, identifier=place.alias
                ) is not none -%}
            {%- endfor -%}
            {%- if not ns.is_built -%}
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
