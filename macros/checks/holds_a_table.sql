{# Whether an account has one of the tables; charges and pages are asked for first. #}
{% macro holds_a_table(account, tables) %}
    {%- set usual = tables | selectattr('name', 'in', ['charges', 'pages']) | list -%}
    {%- for table in usual + tables -%}
        {%- set relation = api.Relation.create(
            database=account.database or table.database, schema=account.schema,
            identifier=table.identifier
        ) -%}
        {%- if segment_stripe.columns_of(relation) -%} {{ return(true) }} {%- endif -%}
    {%- endfor -%}
    {{ return(false) }}
{% endmacro %}
