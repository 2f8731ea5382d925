{# The declared tables of Segment's; a project that has this one as a package has more. #}
{% macro own_sources() %}
    {%- set found = [] -%}
    {%- for id in graph.sources if id.startswith('source.segment_stripe.') -%}
        {%- do found.append(graph.sources[id]) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
