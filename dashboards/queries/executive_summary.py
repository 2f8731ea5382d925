"""SQL of the Executive Summary, over executive_summary_daily, _monthly, mrr_monthly and
receivables_monthly.

Accounts that are united are added up, currencies never.
"""

from __future__ import annotations

from datetime import date

from dashboards.queries.scope import Scope, Statement, change, listed, ratio

FIGURES = (
    "attempted_charge_count",
    "succeeded_charge_count",
    "gross_charge_count",
    "gross_charge_amount",
    "failed_charge_count",
    "failed_charge_amount",
    "pending_charge_count",
    "refund_count",
    "refund_amount",
    "dispute_count",
    "dispute_amount",
    "net_charge_amount",
    "net_volume_amount",
    "new_customer_count",
    "succeeded_payment_count",
    "failed_payment_count",
    "days_to_payment_total",
)
RATES = {"charge_success_rate": "charge", "payment_success_rate": "payment"}
MEAN = "mean_days_to_payment"
STATUSES = ("succeeded", "failed", "pending")
MONTH_ENDS = {
    "mrr": ("mrr_monthly", "mrr_"),
    "receivables": ("receivables_monthly", ""),
}
PERIODS = ("reporting_date", "reporting_week", "reporting_month")


def totals(scope: Scope) -> Statement:
    """One row: each figure over the days, `previous_…`, `…_change`, and shares."""
    condition, values = scope.of_account()
    sums = [
        f"sum(case when {is_previous}compared then {figure} end) as {prefix}{figure}"
        for is_previous, prefix in (("not ", ""), ("", "previous_"))
        for figure in FIGURES
    ]
    rates = [*quotients(), *quotients("previous_")]
    changes = [f"{change(f)} as {f}_change" for f in (*FIGURES, MEAN)]
    changes += [f"{rate} - previous_{rate} as {rate}_change" for rate in RATES]
    shares = [
        f"{ratio(f'{status}_charge_count', 'attempted_charge_count')} as {status}_share"
        for status in STATUSES
    ]
    sql = f"""
with

days as (

    select *, false as compared
    from executive_summary_daily
    where {condition} and reporting_date between ? and ?

    union all

    select *, true as compared
    from executive_summary_daily
    where {condition} and reporting_date between ? and ?

),

summed as (

    select {listed(sums)}
    from days

),

rated as (

    select *, {listed(rates)}
    from summed

)

select *, {listed([*changes, *shares])}
from rated
"""
    now, before = [scope.first, scope.last], [scope.compared_first, scope.compared_last]
    return sql, [*values, *now, *values, *before]


def course(scope: Scope, period: str) -> Statement:
    """A row for each day, week or month: the figures, and what hangs below zero."""
    assert period in PERIODS
    condition, values = scope.of_account()
    sums = [f"sum({figure}) as {figure}" for figure in FIGURES]
    sql = f"""
with

summed as (

    select {period} as period, {listed(sums)}
    from executive_summary_daily
    where {condition} and reporting_date between ? and ?
    group by {period}

)

select
    *,
    -failed_charge_amount as failed_below_zero,
    -refund_amount as refunded_below_zero,
    {listed(quotients())}
from summed
order by period
"""
    return sql, [*values, scope.first, scope.last]


def state_of_today(scope: Scope) -> Statement:
    """One row: what is unpaid and who is late as of the last day."""
    condition, values = scope.of_account()
    sql = f"""
select
    sum(unpaid_invoice_count) as unpaid_invoice_count,
    sum(unpaid_invoice_amount) as unpaid_invoice_amount,
    sum(delinquent_customer_count) as delinquent_customer_count,
    sum(past_due_customer_count) as past_due_customer_count
from executive_summary_monthly
where {condition}
"""
    return sql, values


def month_ends(scope: Scope, what: str, until: date) -> Statement:
    """A row for each of twelve months, the latest first: what stood at its end.

    `what` is "mrr" or "receivables"; the as-of month ends on the as-of day.
    """
    mart, prefix = MONTH_ENDS[what]
    condition, values = scope.of_account()
    sql = f"""
with

months as (

    select
        reporting_month,
        sum(opening_{prefix}amount) as opening_amount,
        sum(closing_{prefix}amount) as closing_amount
    from {mart}
    where {condition} and reporting_month <= ?
    group by reporting_month

)

select
    *,
    {ratio("closing_amount - opening_amount", "abs(opening_amount)")} as closing_change
from months
order by reporting_month desc
limit 12
"""
    return sql, [*values, until]


def quotients(prefix: str = "") -> list[str]:
    """Success rates and the mean time, as columns."""
    rates = [
        f"{success_rate(unit, prefix)} as {prefix}{rate}"
        for rate, unit in RATES.items()
    ]
    total, number = f"{prefix}days_to_payment_total", f"{prefix}succeeded_charge_count"
    return [*rates, f"{ratio(total, number)} as {prefix}{MEAN}"]


def success_rate(unit: str, prefix: str = "") -> str:
    """Succeeded of succeeded and failed; null where there was neither."""
    succeeded = f"{prefix}succeeded_{unit}_count"
    return ratio(succeeded, f"({succeeded} + {prefix}failed_{unit}_count)")
