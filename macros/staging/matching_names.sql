{# The names that a name or a pattern such as metadata_* stands for. #}
{% macro matching_names(pattern, names) %}
    {%- set matching = [] -%}
    {%- for name in names
        if modules.re.fullmatch(pattern | replace('*', '.*'), name) -%}
        {%- do matching.append(name) -%}
    {%- endfor -%}
    {{ return(matching) }}
{% endmacro %}
