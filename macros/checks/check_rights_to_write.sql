{# One sentence where dbt's role may not make tables in a schema that it writes. #}
{% macro check_rights_to_write() %}
    {{ return(adapter.dispatch('check_rights_to_write', 'segment_stripe')()) }}
{% endmacro %}

{% macro default__check_rights_to_write() %}{% endmacro %}

{% macro postgres__check_rights_to_write() %}
    {%- set schemas = graph.nodes.values()
        | selectattr('package_name', 'equalto', 'segment_stripe')
        | selectattr('resource_type', 'in', ['model', 'seed', 'snapshot'])
        | map(attribute='schema') | unique | list -%}
    {%- set closed = run_query(
        "select nspname, current_user from pg_namespace where nspname in ('"
        ~ schemas | join("', '") ~ "') and not (has_schema_privilege(oid, 'create') "
        ~ "and has_schema_privilege(oid, 'usage')) order by 1"
    ).rows -%}
    {%- if closed -%}
        {%- set names = closed | map(attribute=0) | map('tojson') | join(', ') -%}
        {%- do exceptions.raise_compiler_error(
            "Role '" ~ closed[0][1] ~ "' may not make tables in schema " ~ names
            ~ ': run, as the owner, grant usage, create on schema ' ~ names ~ ' to '
            ~ adapter.quote(closed[0][1]) ~ '.'
        ) -%}
    {%- endif -%}
{% endmacro %}
