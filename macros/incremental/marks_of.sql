{# One mark of several queries for a number each, and of other texts. #}
{% macro marks_of(queries, texts=[]) %}
    {%- set marks = texts | list -%}
    {%- for query in queries -%}
        {%- do marks.append(run_query(query).rows[0][0] | string) -%}
    {%- endfor -%}
    {{ return(local_md5(marks | join(' '))) }}
{% endmacro %}
