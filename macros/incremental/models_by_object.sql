{# The ids of the models whose rows belong to objects, where builds are incremental. #}
{% macro models_by_object() %}
    {%- set models = [] -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'model' and '_by_object' in node.config.materialized -%}
        {%- do models.append(node.unique_id) -%}
    {%- endfor -%}
    {{ return(models) }}
{% endmacro %}
