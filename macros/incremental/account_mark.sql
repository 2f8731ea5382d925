{#
    What every row of an account depends on: its own row, tax rates, whether it has
    refunds and balance transactions at all, and its first charge by the as-of day, whose
    currency may be its default one.
#}
{% macro account_mark(tables) %}
    {%- set queries = [] -%}
    {%- for raw in tables
        if raw.collection in ('refunds', 'balance_transactions') -%}
        {%- do queries.append(segment_stripe.any_row(raw)) -%}
    {%- endfor -%}
    {%- for raw in segment_stripe.kept_rows(
        tables | selectattr('collection', 'equalto', 'charges') | list, 'live'
    ) -%}
        {%- set counted = raw.filter ~ ' and '
            ~ segment_stripe.staged_column(raw, 'currency', ['currency']) ~ ' is not null and '
            ~ segment_stripe.is_by_as_of(raw.created_at) -%}
        {%- do queries.append(segment_stripe.rows_mark(
            raw, counted ~ ' and ' ~ raw.created_at ~ ' = (select min(' ~ raw.created_at
            ~ ') from ' ~ raw.relation ~ ' where ' ~ counted ~ ')'
        )) -%}
    {%- endfor -%}
    {%- for node in segment_stripe.own_sources() | sort(attribute='name')
        if node.source_name == 'stripe' and node.name in ('accounts', 'tax_rates') -%}
        {%- for raw in segment_stripe.found_of_source(node) -%}
            {%- do queries.append(segment_stripe.rows_mark(raw)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(segment_stripe.marks_of(queries)) }}
{% endmacro %}
