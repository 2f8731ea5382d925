"""Ranges of days: what is offered, what a range is compared with, how it is drawn."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import count

Days = tuple[date, date]

# The columns to draw by.
UNITS = {"reporting_date": "day", "reporting_week": "week", "reporting_month": "month"}
# How many months before the days are that they are compared with.
COMPARISONS = {"month": 1, "quarter": 3, "year": 12}


def read_days(text: str | None, default: Days) -> Days | None:
    """`2026-10-01,2026-10-20` as two days; None where it cannot be read."""
    if not text:
        return default
    try:
        first, last = (date.fromisoformat(part) for part in text.split(","))
    except ValueError:
        return None
    return (first, last) if first <= last else None


def this_month(last: date) -> Days:
    return last.replace(day=1), last


def presets(first: date, last: date) -> list[tuple[str, date, date]]:
    """Ranges that people ask for, none before the first day."""
    month = last.replace(day=1)
    quarter, year = month_of(last, 3), month_of(last, 12)
    one = timedelta(days=1)
    offered = [
        ("This month", month, last),
        ("Last month", months_before(month, 1), month - one),
        ("This quarter", quarter, last),
        ("Last quarter", months_before(quarter, 3), quarter - one),
        ("This year", year, last),
        ("Last year", months_before(year, 12), year - one),
        ("Last 7 days", last - timedelta(days=6), last),
        ("Last 30 days", last - timedelta(days=29), last),
        ("Last 90 days", last - timedelta(days=89), last),
        ("Last 12 months", months_before(last, 12) + one, last),
        ("All days", first, last),
    ]
    return [
        (name, max(start, first), end) for name, start, end in offered if first <= end
    ]


def month_of(day: date, months: int) -> date:
    """The first day of the quarter (3) or year (12) of a day."""
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def compared_days(days: Days, today: date, step: int = 1) -> Days:
    """The same days a month (or another `step` of months) before, or as many steps
    before as do not overlap.

    Of whole months that are over, whole months, as in the monthly marts.
    """
    first, last = days
    months = next(n for n in count(step, step) if months_before(last, n) < first)
    before = months_before(last, months)
    is_over = last < today and last.day == length_of_month(last)
    if is_over and first.day == 1:
        before = before.replace(day=length_of_month(before))
    return months_before(first, months), before


def months_before(day: date, months: int) -> date:
    """The same day months ago, or that month's last where it is shorter."""
    number = day.year * 12 + day.month - 1 - months
    month = date(number // 12, number % 12 + 1, 1)
    return month.replace(day=min(day.day, length_of_month(month)))


def length_of_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def read_unit(text: str | None, days: Days) -> str | None:
    """Of UNITS, the one that is asked for or as usual; None where it is none."""
    if not text:
        return period_of(days)
    return next((column for column, unit in UNITS.items() if unit == text), None)


def period_of(days: Days) -> str:
    """Of UNITS, so that a chart has some ten to a hundred points."""
    length = (days[1] - days[0]).days + 1
    if length <= 62:
        return "reporting_date"
    return "reporting_week" if length <= 731 else "reporting_month"
