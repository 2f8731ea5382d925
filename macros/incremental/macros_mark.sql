{#
    What the macros say that models are written with: this package's and, where the root
    project has some in their place (docs/package.md), all of that project's, for these may
    call one another.
#}
{% macro macros_mark() %}
    {%- set ours = context['segment_stripe'] -%}
    {%- set texts = [] -%}
    {%- for name, macro in ours | dictsort -%}
        {%- do texts.append(macro.macro.macro_sql) -%}
    {%- endfor -%}
    {%- set roots = context.get(project_name, {}) if project_name != 'segment_stripe' else {} -%}
    {%- set in_place = namespace(of_ours=false) -%}
    {%- for name in roots if name.split('__', 1)[-1] in ours -%}
        {%- set in_place.of_ours = true -%}
    {%- endfor -%}
    {%- if in_place.of_ours -%}
        {%- for name, macro in roots | dictsort -%}
            {%- do texts.append(macro.macro.macro_sql) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(local_md5(tojson(texts))) }}
{% endmacro %}
