"""What there is to search: of each kind its mart, its key, what its ids begin with, and
what is said of it."""

from __future__ import annotations

# What an id begins with, and what it then is of.
KIND_OF_ID = {
    "cus_": "customers",
    "in_": "invoices",
    "ch_": "charges",
    "py_": "charges",
    "pi_": "charges",
    "re_": "refunds",
    "pyr_": "refunds",
    "dp_": "disputes",
    "du_": "disputes",
    "sub_": "subscriptions",
    "txn_": "balance_transactions",
    "po_": "balance_transactions",
    "tr_": "balance_transactions",
}
MARTS = {
    "customers": ("dim_customers",),
    "cards": ("customer_lookup_cards", "dim_customers"),
    "invoices": ("invoice_lookup",),
    "charges": ("fct_charges",),
    "refunds": ("fct_refunds",),
    "disputes": ("fct_disputes",),
    "subscriptions": ("fct_subscriptions",),
    "balance_transactions": ("fct_balance_transactions",),
}
# Ids by which a row is known that is another thing's; payouts have no mart.
OF_OTHERS = {
    "pi_": "payment_intent_id",
    "po_": "payout_id",
    "tr_": "transfer_id",
}
# Of charges, beside their ids.
CHARGED = ("receipt_email", "shipping_name")
# What people also search without the beginning of an id.
ANYHOW = ("invoices", "charges")
IDS = {
    "invoices": ("invoice_id", "receipt_number"),
    "charges": ("charge_id", "payment_intent_id", "receipt_number"),
}
KEYS = {
    "customers": "customer_id",
    "invoices": "invoice_id",
    "charges": "charge_id",
    "refunds": "refund_id",
    "disputes": "dispute_id",
    "subscriptions": "subscription_id",
    "balance_transactions": "balance_transaction_id",
}
LISTED = {
    "customers": (
        "dim_customers",
        """
    source_relation,
    customer_id,
    email,
    description,
    is_delinquent,
    is_deleted,
    created_at,
    created_date
""",
    ),
    "invoices": (
        "invoice_lookup",
        """
    source_relation,
    invoice_id,
    customer_id,
    email,
    receipt_number,
    status,
    currency,
    total,
    created_at,
    created_date
""",
    ),
    "charges": (
        "fct_charges",
        """
    source_relation,
    charge_id,
    invoice_id,
    customer_id,
    receipt_email as email,
    receipt_number,
    status,
    failure_code,
    currency,
    attempted_amount,
    created_at,
    reporting_date as created_date
""",
    ),
    "refunds": (
        "fct_refunds",
        """
    source_relation,
    refund_id,
    charge_id,
    customer_id,
    receipt_number,
    status,
    reason,
    currency,
    refund_amount as amount,
    created_at,
    reporting_date as created_date
""",
    ),
    "disputes": (
        "fct_disputes",
        """
    source_relation,
    dispute_id,
    charge_id,
    customer_id,
    status,
    reason,
    currency,
    disputed_amount as amount,
    created_at,
    reporting_date as created_date
""",
    ),
    "subscriptions": (
        "fct_subscriptions",
        """
    source_relation,
    subscription_id,
    customer_id,
    status,
    coalesce(product_name, plan_name) as plan,
    currency,
    mrr_amount as amount,
    created_at,
    created_date
""",
    ),
    "balance_transactions": (
        "fct_balance_transactions",
        """
    source_relation,
    balance_transaction_id,
    source_id,
    customer_id,
    status,
    reporting_category as category,
    currency,
    net_amount as amount,
    created_at,
    reporting_date as created_date
""",
    ),
}
