"""Facts of one source, cut by period and currency: what every summary adds up."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from reference import time
from reference.rows import Settings

Fact = dict[str, Any]

# Facts that are not dated by reporting_date.
DATES = {
    "customers": "created_date",
    "cohort_disputes": "charge_reporting_date",
    "cohort_refunds": "charge_reporting_date",
}


class Periods:
    """Facts of one source by day and currency, and the calendar that they span.

    facts: name -> rows of the mart of that name, without its fct_ or dim_.
    """

    def __init__(
        self,
        relation: str,
        settings: Settings,
        facts: Mapping[str, list[Fact]],
        has_balance_rows: bool,
    ) -> None:
        self.relation = relation
        self.as_of = settings.as_of
        self.names = tuple(facts)
        self.has_balance_rows = has_balance_rows
        # (name, currency) -> rows in the order of their days
        self.rows: dict[tuple, list[tuple[date, Fact]]] = defaultdict(list)
        self.busy: set[tuple] = set()
        currencies, dates = set(), set()
        for name, rows in facts.items():
            for row in rows:
                day = row[DATES.get(name, "reporting_date")]
                if day is not None:
                    self.rows[name, row["currency"]].append((day, row))
                self.busy.add((day, row["currency"]))
                currencies.add(row["currency"])
                dates.add(day)
        for dated in self.rows.values():
            dated.sort(key=day_of)
        self.first_day = min(dates - {None}, default=None)
        # Where nothing is dated there is no calendar to show a currency in.
        self.currencies = sorted(currencies - {None}) if self.first_day else []

    def days(self) -> list[date]:
        """Every day from the source's first to the as-of day."""
        if self.first_day is None:
            return []
        return list(time.days(self.first_day, self.as_of))

    def weeks(self) -> list[date]:
        """Every week's Monday."""
        return sorted({time.week_of(day) for day in self.days()})

    def months(self) -> list[date]:
        """Every month's first day."""
        return sorted({time.month_of(day) for day in self.days()})

    def each_day(
        self, figures: Callable[[str, Mapping[str, list[Fact]]], Fact]
    ) -> list[Fact]:
        """A row of figures for every day and currency, from the facts of it.

        Most days of most currencies are alike: without facts.
        """
        nothing = {name: [] for name in self.names}
        quiet = {code: figures(code, nothing) for code in self.currencies}
        rows = []
        for day in self.days():
            keys = {"source_relation": self.relation, **time.calendar_columns(day)}
            for code in self.currencies:
                row = quiet[code]
                if (day, code) in self.busy:
                    row = figures(code, self.of(code, day, day))
                rows.append({**keys, "currency": code, **row})
        return rows

    def of(self, currency: str, first: date, last: date) -> dict[str, list[Fact]]:
        """Facts of the days from first to last, both included, in one currency."""
        found = {}
        for name in self.names:
            rows = self.rows.get((name, currency), [])
            start = bisect_left(rows, first, key=day_of)
            end = bisect_right(rows, last, key=day_of)
            found[name] = [row for _, row in rows[start:end]]
        return found


def day_of(dated: tuple[date, Fact]) -> date:
    """The day of a dated row."""
    return dated[0]
