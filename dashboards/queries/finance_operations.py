"""SQL of Finance Operations: over the days of a scope, or at the end of their month.

Accounts that are united are added up, currencies never. Percentiles do not add up:
fulfillment is asked of one account at a time.
"""

from __future__ import annotations

from datetime import date

from dashboards.address.scope import Scope
from dashboards.queries.daily import Daily
from dashboards.queries.shared import listed, ratio, sums
from dashboards.warehouse import Statement

DAILY = Daily(
    "finance_operations_daily",
    rates={
        "recovery_rate": ("recovered_payment_count", "first_failed_payment_count"),
        "refund_amount_rate": ("refund_amount", "gross_charge_amount"),
        "dispute_activity_rate": ("dispute_count", "succeeded_charge_count"),
        "mean_days_to_payment": ("days_to_payment_total", "succeeded_charge_count"),
    },
    derived=(
        "first_failed_payment_amount - recovered_payment_amount as unrecovered_amount",
    ),
)
AGES = (
    "current_amount",
    "days_1_30_amount",
    "days_31_60_amount",
    "days_61_90_amount",
    "over_90_amount",
)
DURATIONS = ("days_to_payment", "days_to_settlement", "days_to_fulfillment")
MOST_CUSTOMERS = 100


def failure_reasons(scope: Scope) -> Statement:
    """A row for each failure code of the days, the most frequent first."""
    condition, values = scope.within("reporting_date")
    sql = f"""
with

summed as (

    select
        currency,
        failure_code,
        category,
        is_retryable,
        recommendation,
        sum(charge_count) as charge_count,
        sum(charge_amount) as charge_amount,
        sum(first_failed_payment_count) as first_failed_payment_count,
        sum(recovered_count) as recovered_count,
        sum(recovered_amount) as recovered_amount
    from finance_operations_failure_reasons
    where {condition}
    group by currency, failure_code, category, is_retryable, recommendation

)

select
    *,
    {ratio("charge_count", "sum(charge_count) over ()")} as charge_share,
    {ratio("recovered_count", "first_failed_payment_count")} as recovery_rate
from summed
where charge_count > 0 or first_failed_payment_count > 0
order by charge_count desc, charge_amount desc, failure_code
"""
    return sql, values


def fulfillment(scope: Scope, duration: str, account: str) -> Statement:
    """A row for each week that the days touch, of one account."""
    assert duration in DURATIONS
    sql = f"""
select
    reporting_week,
    charge_count,
    settled_charge_count,
    median_{duration} as median_days,
    p90_{duration} as p90_days,
    mean_{duration} as mean_days,
    median_{duration}_change as median_change
from finance_operations_fulfillment_weekly
where
    currency = ? and source_relation = ?
    and reporting_week between ? and ?
order by reporting_week
"""
    return sql, [scope.currency, account, weeks_before(scope), scope.last]


def weeks_before(scope: Scope) -> date:
    """The Monday of the first week; a short range shows twelve weeks up to its end."""
    first = min(scope.first.toordinal(), scope.last.toordinal() - 11 * 7)
    return date.fromordinal(first - (first - 1) % 7)


def attempts(scope: Scope) -> Statement:
    """A row for each number of attempts, over invoices of the months of the days."""
    condition, values = scope.of_account()
    sql = f"""
with

summed as (

    select
        currency,
        attempt_count,
        sum(invoice_count) as invoice_count,
        sum(paid_invoice_count) as paid_invoice_count,
        sum(amount_due) as amount_due,
        sum(amount_paid) as amount_paid
    from finance_operations_invoice_attempts
    where {condition} and reporting_month between ? and ?
    group by currency, attempt_count

)

select *, {ratio("paid_invoice_count", "invoice_count")} as paid_rate
from summed
where invoice_count > 0
order by attempt_count
"""
    return sql, [*values, scope.first.replace(day=1), scope.last]


def receivables(scope: Scope) -> Statement:
    """One row: what is owed at the end of the last day's month (as of today in the
    month that is not over) by age, what of it is late, and the days of sales in it."""
    condition, values = scope.of_account()
    late = " + ".join(AGES[1:])
    shares = [f"{ratio(age, 'outstanding_amount')} as {age}_share" for age in AGES]
    days = ratio("outstanding_amount * day_count", "invoiced_amount")
    sql = f"""
with

months as (

    select
        max(day_count) as day_count,
        {sums(("invoiced_amount", *AGES), scope)},
        {scope.total("closing_amount")} as outstanding_amount
    from {scope.mart("receivables_monthly")}
    where {condition} and reporting_month = ?

)

select
    *,
    {late} as past_due_amount,
    {listed(shares)},
    {days} as days_sales_outstanding
from months
"""
    return sql, [*values, scope.last.replace(day=1)]


def open_invoices(scope: Scope) -> Statement:
    """One row: how many invoices are open today, and how many of them late."""
    condition, values = scope.counted()
    sql = f"""
select
    sum(invoice_count) as open_count,
    sum(case when bucket_order > 1 then invoice_count end) as past_due_count
from accounts_receivable_aging
where {condition}
"""
    return sql, values


def top_customers(scope: Scope) -> Statement:
    """Those who brought most in with their charges of the days, refunds taken off."""
    condition, values = scope.within("reporting_date")
    sql = f"""
with

summed as (

    select
        source_relation,
        customer_id,
        currency,
        count(*) as charge_count,
        sum(gross_amount) as gross_amount,
        sum(refunded_amount) as refund_amount,
        sum(net_amount) as net_amount
    from fct_charges
    where {condition} and customer_id is not null and is_gross
    group by source_relation, customer_id, currency
    order by net_amount desc, customer_id
    limit {MOST_CUSTOMERS}

)

select summed.*, customers.email, customers.description
from summed
left join dim_customers as customers
    on summed.source_relation = customers.source_relation
    and summed.customer_id = customers.customer_id
order by summed.net_amount desc, summed.customer_id
"""
    return sql, values
