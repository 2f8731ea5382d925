{# The SQL of a model by object as it is where all rows are read. #}
{% macro of_all_rows(sql) %}
    {%- set texts = namespace(sql=sql) -%}
    {%- for id in model.depends_on.nodes if id in graph.nodes -%}
        {%- set node = graph.nodes[id] -%}
        {%- set touched = segment_stripe.sync_relation(node.name ~ '__touched') | string -%}
        {%- if touched in texts.sql -%}
            {%- set whole = api.Relation.create(
                database=node.database, schema=node.schema, identifier=node.alias
            ) -%}
            {%- set texts.sql = texts.sql | replace(touched, whole | string) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(texts.sql) }}
{% endmacro %}
