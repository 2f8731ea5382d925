"""SQL over a mart of figures by day: of chosen days, and of those before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboards.address.periods import UNITS
from dashboards.address.scope import ComparedScope, Scope
from dashboards.queries.shared import change, listed, ratio, sums
from dashboards.text.definitions import descriptions
from dashboards.warehouse import Statement

ADDED_UP = ("_count", "_amount", "_total")


@dataclass(frozen=True)
class Daily:
    """A mart by day, whose counts and sums are added up, and their rates.

    A rate is its first figure over the sum of its others; `derived` are more columns
    of the course.
    """

    mart: str
    rates: Mapping[str, Sequence[str]]
    derived: Sequence[str] = ()

    @property
    def figures(self) -> list[str]:
        """Its columns that add up, as their names tell."""
        return [name for name in descriptions(self.mart) if name.endswith(ADDED_UP)]

    def totals(self, scope: ComparedScope) -> Statement:
        """One row: each figure and rate over the days, `previous_…` and `…_change`.

        Fractions change by their difference, a mean by a fraction of it as figures do.
        """
        condition, values = scope.of_account()
        summed = [
            scope.total(
                f"case when {is_in} then {figure} end", f"case when {is_in} then 1 end"
            )
            + f" as {prefix}{figure}"
            for is_in, prefix in (("is_now", ""), ("is_before", "previous_"))
            for figure in self.figures
        ]
        means = [rate for rate in self.rates if rate.startswith("mean_")]
        changes = [
            f"{change(name)} as {name}_change" for name in (*self.figures, *means)
        ]
        changes += [
            f"{rate} - previous_{rate} as {rate}_change"
            for rate in self.rates
            if rate not in means
        ]
        sql = f"""
with

days as (

    select
        *,
        reporting_date between ? and ? as is_now,
        reporting_date between ? and ? as is_before
    from {scope.mart(self.mart)}
    where {condition}

),

summed as (

    select {listed(summed)}
    from days
    where is_now or is_before

),

rated as (

    select *, {self.rated()}, {self.rated("previous_")}
    from summed

)

select *, {listed(changes)}
from rated
"""
        now = [scope.first, scope.last]
        before = [scope.compared_first, scope.compared_last]
        return sql, [*now, *before, *values]

    def running(self, scope: ComparedScope, figure: str) -> Statement:
        """A row for each day since the first: what a figure came to by then, and by
        the same day of those before; null after the last of either."""
        assert figure in self.figures
        condition, values = scope.of_account()
        sql = f"""
with

days as (

    select
        reporting_date - cast(? as date) as place, {figure} as now, 0 as before
    from {scope.mart(self.mart)}
    where {condition} and reporting_date between ? and ?

    union all

    select
        reporting_date - cast(? as date) as place, 0 as now, {figure} as before
    from {scope.mart(self.mart)}
    where {condition} and reporting_date between ? and ?

),

summed as (

    select
        place,
        {scope.total("now")} as now,
        {scope.total("before")} as before
    from days
    group by place

),

known as (

    select
        *,
        count(now) over (order by place) = count(*) over (order by place) as is_now,
        count(before) over (order by place) = count(*) over (order by place)
            as is_before
    from summed

)

select
    place,
    case when place <= ? and is_now then sum(now) over (order by place) end
        as running_amount,
    case when place <= ? and is_before then sum(before) over (order by place) end
        as previous_running_amount
from known
order by place
"""
        now = [scope.first, scope.last]
        before = [scope.compared_first, scope.compared_last]
        lengths = [(last - first).days for first, last in (now, before)]
        return sql, [
            *(now[0], *values, *now),
            *(before[0], *values, *before),
            *lengths,
        ]

    def course(self, scope: Scope, period: str) -> Statement:
        """A row for each day, week or month: figures, rates and what is derived."""
        assert period in UNITS
        condition, values = scope.within("reporting_date")
        sql = f"""
with

summed as (

    select {period} as period, {sums(self.figures, scope)}
    from {scope.mart(self.mart)}
    where {condition}
    group by {period}

)

select {listed(["*", *self.derived])}, {self.rated()}
from summed
order by period
"""
        return sql, values

    def rated(self, prefix: str = "") -> str:
        """The rates, as columns."""
        rates = []
        for rate, (part, *whole) in self.rates.items():
            denominator = " + ".join(prefix + figure for figure in whole)
            quotient = ratio(prefix + part, f"({denominator})")
            rates.append(f"{quotient} as {prefix}{rate}")
        return listed(rates)
