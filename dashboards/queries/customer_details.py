"""SQL of what Customer Lookup says beside a customer's figures."""

from __future__ import annotations

from dashboards.queries.customer import Key, of_customer
from dashboards.queries.found import found
from dashboards.warehouse import Statement

REFUNDS = """
    refund_id,
    charge_id,
    currency,
    status,
    reason,
    receipt_number,
    requested_amount,
    refund_amount,
    is_counted,
    created_at
"""
DISPUTES = """
    dispute_id,
    charge_id,
    currency,
    status,
    reason,
    disputed_amount,
    created_at
"""


def cards(key: Key) -> Statement:
    """The default one first, then those that are still there, the longest valid."""
    sql = f"""
with {found("customer_lookup_cards", "customer_id")}

select * from found
where source_relation = ?
order by
    case when is_default then 0 else 1 end,
    is_deleted,
    exp_year desc nulls last,
    exp_month desc nulls last,
    card_id
"""
    return sql, [key.customer_id, key.account]


def refunds(key: Key) -> Statement:
    return of_customer(key, "fct_refunds", "refund_id", REFUNDS)


def disputes(key: Key) -> Statement:
    return of_customer(key, "fct_disputes", "dispute_id", DISPUTES)


def charges(key: Key) -> Statement:
    """All charges of the customer, in any currency, the last first."""
    sql = f"""
with {found("fct_charges", "customer_id")}

select
    charge_id,
    invoice_id,
    currency,
    status,
    failure_code,
    lower(receipt_email) as email,
    attempted_amount,
    refunded_amount,
    net_amount,
    case when is_failed then attempted_amount else gross_amount end as amount,
    created_at,
    is_failed,
    is_gross,
    is_livemode,
    reporting_date
from found
where source_relation = ?
order by created_at desc nulls last, charge_id desc
"""
    return sql, [key.customer_id, key.account]


def subscriptions(key: Key) -> Statement:
    """All subscriptions of the customer, in any currency, the last first."""
    sql = f"""
with {found("fct_subscriptions", "customer_id")}

select
    subscription_id,
    coalesce(product_name, plan_name, plan_id) as what,
    currency,
    status,
    mrr_amount,
    period_amount,
    quantity,
    excluded_item_count,
    start_date,
    ended_date,
    is_livemode,
    is_canceling_at_period_end,
    current_period_end_at,
    lower(status) in ('active', 'trialing', 'past_due')
    and not coalesce(is_canceling_at_period_end, false)
    and not is_deleted
    and ended_at is null
    and current_period_end_at is not null as is_renewing
from found
where source_relation = ?
order by created_at desc nulls last, subscription_id
"""
    return sql, [key.customer_id, key.account]
