"""Facts of one source, cut by period and currency: what every summary adds up."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from reference import time
from reference.rows import Settings

Fact = dict[str, Any]

# Facts that are not dated by reporting_date.
DATES = {"customers": "created_date"}


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
        self.cells: dict[tuple, list[Fact]] = defaultdict(list)
        currencies, dates = set(), set()
        for name, rows in facts.items():
            for row in rows:
                day = row[DATES.get(name, "reporting_date")]
                self.cells[name, day, row["currency"]].append(row)
                currencies.add(row["currency"])
                dates.add(day)
        self.currencies = sorted(currencies - {None})
        self.first_day = min(dates - {None}, default=None)

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

    def of(self, currency: str, first: date, last: date) -> dict[str, list[Fact]]:
        """Facts of the days from first to last, both included, in one currency."""
        return {
            name: [
                row
                for day in time.days(first, last)
                for row in self.cells.get((name, day, currency), ())
            ]
            for name in self.names
        }
