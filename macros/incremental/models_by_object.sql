{# Of some nodes, by id, the tables whose rows belong to objects. #}
{% macro models_by_object(ids) %}
    {%- set models = [] -%}
    {%- for id in ids if id in graph.nodes -%}
        {%- set node = graph.nodes[id] -%}
        {%- if node.resource_type == 'model' and node.package_name == 'segment_stripe'
            and 'object' in node.config.meta -%}
            {%- do models.append(id) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(models) }}
{% endmacro %}
