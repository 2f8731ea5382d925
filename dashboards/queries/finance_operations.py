"""SQL of Finance Operations: over the days of a scope, or as of the last day.

Accounts that are united are added up, currencies never. Percentiles do not add up:
fulfillment is asked of one account at a time.
"""

from __future__ import annotations

from datetime import date

from dashboards.queries.daily import Daily
from dashboards.queries.scope import Scope, Statement, ratio, sums

DAILY = Daily(
    "finance_operations_daily",
    figures=(
        "failed_charge_count",
        "failed_charge_amount",
        "gross_charge_amount",
        "succeeded_charge_count",
        "refund_amount",
        "dispute_count",
        "first_failed_payment_count",
        "first_failed_payment_amount",
        "recovered_payment_count",
        "recovered_payment_amount",
        "days_to_payment_total",
    ),
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
DURATIONS = ("days_to_payment", "days_to_settlement", "days_to_fulfillment")
MOST_CUSTOMERS = 100
BALANCE_MONTHS = 12
BALANCE_FIGURES = (
    "charge_amount",
    "refund_amount",
    "partial_capture_reversal_amount",
    "dispute_amount",
    "fee_amount",
    "transfer_amount",
    "platform_earning_amount",
    "other_amount",
    "unclassified_amount",
    "payout_amount",
)


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


def ageing(scope: Scope) -> Statement:
    """A row for each of the five buckets as of the last day, and its share."""
    condition, values = scope.of_account()
    sql = f"""
with

buckets as (

    select
        ageing_bucket,
        bucket_order,
        sum(invoice_count) as invoice_count,
        sum(customer_count) as customer_count,
        sum(outstanding_amount) as outstanding_amount
    from accounts_receivable_aging
    where {condition}
    group by ageing_bucket, bucket_order

),

totals as (

    select
        sum(invoice_count) as total_count,
        sum(outstanding_amount) as total_amount,
        sum(case when bucket_order > 1 then invoice_count end) as past_due_count,
        sum(case when bucket_order > 1 then outstanding_amount end) as past_due_amount
    from buckets

)

select
    buckets.*,
    totals.*,
    {ratio("buckets.outstanding_amount", "totals.total_amount")} as share
from buckets
cross join totals
order by buckets.bucket_order
"""
    return sql, values


def owing(scope: Scope) -> Statement:
    """Customers that are delinquent or past due as of the last day, most owed first.

    `customer_count` is how many there are, though only so many are listed.
    """
    condition, values = scope.of_account()
    sql = f"""
select *, count(*) over () as customer_count
from finance_operations_delinquent_customers
where {condition} and (is_delinquent or is_past_due)
order by past_due_amount desc, outstanding_amount desc, customer_id
limit {MOST_CUSTOMERS}
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


def balances(scope: Scope) -> Statement:
    """The balance of a year's months up to the last day's, the latest first."""
    condition, values = scope.of_account()
    figures = "opening_balance_amount", *BALANCE_FIGURES, "closing_balance_amount"
    sql = f"""
select currency, reporting_month, {sums(figures)}
from balance_summary_monthly
where {condition} and reporting_month <= ?
group by currency, reporting_month
order by reporting_month desc
limit {BALANCE_MONTHS}
"""
    return sql, [*values, scope.last]


def sales_outstanding(scope: Scope) -> Statement:
    """Receivables of the month of the last day: closing, and days of sales in it."""
    condition, values = scope.of_account()
    sql = f"""
with

months as (

    select
        max(day_count) as day_count,
        sum(invoiced_amount) as invoiced_amount,
        sum(closing_amount) as closing_amount
    from receivables_monthly
    where {condition} and reporting_month = ?

)

select
    closing_amount,
    {ratio("closing_amount * day_count", "invoiced_amount")} as days_sales_outstanding
from months
"""
    return sql, [*values, scope.last.replace(day=1)]
