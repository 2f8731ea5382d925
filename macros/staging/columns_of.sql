{# The columns of a relation, {lower-cased name: dbt column}; none where it is not there. #}
{% macro columns_of(relation) %}
    {%- set columns = {} -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do columns.update({column.name | lower: column}) -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}
