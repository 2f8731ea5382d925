{# One sentence for a reporting currency that seed stripe_currencies does not know. #}
{% macro check_is_currency(currency) %}
    {%- set seed = graph.nodes['seed.segment_stripe.stripe_currencies'] -%}
    {%- set relation = adapter.get_relation(
        database=seed.database, schema=seed.schema, identifier=seed.alias
    ) -%}
    {%- set known = run_query(
        "select 1 from " ~ relation ~ " where currency = '" ~ currency ~ "'"
    ).rows if relation else [1] -%}
    {%- if not known -%}
        {%- do exceptions.raise_compiler_error(
            "reporting_currency is '" ~ currency ~ "', which is no currency of Stripe: "
            ~ 'take a code of seed stripe_currencies, such as eur.'
        ) -%}
    {%- endif -%}
{% endmacro %}
