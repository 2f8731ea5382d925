{# The collections whose own columns get a model, as own_models/names.py has them. #}
{% macro own_collections() %}
    {{ return([
        'balance_transactions', 'charges', 'customers', 'disputes', 'invoice_lines',
        'invoices', 'payment_intents', 'plans', 'products', 'refunds', 'subscriptions',
    ]) }}
{% endmacro %}
