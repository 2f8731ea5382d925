{#
    One sentence where a model of another project is read for its name's sake: dbt looks
    for a name in the project that has this one as a package before it looks here. What
    has a name of its own is read on purpose, such as rules of channels.
#}
{% macro check_names() %}
    {%- set ours = graph.nodes.values()
        | selectattr('package_name', 'equalto', 'segment_stripe') | list -%}
    {%- set names = ours | map(attribute='name') | list -%}
    {%- for node in ours -%}
        {%- for read in node.depends_on.nodes
            if not modules.re.match('[a-z_]+[.]segment_stripe[.]', read)
            and read.split('.')[-1] in names -%}
            {%- do exceptions.raise_compiler_error(
                node.name ~ ' would read ' ~ read ~ ', which is not its own: add '
                ~ 'require_ref_searches_node_package_before_root: true to the flags of '
                ~ 'dbt_project.yml, so that a package finds its own models first.'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}
