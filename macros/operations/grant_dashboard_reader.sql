{#
    dbt run-operation grant_dashboard_reader --target postgres [--args '{role: name}']

    Make the PostgreSQL role that the dashboards read with: it may read the marts and
    the seeds, and nothing else. Tables of later builds come with the same grant, if the
    same user builds them. Give the role its password yourself. Running it again is fine.
#}
{% macro grant_dashboard_reader(role='dashboard_reader') %}
    {%- if target.type != 'postgres' -%}
        {%- do exceptions.raise_compiler_error(
            'grant_dashboard_reader is for PostgreSQL: add --target postgres. On DuckDB '
            ~ 'the dashboards read a copy, which needs no role.'
        ) -%}
    {%- endif -%}
    {%- set read = graph.nodes.values()
        | selectattr('package_name', 'equalto', 'segment_stripe')
        | selectattr('resource_type', 'in', ['model', 'seed', 'snapshot']) | list -%}
    {%- set schemas = [] -%}
    {%- for node in read
        if node.resource_type == 'seed' or node.config.access == 'public' -%}
        {%- do schemas.append(node.schema) -%}
    {%- endfor -%}
    {%- set schemas = schemas | unique | list -%}
    {%- for node in read if node.resource_type != 'seed'
        and node.config.access != 'public' and node.schema in schemas -%}
        {%- do exceptions.raise_compiler_error(
            node.name ~ ' stands in ' ~ node.schema ~ ', among what the reader may read: '
            ~ 'give staging, intermediate and snapshots a +schema of their own, build, '
            ~ 'and drop what is left of them there.'
        ) -%}
    {%- endfor -%}
    {%- set reader = adapter.quote(role | replace('"', '""')) -%}
    {%- set known = run_query(
        "select 1 from pg_roles where rolname = '" ~ (role | replace("'", "''")) ~ "'"
    ).rows | length -%}
    {%- set statements = [] -%}
    {%- if not known -%}
        {%- do statements.append('create role ' ~ reader ~ ' login connection limit 40') -%}
    {%- endif -%}
    {%- for setting, value in {
        'default_transaction_read_only': 'on',
        'statement_timeout': "'15s'",
        'idle_in_transaction_session_timeout': "'60s'",
    }.items() -%}
        {%- do statements.append(
            'alter role ' ~ reader ~ ' set ' ~ setting ~ ' = ' ~ value
        ) -%}
    {%- endfor -%}
    {%- for schema in schemas | map('tojson') -%}
        {%- do statements.extend([
            'create schema if not exists ' ~ schema,
            'grant usage on schema ' ~ schema ~ ' to ' ~ reader,
            'grant select on all tables in schema ' ~ schema ~ ' to ' ~ reader,
            'alter default privileges in schema ' ~ schema
            ~ ' grant select on tables to ' ~ reader,
        ]) -%}
    {%- endfor -%}
    {%- do run_query('begin; ' ~ statements | join('; ') ~ '; commit') -%}
    {%- do print(role ~ ' may read ' ~ schemas | join(', ') ~ ' and nothing else.') -%}
{% endmacro %}
