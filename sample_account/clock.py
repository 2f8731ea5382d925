"""Time as whole seconds since 1970 (UTC), in int64 arrays."""

from __future__ import annotations

import datetime as dt

import numpy as np

MINUTE, HOUR, DAY = 60, 3600, 86_400
WEEK = 7 * DAY
NEVER = np.int64(2**61)
"""A moment that does not come; larger than any real one."""

UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR = range(4)
UNIT_NAMES = ["day", "week", "month", "year"]
SHORTEST = np.array([DAY, WEEK, 28 * DAY, 365 * DAY], dtype=np.int64)
"""Shortest length of one unit in seconds, shape (4,)."""


def epoch(day: dt.date) -> int:
    """Midnight UTC of a date, in seconds."""
    return (day - dt.date(1970, 1, 1)).days * DAY


def month_floor(day: dt.date, back: int = 0) -> dt.date:
    """First day of the month that lies `back` months before `day`'s month."""
    number = day.year * 12 + day.month - 1 - back
    return dt.date(number // 12, number % 12 + 1, 1)


def add_months(moment: np.ndarray, months: np.ndarray) -> np.ndarray:
    """Same day and time `months` later, clamped to the month's last day; (n,)."""
    days, time_of_day = np.divmod(moment, DAY)
    month = days.astype("datetime64[D]").astype("datetime64[M]")
    day_of_month = days - _first_day(month)
    target = month + np.asarray(months).astype("timedelta64[M]")
    length = _first_day(target + 1) - _first_day(target)
    day = _first_day(target) + np.minimum(day_of_month, length - 1)
    return day * DAY + time_of_day


def add_units(
    anchor: np.ndarray, unit: np.ndarray, count: np.ndarray, times: np.ndarray
) -> np.ndarray:
    """Start of period number `times` of an interval of `count` units; (n,)."""
    steps = count * times
    in_months = np.where(unit == UNIT_YEAR, 12, 1) * steps
    in_seconds = np.where(unit == UNIT_WEEK, WEEK, DAY) * steps
    calendar = unit >= UNIT_MONTH
    moved = add_months(anchor, np.where(calendar, in_months, 0))
    return np.where(calendar, moved, anchor + in_seconds)


def month_ends(start: int, end: int) -> np.ndarray:
    """Last second of each month that ends in [start, end); seconds, shape (k,)."""
    first = np.datetime64(start, "s").astype("datetime64[M]")
    last = np.datetime64(end, "s").astype("datetime64[M]")
    firsts = np.arange(first + 1, last + 1)
    return _first_day(firsts) * DAY - 1


def _first_day(month: np.ndarray) -> np.ndarray:
    """Day number of the first of each month; (n,)."""
    return month.astype("datetime64[D]").astype(np.int64)
