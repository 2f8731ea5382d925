{#
    Where a model by object is built before it takes the place of what is there: beside it
    or, where one statement replaces a relation, in its place.
#}
{% macro place_to_build(target_relation, existing) %}
    {{ return(adapter.dispatch('place_to_build', 'segment_stripe')(
        target_relation, existing
    )) }}
{% endmacro %}

{% macro default__place_to_build(target_relation, existing) %}
    {{ return(make_intermediate_relation(target_relation)) }}
{% endmacro %}

{% macro duckdb__place_to_build(target_relation, existing) %}
    {{ return(target_relation) }}
{% endmacro %}

{# As dbt-spark does: a view is no table's place, nor a table of other files. #}
{% macro spark__place_to_build(target_relation, existing) %}
    {%- if existing is not none
        and (existing.type != target_relation.type
            or existing.is_table and not existing.is_delta) -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {{ return(target_relation) }}
{% endmacro %}
