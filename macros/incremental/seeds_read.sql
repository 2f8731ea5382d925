{# The seeds that models by object read, as nodes. #}
{% macro seeds_read() %}
    {%- set found = {} -%}
    {%- for id in segment_stripe.models_above(segment_stripe.models_by_object(graph.nodes)) -%}
        {%- for read in graph.nodes[id].depends_on.nodes
            if read.startswith('seed.') and read in graph.nodes and read not in found -%}
            {%- do found.update({read: graph.nodes[read]}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found.values() | sort(attribute='unique_id')) }}
{% endmacro %}
