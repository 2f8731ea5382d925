"""SQL of why customers left, and of what became of trials, by month.

Rates are taken from the sums, so that several accounts together have theirs too.
"""

from __future__ import annotations

from dashboards.address.scope import Scope
from dashboards.queries.shared import listed, ratio, sums
from dashboards.warehouse import Statement

MRR = "mrr_monthly"
TRIALS = "trial_conversion_monthly"
KINDS = ("voluntary", "failed_payment", "other")
AMOUNTS = tuple(f"{kind}_churn_mrr_amount" for kind in KINDS)
COUNTS = tuple(f"{kind}_churned_customer_count" for kind in KINDS)
RATES = {
    f"{kind}_mrr_churn_rate": (f"{kind}_churn_mrr_amount", "opening_mrr_amount")
    for kind in KINDS[:2]
}
OUTCOMES = (
    "ended_trial_count",
    "trial_conversion_count",
    "lost_trial_count",
    "pending_trial_count",
)
DECIDED = "trial_conversion_count + lost_trial_count"


def kinds(scope: Scope) -> Statement:
    """A row for each month: churn by its kind."""
    condition, values = scope.within("reporting_month")
    rates = [f"{ratio(*parts)} as {rate}" for rate, parts in RATES.items()]
    sql = f"""
with

summed as (

    select
        reporting_month,
        currency,
        {sums((*AMOUNTS, *COUNTS, "opening_mrr_amount"))}
    from {MRR}
    where {condition}
    group by reporting_month, currency

)

select *, {listed(rates)}
from summed
order by reporting_month
"""
    return sql, values


def trials(scope: Scope) -> Statement:
    """A row for each month in which trials ended: what became of them."""
    condition, values = scope.within("reporting_month")
    sql = f"""
with

summed as (

    select
        reporting_month,
        currency,
        {sums(OUTCOMES)}
    from {TRIALS}
    where {condition}
    group by reporting_month, currency

)

select *, {ratio("trial_conversion_count", f"({DECIDED})")} as trial_conversion_rate
from summed
order by reporting_month
"""
    return sql, values
