{# What a setting names as schema.table or database.schema.table; none if it is not there. #}
{% macro named_relation(name) %}
    {%- set parts = name.split('.') -%}
    {{ return(adapter.get_relation(
        database=parts[0] if parts | length == 3 else target.database,
        schema=parts[-2], identifier=parts[-1]
    )) }}
{% endmacro %}
