{#
    What to read: {source_relation, name, schema, database} of each Stripe account
    ('stripe') or event source ('segment'). An account in another database than dbt's
    is told apart by that, too; none is dbt's own.
#}
{% macro source_accounts(source_name) %}
    {%- set listed = segment_stripe.setting(
        segment_stripe.accounts_setting(source_name)
    ) or [] -%}
    {%- set accounts = [] -%}
    {%- for entry in ([listed] if listed is string else listed) -%}
        {%- set entry = {'schema': entry} if entry is string else entry -%}
        {%- set database = entry.get('database') -%}
        {%- set database = none if database == target.database else database -%}
        {%- set relation = (database ~ '.' if database else '') ~ entry.schema -%}
        {%- do accounts.append({
            'source_relation': relation,
            'name': entry.get('name') or relation,
            'schema': entry.schema,
            'database': database,
        }) -%}
    {%- endfor -%}
    {{ return(accounts) }}
{% endmacro %}
