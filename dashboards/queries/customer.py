"""SQL of Customer Lookup: find a customer, then all there is about it by its id."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.queries.executive_summary import Statement

MOST_FOUND = 20
MOST_ROWS = 200

NEWEST = f"""
select
    source_relation,
    customer_id,
    email,
    description,
    currency,
    is_delinquent,
    is_deleted,
    created_date
from dim_customers
order by created_at desc nulls last, customer_id
limit {MOST_FOUND}
"""


@dataclass(frozen=True)
class Key:
    """One customer in one currency."""

    account: str
    customer_id: str
    currency: str

    def condition(self) -> tuple[str, list[str]]:
        return (
            "source_relation = ? and customer_id = ? and currency = ?",
            [self.account, self.customer_id, self.currency],
        )


def search(text: str) -> Statement:
    """Customers whose e-mail, name or id holds the text; those it begins come first."""
    sql = f"""
with

names as (

    select distinct
        source_relation,
        customer_id,
        email,
        description,
        lower(customer_id) as id_text,
        lower(coalesce(email, '')) as email_text,
        lower(coalesce(description, '')) as name_text
    from customer_lookup

),

found as (

    select
        *,
        case
            when id_text = ? or email_text = ? then 0
            when starts_with(email_text, ?) or starts_with(name_text, ?) then 1
            else 2
        end as place
    from names
    where
        strpos(email_text, ?) > 0
        or strpos(name_text, ?) > 0
        or strpos(id_text, ?) > 0

)

select source_relation, customer_id, email, description
from found
order by place, email_text, name_text, customer_id
limit {MOST_FOUND}
"""
    return sql, [text.strip().lower()] * 7


def customer(customer_id: str) -> Statement:
    """A row for each account and currency, the home currency and the busiest first."""
    sql = """
select *
from customer_lookup
where customer_id = ?
order by
    source_relation,
    case when currency = home_currency then 0 else 1 end,
    attempted_charge_count desc,
    currency
"""
    return sql, [customer_id]


def charges_over_time(key: Key) -> Statement:
    """A row for each month from the first charge on; failed and refunded below zero."""
    condition, values = key.condition()
    sql = f"""
with

-- By the id alone, for which there is an index.
all_charges as materialized (

    select source_relation, customer_id, currency, reporting_month, gross_amount,
        failed_amount
    from fct_charges
    where customer_id = ?

),

charges as (

    select
        reporting_month,
        sum(gross_amount) as gross_amount,
        sum(failed_amount) as failed_amount
    from all_charges
    where {condition}
    group by reporting_month

),

refunds as (

    select reporting_month, sum(refund_amount) as refund_amount
    from fct_refunds
    where {condition}
    group by reporting_month

),

months as (

    select reporting_month
    from executive_summary_monthly
    where
        source_relation = ? and currency = ?
        and reporting_month >= (select min(reporting_month) from charges)

)

select
    months.reporting_month,
    coalesce(charges.gross_amount, 0) as gross_amount,
    -coalesce(charges.failed_amount, 0) as failed_below_zero,
    -coalesce(refunds.refund_amount, 0) as refunded_below_zero
from months
left join charges on months.reporting_month = charges.reporting_month
left join refunds on months.reporting_month = refunds.reporting_month
order by months.reporting_month
"""
    return sql, [key.customer_id, *values, *values, key.account, key.currency]


def invoices(key: Key) -> Statement:
    condition, values = key.condition()
    sql = f"""
select *
from customer_lookup_invoices
where {condition}
order by created_at desc nulls last, invoice_id
limit {MOST_ROWS}
"""
    return sql, values


def charges(key: Key) -> Statement:
    condition, values = key.condition()
    sql = f"""
with

-- By the id alone, for which there is an index.
all_charges as materialized (

    select
        source_relation,
        charge_id,
        customer_id,
        invoice_id,
        currency,
        status,
        failure_code,
        attempted_amount,
        gross_amount,
        refunded_amount,
        net_amount,
        dispute_count,
        created_at
    from fct_charges
    where customer_id = ?

)

select *
from all_charges
where {condition}
order by created_at desc nulls last, charge_id
limit {MOST_ROWS}
"""
    return sql, [key.customer_id, *values]


def subscriptions(key: Key) -> Statement:
    condition, values = key.condition()
    sql = f"""
select
    subscription_id,
    coalesce(product_name, plan_name, plan_id) as what,
    currency,
    status,
    mrr_amount,
    quantity,
    start_date,
    ended_date,
    is_canceling_at_period_end,
    current_period_end_at
from fct_subscriptions
where {condition}
order by created_at desc nulls last, subscription_id
limit {MOST_ROWS}
"""
    return sql, values
