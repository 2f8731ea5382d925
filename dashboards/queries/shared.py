"""The SQL that pages have in common."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dashboards.address.scope import CONVERTED, Scope
from dashboards.warehouse import Statement


def offered(mart: str, day: str, busiest: str) -> str:
    """SQL of what is on offer: days and currencies, the busiest currency first."""
    return f"""
select
    currency,
    source_relation,
    min({day}) as first_date,
    max({day}) as last_date
from {mart}
group by currency, source_relation
order by sum({busiest}) desc, currency, source_relation
"""


SCOPE = offered("executive_summary_daily", "reporting_date", "attempted_charge_count")


def offered_converted(mart: str, day: str) -> str:
    """SQL of what is on offer in the reporting currency: all others, converted."""
    return f"""
select
    '{CONVERTED}' as currency,
    currency as reporting_currency,
    source_relation,
    min({day}) as first_date,
    max({day}) as last_date
from {mart}_converted
where {day} is not null
group by currency, source_relation
order by source_relation
"""


RATES = """
select
    rate_source,
    min(rate_date) as rate_date,
    max(rate_age_days) as rate_age_days
from exchange_rate_coverage
where original_currency <> currency
group by rate_source
"""


def not_converted(scope: Scope) -> Statement:
    """A row for each currency that lacks a rate on some of the days: which, and what
    charges there were."""
    condition, values = scope.within("reporting_date")
    sql = f"""
with

missing as (

    select * from executive_summary_daily_converted
    where is_rate_missing and {condition}

)

select
    missing.original_currency as currency,
    min(missing.reporting_date) as first_date,
    max(missing.reporting_date) as last_date,
    sum(missing.attempted_charge_count) as charge_count,
    sum(days.gross_charge_amount) as gross_charge_amount
from missing
inner join executive_summary_daily as days
    on missing.source_relation = days.source_relation
    and missing.original_currency = days.currency
    and missing.reporting_date = days.reporting_date
group by missing.original_currency
order by missing.original_currency
"""
    return sql, values


def of_others(scope: Scope, mart: str, figure: str, day: str, first: date) -> Statement:
    """A row for each currency beside the scope's that has any of a figure, from the
    `first` day to the scope's last: currency and amount, the account's or of all."""
    account = "and source_relation = ?" if scope.account else ""
    sql = f"""
select currency, sum({figure}) as amount
from {mart}
where currency <> ? and {day} between ? and ? {account}
group by currency
having sum({figure}) <> 0
order by currency
"""
    values = [scope.currency, first, scope.last]
    return sql, [*values, scope.account] if scope.account else values


def listed(expressions: Iterable[str]) -> str:
    return ",\n    ".join(expressions)


def sums(figures: Iterable[str], scope: Scope | None = None) -> str:
    """Each figure's sum; of a scope, none where a part could not be converted."""
    total = scope.total if scope else "sum({})".format
    return listed(f"{total(figure)} as {figure}" for figure in figures)


def change(figure: str) -> str:
    """As in the marts: the difference as a fraction of the size before."""
    return ratio(f"{figure} - previous_{figure}", f"abs(previous_{figure})")


def ratio(numerator: str, denominator: str) -> str:
    """A quotient for people to read, of six decimals."""
    quotient = f"cast({numerator} as double precision) / nullif({denominator}, 0)"
    return f"cast({quotient} as decimal(38, 6))"
