{#
    The columns of a relation, {lower-cased name: dbt column}; none where it is not there.
    Where dbt may not ask the warehouse, those of a staging model, if they are given.
#}
{% macro columns_of(relation, staged={}) %}
    {%- if not flags.INTROSPECT -%}
        {{ return(segment_stripe.assumed_columns(staged)) }}
    {%- endif -%}
    {%- set columns = {} -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do columns.update({column.name | lower: column}) -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}
