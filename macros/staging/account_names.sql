{# A query for the accounts that are united: source_relation, account_name. #}
{% macro account_names() %}
    {%- set queries = [] -%}
    {%- for account in segment_stripe.source_accounts('stripe') -%}
        {%- do queries.append(
            "select\n    cast('" ~ account.source_relation ~ "' as " ~ segment_stripe.text()
            ~ ") as source_relation,\n    cast('"
            ~ dbt.escape_single_quotes(account.name) ~ "' as " ~ segment_stripe.text()
            ~ ') as account_name'
        ) -%}
    {%- endfor -%}
    {{ return(queries | join('\nunion all\n')) }}
{% endmacro %}
