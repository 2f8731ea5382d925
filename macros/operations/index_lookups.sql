{#
    After a mart was built: an index on each id by which pages look one row up among a
    million, on PostgreSQL. DuckDB's are in the serving copy, by the same list
    (dashboards/warehouse/serving.py). The swap is committed first, for until then
    nobody can read the table. A table that rows were replaced in has them.
#}
{% macro index_lookups(relation) %}
    {{ return(adapter.dispatch('index_lookups', 'segment_stripe')(relation)) }}
{% endmacro %}

{% macro default__index_lookups(relation) %}{% endmacro %}

{# Redshift would take PostgreSQL's, and has no indexes. #}
{% macro redshift__index_lookups(relation) %}{% endmacro %}

{% macro postgres__index_lookups(relation) %}
    {%- set ids = {
        'customer_lookup': ['customer_id'],
        'customer_lookup_cards': ['customer_id', 'last4'],
        'customer_lookup_invoices': ['customer_id', 'invoice_id'],
        'invoice_lookup': ['invoice_id', 'customer_id'],
        'invoice_lookup_charges': ['invoice_id', 'charge_id'],
        'invoice_lookup_line_items': ['invoice_id'],
        'fct_charges': ['charge_id', 'customer_id', 'invoice_id'],
        'fct_refunds': ['customer_id'],
        'fct_disputes': ['customer_id'],
        'fct_invoices': ['invoice_id', 'customer_id'],
        'fct_subscriptions': ['subscription_id', 'customer_id'],
        'dim_customers': ['customer_id'],
    } -%}
    {%- set is_new = not segment_stripe.is_in_part() -%}
    {%- for id in ids.get(model.name, []) if is_new %}
        {{ 'commit;' if loop.first }} create index on {{ relation }} ({{ id }});
    {%- endfor -%}
{% endmacro %}
