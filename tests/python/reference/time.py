"""Time: naive UTC timestamps and dates in the reporting time zone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from reference import money

MICROSECONDS_OF_A_DAY = 86_400_000_000


def utc(value: datetime | int | None) -> datetime | None:
    """Naive UTC timestamp of a timestamp (naive means UTC) or of epoch seconds."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    return datetime(1970, 1, 1) + timedelta(seconds=int(value))


def date_in(moment: datetime | None, timezone: str) -> date | None:
    """Date of a naive UTC timestamp in an IANA time zone."""
    if moment is None:
        return None
    if timezone == "UTC":
        return moment.date()
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).date()


def days_between(start: datetime | None, end: datetime | None) -> Decimal | None:
    """Days from one moment to another, six decimals; None where one is missing."""
    if start is None or end is None:
        return None
    gap = (end - start) // timedelta(microseconds=1)
    return money.share(gap, MICROSECONDS_OF_A_DAY)


def week_of(day: date) -> date:
    """Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def month_of(day: date) -> date:
    """First day of the day's month."""
    return day.replace(day=1)


def last_day_of(month: date) -> date:
    """Last day of the month with that first day."""
    return month_of(month + timedelta(days=31)) - timedelta(days=1)


def previous_month(month: date) -> date:
    """First day of the month before."""
    return month_of(month - timedelta(days=1))


def days(first: date, last: date) -> Iterator[date]:
    """Every day from first to last, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def calendar_columns(day: date) -> dict[str, date]:
    """The three keys of time that every fact carries."""
    return {
        "reporting_date": day,
        "reporting_week": week_of(day),
        "reporting_month": month_of(day),
    }
