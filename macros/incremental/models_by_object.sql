{# Of some nodes, by id, the tables whose rows belong to objects. #}
{% macro models_by_object(ids) %}
    {%- set models = [] -%}
    {#- By its id, for each look at a node makes dbt copy all of it. -#}
    {%- for id in ids
        if id.startswith('model.segment_stripe.') and id in graph.nodes
        and 'object' in graph.nodes[id].config.meta -%}
        {%- do models.append(id) -%}
    {%- endfor -%}
    {{ return(models) }}
{% endmacro %}
