"""SQL of Revenue, over mrr_monthly and receivables_monthly.

A rate of one account is the mart's; of several accounts together, it is taken again
from their sums, as the mart takes it.
"""

from __future__ import annotations

from dashboards.address.scope import Scope
from dashboards.queries.shared import listed, offered, ratio, sums
from dashboards.warehouse import Statement

AMOUNTS = (
    "opening_mrr_amount",
    "new_mrr_amount",
    "reactivation_mrr_amount",
    "expansion_mrr_amount",
    "contraction_mrr_amount",
    "churn_mrr_amount",
    "closing_mrr_amount",
    "arr_amount",
)
COUNTS = (
    "opening_customer_count",
    "new_paying_customer_count",
    "reactivated_customer_count",
    "churned_customer_count",
    "closing_customer_count",
    "excluded_item_count",
)
GAINED = "(new_mrr_amount + reactivation_mrr_amount + expansion_mrr_amount)"
LOST = "(contraction_mrr_amount + churn_mrr_amount)"
RATES = {
    "arpa_amount": ("closing_mrr_amount", "closing_customer_count"),
    "net_revenue_retention": (
        f"(opening_mrr_amount + expansion_mrr_amount - {LOST})",
        "opening_mrr_amount",
    ),
    "gross_revenue_retention": (f"(opening_mrr_amount - {LOST})", "opening_mrr_amount"),
    "customer_churn_rate": ("churned_customer_count", "opening_customer_count"),
    "mrr_churn_rate": ("churn_mrr_amount", "opening_mrr_amount"),
    "quick_ratio": (GAINED, LOST),
}
ROLLED = (
    "opening_amount",
    "invoiced_amount",
    "paid_amount",
    "written_off_amount",
    "closing_amount",
)

EFFECT = "currency_effect_amount"

SCOPE = offered("mrr_monthly", "reporting_month", "closing_customer_count")


def months(scope: Scope) -> Statement:
    """A row for each month: movements, rates, what moved since the month before."""
    condition, values = scope.of_account()
    of_one = [f"{only_of_one(scope, rate)} as one_{rate}" for rate in RATES]
    one = is_of_one(scope)
    rates = [
        f"case when {one} then one_{rate} else {ratio(*parts)} end as {rate}"
        for rate, parts in RATES.items()
    ]
    moved = [
        f"{rate} - lag({rate}) over (order by reporting_month) as {rate}_difference"
        for rate in RATES
    ]
    opening, closing = "opening_customer_count", "closing_customer_count"
    customers = ratio(f"{closing} - {opening}", opening)
    sql = f"""
with

summed as (

    select
        reporting_month,
        currency,
        count(*) as account_count,
        max(case when is_estimated then 1 else 0 end) = 1 as is_estimated,
        {sums((*AMOUNTS, *COUNTS, *effect(scope)), scope)},
        {listed(of_one)}
    from {scope.mart("mrr_monthly")}
    where {condition} and reporting_month <= ?
    group by reporting_month, currency

),

rated as (

    select *, {listed(rates)}
    from summed

),

compared as (

    select
        *,
        {listed(moved)},
        {ratio("closing_mrr_amount - opening_mrr_amount", "opening_mrr_amount")}
            as closing_mrr_change,
        {customers} as closing_customer_change
    from rated

)

select
    *,
    {ratio("arpa_amount_difference", "arpa_amount - arpa_amount_difference")}
        as arpa_change
from compared
where reporting_month >= ?
order by reporting_month
"""
    return sql, [*values, scope.last, scope.first]


def receivables(scope: Scope) -> Statement:
    """A row for each month: what was owed, invoiced, paid, written off."""
    condition, values = scope.within("reporting_month")
    days = ratio("closing_amount * day_count", "invoiced_amount")
    sql = f"""
with

summed as (

    select
        reporting_month,
        currency,
        count(*) as account_count,
        max(day_count) as day_count,
        {only_of_one(scope, "days_sales_outstanding")} as one_days_sales_outstanding,
        {sums((*ROLLED, *effect(scope)), scope)}
    from {scope.mart("receivables_monthly")}
    where {condition}
    group by reporting_month, currency

)

select
    *,
    case when {is_of_one(scope)} then one_days_sales_outstanding else {days} end
        as days_sales_outstanding
from summed
order by reporting_month
"""
    return sql, values


def effect(scope: Scope) -> list[str]:
    """What exchange rates did, where currencies are converted."""
    return [EFFECT] if scope.is_converted else []


def only_of_one(scope: Scope, rate: str) -> str:
    """A rate of the mart, which several rows do not share; converted ones have none."""
    return "cast(null as decimal(38, 6))" if scope.is_converted else f"max({rate})"


def is_of_one(scope: Scope) -> str:
    """Whether a month is one row, whose rates are the mart's."""
    return "false" if scope.is_converted else "account_count = 1"


def not_rolled_forward(scope: Scope, mart: str) -> Statement:
    """A row for each currency that does not roll forward in some of the months: a rate
    is missing in them, or at the close of the one before."""
    condition, values = scope.within("reporting_month")
    sql = f"""
with

months as (

    select
        *,
        lag(is_rate_missing) over (
            partition by source_relation, original_currency
            order by reporting_month
        ) as was_rate_missing
    from {scope.mart(mart)}

)

select distinct original_currency as currency
from months
where
    {condition}
    and currency_effect_amount is null
    and (is_rate_missing or was_rate_missing)
order by currency
"""
    return sql, values


def not_converted(scope: Scope) -> Statement:
    """A row for each currency that lacks a rate at the close of some of the months."""
    condition, values = scope.within("reporting_month")
    sql = f"""
select
    original_currency as currency,
    min(reporting_month) as first_month,
    max(reporting_month) as last_month
from mrr_monthly_converted
where is_rate_missing and {condition}
group by original_currency
order by original_currency
"""
    return sql, values
