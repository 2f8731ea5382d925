{#
    One sentence where a model of another project is read for its name's sake: dbt looks
    for a name in the project that has this one as a package before it looks here.
#}
{% macro check_names() %}
    {%- for node in graph.nodes.values()
        if node.package_name == 'segment_stripe' -%}
        {%- for read in node.depends_on.nodes
            if not modules.re.match('[a-z_]+[.]segment_stripe[.]', read) -%}
            {%- do exceptions.raise_compiler_error(
                node.name ~ ' would read ' ~ read ~ ', which is not its own: add '
                ~ 'require_ref_searches_node_package_before_root: true to the flags of '
                ~ 'dbt_project.yml, so that a package finds its own models first.'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}
