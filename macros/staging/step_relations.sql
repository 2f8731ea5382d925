{# The table of each event that is a step of the funnel, where the event source keeps it. #}
{% macro step_relations() %}
    {%- set tracks = segment_stripe.own_sources()
        | selectattr('name', 'equalto', 'tracks') | first -%}
    {%- set relations = [] -%}
    {%- for step in segment_stripe.own_steps() -%}
        {%- do relations.append(api.Relation.create(
            database=tracks.database, schema=tracks.schema, identifier=step
        )) -%}
    {%- endfor -%}
    {{ return(relations) }}
{% endmacro %}
