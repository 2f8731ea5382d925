{# These models and all that they read, by id. #}
{% macro models_above(ids) %}
    {%- set found = ids | list -%}
    {#- What is found is looked at in its turn. -#}
    {%- for id in found -%}
        {%- for read in graph.nodes[id].depends_on.nodes
            if read.startswith('model.') and read in graph.nodes and read not in found -%}
            {%- do found.append(read) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
