{#
    One sentence where a table that Segment loads exists and dbt's role may not read it:
    it would count as absent. PostgreSQL and Redshift know; see docs/configuration.md.
#}
{% macro check_rights_to_read() %}
    {{ return(adapter.dispatch('check_rights_to_read', 'segment_stripe')()) }}
{% endmacro %}

{% macro default__check_rights_to_read() %}{% endmacro %}

{% macro postgres__check_rights_to_read() %}
    {%- set places = [] -%}
    {%- for table in segment_stripe.own_sources() -%}
        {%- for account in segment_stripe.source_accounts(table.source_name) -%}
            {%- do places.append(account.schema ~ '.' ~ table.identifier) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for account in segment_stripe.source_accounts('segment') -%}
        {%- for step in segment_stripe.own_steps() -%}
            {%- do places.append(account.schema ~ '.' ~ step) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for name in ['ad_spend_relation', 'exchange_rates_relation'] -%}
        {%- set relation = segment_stripe.setting(name) | string | replace("'", '') -%}
        {%- do places.append(relation.split('.')[-2:] | join('.')) -%}
    {%- endfor -%}
    {%- set may_select = 'has_any_column_privilege' if target.type == 'postgres'
        else 'has_table_privilege' -%}
    {%- set unreadable = run_query(
        "select schemas.nspname, schemas.nspname || '.' || tables.relname, "
        ~ "current_user from pg_class as tables inner join pg_namespace as schemas "
        ~ "on tables.relnamespace = schemas.oid "
        ~ "where tables.relkind in ('r', 'p', 'v', 'm', 'f') "
        ~ "and schemas.nspname || '.' || tables.relname in ('"
        ~ places | join("', '") ~ "') "
        ~ "and not (has_schema_privilege(schemas.oid, 'usage') and "
        ~ may_select ~ "(tables.oid, 'select')) order by 2"
    ).rows -%}
    {%- if unreadable -%}
        {%- set role = unreadable[0][2] -%}
        {%- set schemas = unreadable | map(attribute=0) | unique | map('tojson') | join(', ') -%}
        {%- do exceptions.raise_compiler_error(
            "Role '" ~ role ~ "' may not read " ~ unreadable | map(attribute=1) | join(', ')
            ~ ', which would count as absent: run, as the owner, grant usage on schema '
            ~ schemas ~ ' to ' ~ adapter.quote(role) ~ '; grant select on all tables in '
            ~ 'schema ' ~ schemas ~ ' to ' ~ adapter.quote(role) ~ '.'
        ) -%}
    {%- endif -%}
{% endmacro %}
