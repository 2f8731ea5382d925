"""SQL of the Executive Summary, over executive_summary_daily, _monthly, mrr_monthly and
receivables_monthly.

Accounts that are united are added up, currencies never.
"""

from __future__ import annotations

from datetime import date

from dashboards.address.scope import Scope
from dashboards.queries.daily import Daily
from dashboards.queries.shared import ratio
from dashboards.warehouse import Statement

STATUSES = ("succeeded", "failed", "pending")
DAILY = Daily(
    "executive_summary_daily",
    rates={
        "charge_success_rate": (
            "succeeded_charge_count",
            "succeeded_charge_count",
            "failed_charge_count",
        ),
        "payment_success_rate": (
            "succeeded_payment_count",
            "succeeded_payment_count",
            "failed_payment_count",
        ),
        "succeeded_share": ("succeeded_charge_count", "attempted_charge_count"),
        "failed_share": ("failed_charge_count", "attempted_charge_count"),
        "pending_share": ("pending_charge_count", "attempted_charge_count"),
        "mean_days_to_payment": ("days_to_payment_total", "succeeded_charge_count"),
    },
)
MONTH_ENDS = {
    "mrr": ("mrr_monthly", "mrr_"),
    "receivables": ("receivables_monthly", ""),
}


def state_of_today(scope: Scope) -> Statement:
    """One row: what is unpaid and who is late as of the last day."""
    # Counts add up over currencies, the amount does not.
    condition, values = scope.counted()
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


def not_closed(scope: Scope, what: str) -> Statement:
    """A row for each currency without a rate at the end of the scope's last month, or
    on the as-of day; `what` as in `month_ends`."""
    mart, prefix = MONTH_ENDS[what]
    condition, values = scope.of_account()
    sql = f"""
select distinct original_currency as currency
from {scope.mart(mart)}
where
    {condition}
    and reporting_month = ?
    and is_rate_missing
    and closing_{prefix}amount is null
order by currency
"""
    return sql, [*values, scope.last.replace(day=1)]


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
        {scope.total(f"opening_{prefix}amount")} as opening_amount,
        {scope.total(f"closing_{prefix}amount")} as closing_amount
    from {scope.mart(mart)}
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
