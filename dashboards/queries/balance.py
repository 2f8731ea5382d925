"""SQL of the balance in Finance Operations, as in Stripe's balance report.

Gross, fees and net are of activity; money to the account's own bank stands apart, and
so does what came back from there. All but fees are signed as they move the balance.
A month's fees are those taken from transactions and those billed by themselves, which
Stripe reports as a category of its own.
"""

from __future__ import annotations

from dashboards.address.scope import Scope
from dashboards.queries.shared import listed, sums
from dashboards.warehouse import Statement

MONTHS = 12
CAME_BACK = "reporting_category like '%reversal'"
IS_BILLED = "(reporting_category = 'fee')"
CONVERTED = (
    "opening_balance_amount",
    "activity_amount",
    "payout_amount",
    "currency_effect_amount",
    "closing_balance_amount",
)
MOVED = ("gross_amount", "fee_amount", "net_amount")
ACTIVITY = (*MOVED, "payout_amount", "payout_reversal_amount")


def months(scope: Scope) -> Statement:
    """A year's months up to the last day's, the latest first."""
    condition, values = scope.of_account()
    # Where nothing moved; in a currency that nobody knows, nothing is known.
    zero = "rolled.closing_balance_amount * 0"
    sql = f"""
with

moved as (

    select
        reporting_month,
        sum(case when not is_payout and not {IS_BILLED} then gross_amount end)
            as gross_amount,
        sum(case when not is_payout then fee_amount end)
            - sum(case when {IS_BILLED} then gross_amount else 0 end) as fee_amount,
        sum(case when not is_payout then net_amount end) as net_amount,
        sum(case when is_payout and not {CAME_BACK} then net_amount end)
            as payout_amount,
        sum(case when is_payout and {CAME_BACK} then net_amount end)
            as payout_reversal_amount
    from balance_activity_monthly
    where {condition}
    group by reporting_month

),

rolled as (

    select
        currency,
        reporting_month,
        {sums(("opening_balance_amount", "closing_balance_amount"))}
    from balance_summary_monthly
    where {condition} and reporting_month <= ?
    group by currency, reporting_month

)

select
    rolled.*,
    {listed(f"coalesce(moved.{figure}, {zero}) as {figure}" for figure in ACTIVITY)}
from rolled
left join moved
    on rolled.reporting_month = moved.reporting_month
order by rolled.reporting_month desc
limit {MONTHS}
"""
    return sql, [*values, *values, scope.last]


def converted(scope: Scope) -> Statement:
    """A row for each month of the scope, all currencies in one; what moved is not told
    apart by category there."""
    condition, values = scope.within("reporting_month")
    sql = f"""
select
    currency,
    reporting_month,
    {sums(CONVERTED, scope)}
from {scope.mart("balance_summary_monthly")}
where {condition}
group by currency, reporting_month
order by reporting_month
"""
    return sql, values


def categories(scope: Scope) -> Statement:
    """A row for each reporting category of the days' months, payouts last."""
    return activity(
        scope,
        ("currency", "reporting_category", "is_payout"),
        "order by is_payout, abs(sum(gross_amount)) desc, reporting_category",
    )


def all_categories(scope: Scope) -> Statement:
    """What they come to, payouts too: by how much the balance changed; or no row."""
    return activity(scope, ("currency",))


def activity(scope: Scope, by: tuple[str, ...], order: str = "") -> Statement:
    condition, values = scope.of_account()
    sql = f"""
select
    {listed(by)},
    sum(transaction_count) as transaction_count,
    {sums(MOVED)}
from balance_activity_monthly
where {condition} and reporting_month between ? and ?
group by {", ".join(by)}
{order}
"""
    return sql, [*values, scope.first.replace(day=1), scope.last]
