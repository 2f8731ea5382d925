{#
    The collections whose rows belong to objects, each with the raw columns that name
    other ones. Every join between two models by object follows one of these.
#}
{% macro linked_columns() %}
    {{ return({
        'balance_transaction_fee_details': ['balance_transaction_id'],
        'balance_transactions': ['source'],
        'charges': [
            'balance_transaction_id', 'customer_id', 'dispute_id', 'invoice_id',
            'payment_intent_id',
        ],
        'coupons': [],
        'customers': ['discount_id'],
        'discounts': ['customer_id', 'subscription'],
        'disputes': ['charge_id'],
        'invoice_lines': ['invoice_id', 'subscription_id'],
        'invoices': ['charge_id', 'customer_id', 'subscription_id'],
        'payment_intents': ['customer_id', 'invoice_id'],
        'plans': [],
        'products': [],
        'refunds': ['balance_transaction', 'balance_transaction_id', 'charge_id'],
        'subscription_items': ['subscription_id'],
        'subscriptions': ['customer_id', 'discount_id'],
        'transfer_reversals': ['balance_transaction_id', 'transfer_id'],
        'transfers': ['balance_transaction_id'],
    }) }}
{% endmacro %}
