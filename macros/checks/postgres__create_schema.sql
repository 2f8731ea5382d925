{# dbt's own, with one sentence for a role that may not make the schemas. #}
{% macro postgres__create_schema(relation) %}
    {%- set name = relation.without_identifier().include(database=False) -%}
    {%- set rights = run_query(
        "select has_database_privilege(current_database(), 'create'), "
        ~ 'current_database(), current_user'
    ).rows[0] -%}
    {%- if not rights[0] -%}
        {%- do exceptions.raise_compiler_error(
            "Role '" ~ rights[2] ~ "' may not make schema " ~ name ~ " in database '"
            ~ rights[1] ~ "': run, as the owner, grant create on database "
            ~ adapter.quote(rights[1]) ~ ' to ' ~ adapter.quote(rights[2]) ~ '.'
        ) -%}
    {%- endif -%}
    {%- call statement('create_schema') -%}
        create schema if not exists {{ name }}
    {%- endcall -%}
{% endmacro %}
