{# The declared tables of Segment's; a project that has this one as a package has more. #}
{% macro own_sources() %}
    {{ return(
        graph.sources.values() | selectattr('package_name', 'equalto', 'segment_stripe') | list
    ) }}
{% endmacro %}
