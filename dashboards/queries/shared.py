"""The SQL that pages have in common."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dashboards.address.scope import Scope
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


def sums(figures: Iterable[str]) -> str:
    return listed(f"sum({figure}) as {figure}" for figure in figures)


def change(figure: str) -> str:
    """As in the marts: the difference as a fraction of the size before."""
    return ratio(f"{figure} - previous_{figure}", f"abs(previous_{figure})")


def ratio(numerator: str, denominator: str) -> str:
    """A quotient for people to read, of six decimals."""
    quotient = f"cast({numerator} as double precision) / nullif({denominator}, 0)"
    return f"cast({quotient} as decimal(38, 6))"
