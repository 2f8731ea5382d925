"""Figures as people read them. Nothing here adds, and nothing but the text rounds."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from dashboards.text import zone
from dashboards.text.accounts import account_name

SEED = Path(__file__).parents[2] / "seeds" / "stripe_currencies.csv"
NOTHING = "–"  # noqa: RUF001
# By ageing_bucket of the marts.
AGES = {
    "current": "Not yet due",
    "1_30": "1–30 days late",  # noqa: RUF001
    "31_60": "31–60 days late",  # noqa: RUF001
    "61_90": "61–90 days late",  # noqa: RUF001
    "over_90": "Over 90 days late",
}
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


@cache
def decimal_places() -> dict[str, int]:
    """Decimals of each currency, from the seed that the marts are built with."""
    with SEED.open(newline="") as file:
        return {
            row["currency"]: int(row["decimal_places"]) for row in csv.DictReader(file)
        }


def money(amount: Decimal | None, currency: str | None) -> str:
    """`1,234.50 USD`; an unknown currency keeps the decimals that it has."""
    plain = plain_money(amount, currency)
    return f"{plain} {currency.upper()}" if currency and amount is not None else plain


def signed_money(amount: Decimal | None, currency: str | None) -> str:
    """`+1,234.50 USD` of what is more than before."""
    places = decimal_places().get(currency or "", 6)
    is_more = amount is not None and rounded(amount, places) > 0
    return f"{'+' if is_more else ''}{money(amount, currency)}"


def plain_money(amount: Decimal | None, currency: str | None) -> str:
    """`1,234.50`, for columns whose currency stands elsewhere."""
    if amount is None:
        return NOTHING
    places = decimal_places().get(currency or "")
    if places is None:
        return f"{amount.normalize():,f}"
    return f"{rounded(amount, places):,f}"


def code(currency: str | None) -> str:
    """`USD`."""
    return NOTHING if currency is None else currency.upper()


def count(number: int | Decimal | None) -> str:
    return NOTHING if number is None else f"{int(number):,d}"


def number(value: int | Decimal | None) -> str:
    """`1,234.5`: all the decimals that it has."""
    return NOTHING if value is None else f"{Decimal(value).normalize():,f}"


def multiple(quotient: Decimal | None) -> str:
    """`3.25`: so many times."""
    return NOTHING if quotient is None else f"{rounded(quotient, 2):,f}"


def signed_count(number: int | Decimal | None) -> str:
    """`+28`, `-3`."""
    return NOTHING if number is None else f"{int(number):+,d}" if number else "0"


def counted(number: int | Decimal | None, noun: str) -> str:
    """`1 refund`, `2 refunds`."""
    return f"{count(number)} {noun if number == 1 else f'{noun}s'}"


def rate(fraction: Decimal | None) -> str:
    """`93.4%` of 0.934."""
    return NOTHING if fraction is None else f"{rounded(fraction * 100, 1):f}%"


def change(fraction: Decimal | None) -> str:
    """`+12.3%` of 0.123."""
    return NOTHING if fraction is None else f"{signed(fraction * 100)}%"


def points(difference: Decimal | None) -> str:
    """`+1.2 pts` of a rate that went up by 0.012."""
    return NOTHING if difference is None else f"{signed(difference * 100)} pts"


def days(duration: Decimal | None) -> str:
    """`4.6 days`; below one, `9.6 hours`."""
    if duration is None:
        return NOTHING
    if abs(duration) < 1:
        return f"{rounded(duration * 24, 1):f} hours"
    return f"{rounded(duration, 1):,f} days"


def words(code: str | None) -> str | None:
    """`insufficient_funds` as people say it."""
    return code.replace("_", " ").capitalize() if code else None


def age(bucket: str | None) -> str:
    """`1-30 days late` of `1_30`."""
    return NOTHING if bucket is None else AGES.get(bucket, bucket)


def flag(value: bool | None) -> str:
    return NOTHING if value is None else "Yes" if value else "No"


def day(when: date | None) -> str:
    """`20 Oct 2026`."""
    return NOTHING if when is None else f"{when.day} {when:%b %Y}"


def day_of_year(when: date) -> str:
    """`20 Oct`, where the year is known."""
    return f"{when.day} {when:%b}"


def month(when: date | None) -> str:
    return NOTHING if when is None else f"{when:%b %Y}"


def moment(when: datetime | None) -> str:
    """`20 Oct 2026 03:12 UTC` of a timestamp of the marts, in the reporting zone."""
    if when is None:
        return NOTHING
    there = zone.local(when)
    return f"{day(there)} {there:%H:%M} {zone.abbreviation(there)}"


def day_range(first: date, last: date) -> str:
    """`1-20 Oct 2026`, `28 Sep - 20 Oct 2026`: as short as it stays clear."""
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"  # noqa: RUF001
    start = day_of_year(first) if first.year == last.year else day(first)
    return f"{start} – {day(last)}"  # noqa: RUF001


def month_range(first: date, last: date) -> str:
    """`Oct 2025 - Oct 2026`."""
    return month(last) if first == last else f"{month(first)} – {month(last)}"  # noqa: RUF001


def signed(number: Decimal) -> str:
    """To one decimal, with a plus or a minus unless that is zero."""
    shown = rounded(number, 1)
    return f"{shown:+,f}" if shown else "0.0"


def rounded(number: Decimal, places: int) -> Decimal:
    """Half away from zero, and never minus zero."""
    shown = Decimal(number).quantize(Decimal(1).scaleb(-places), context=EXACT)
    return abs(shown) if shown.is_zero() else shown


def shown(kind: str, value: Any, currency: str | None = None) -> str:
    """A figure of a kind: money, in its currency, or one of FORMATS."""
    return money(value, currency) if kind == "money" else FORMATS[kind](value)


FORMATS: dict[str, Callable[[Any], str]] = {
    "code": code,
    "count": count,
    "rate": rate,
    "days": days,
    "multiple": multiple,
    "number": number,
    "day": day,
    "month": month,
    "moment": moment,
    "flag": flag,
    "account": lambda one: NOTHING if one is None else account_name(one),
    "words": lambda name: words(name) or NOTHING,
    "age": age,
    "link": lambda address: "↗" if address else NOTHING,
    "text": lambda text: NOTHING if text is None else str(text),
}
