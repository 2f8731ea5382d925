"""The days of a digest, and those before them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dashboards.address import periods
from dashboards.text.formatting import day, day_range, month

WEEK = timedelta(days=7)


class PeriodError(Exception):
    """One sentence: what is wrong and what to do."""


@dataclass(frozen=True)
class Period:
    """Days that are told, as far as there are any, and those they are compared with."""

    name: str  # of the file
    days: periods.Days
    before: periods.Days

    @property
    def title(self) -> str:
        return f"Stripe figures, {said(self.days)}"

    @property
    def header(self) -> tuple[str, str, str, str]:
        """Above figures, those before, and the change between."""
        return "", said(self.days), said(self.before), "Change"


def read_week(text: str | None, first: date, as_of: date) -> Period:
    """The week of a day, or the last one that is over."""
    last_day = as_of + timedelta(days=1) - WEEK
    named = read(date.fromisoformat, text, "--week", "2026-10-12, a day of it")
    monday = monday_of(named or last_day)
    days = within((monday, monday + WEEK - timedelta(days=1)), first, as_of)
    return Period(f"week-{monday}", days, (monday - WEEK, days[1] - WEEK))


def read_month(text: str, first: date, as_of: date) -> Period:
    """A month, such as 2026-09. That of `as_of` is compared with as many days."""
    start = read(
        lambda said: date.fromisoformat(f"{said}-01"), text, "--month", "2026-09"
    )
    end = start.replace(day=periods.length_of_month(start))
    days = within((start, end), first, as_of)
    return Period(f"month-{text}", days, periods.compared_days(days, as_of))


def said(days: periods.Days) -> str:
    """`Sep 2026` of a whole month, else `1-20 Oct 2026`."""
    first, last = days
    is_month = first.day == 1 and last.day == periods.length_of_month(first)
    return month(first) if is_month and first.month == last.month else day_range(*days)


def read(
    reader: Callable[[str], date], text: str | None, option: str, example: str
) -> date | None:
    try:
        return reader(text) if text else None
    except ValueError:
        raise PeriodError(f"{option} {text} cannot be read: write {example}.") from None


def within(days: periods.Days, first: date, as_of: date) -> periods.Days:
    """Those of the days of which there are figures."""
    if days[0] > as_of or days[1] < first:
        raise PeriodError(
            f"There are no figures of {day_range(*days)}: they go from {day(first)} "
            f"to {day(as_of)}."
        )
    return days[0], min(days[1], as_of)


def monday_of(when: date) -> date:
    return when - timedelta(days=when.weekday())
