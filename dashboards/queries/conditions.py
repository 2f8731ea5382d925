"""Filters of the Explore as SQL conditions with the values to bind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboards.address.errors import NotFound
from dashboards.address.selection import Filter
from dashboards.address.tables import is_code
from dashboards.text import zone

Condition = tuple[str, list[Any]]

COMPARISONS = {"eq": "=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
LARGEST = Decimal(10) ** 18
LAST_YEAR = 9999  # has no day after its last


def condition(column: str, kind: str, wanted: Filter) -> Condition:
    """A filter on a column, which is SQL already, as SQL.

    Raises NotFound where its value is none of the column's kind.
    """
    if wanted.operator == "null":
        return f"{column} is null", []
    if wanted.operator == "not_null":
        return f"{column} is not null", []
    return BY_KIND[kind](column, wanted)


def one_of(column: str, values: Sequence[Any]) -> Condition:
    """Any of the values, or null where one of them is."""
    known = [value for value in values if value is not None]
    parts = [f"{column} in ({', '.join('?' * len(known))})"] if known else []
    if len(known) < len(values):
        parts.append(f"{column} is null")
    return " or ".join(parts), known


def of_text(column: str, wanted: Filter) -> Condition:
    """An address is one in any case; a code may be written as it is shown."""
    value = wanted.value
    if wanted.column.endswith("email"):
        column, value = f"lower({column})", value.lower()
    if wanted.operator in ("contains", "starts"):
        sql = {
            "contains": f"position(lower(?) in lower({column})) > 0",
            "starts": f"starts_with(lower({column}), lower(?))",
        }
        return sql[wanted.operator], [value]
    values = value.split("|") if wanted.operator == "in" else [value]
    if is_code(wanted.column):
        values = [known for one in values for known in dict.fromkeys([one, coded(one)])]
    if wanted.operator == "in":
        return one_of(column, [one or None for one in values])
    marks = ", ".join("?" * len(values))
    if wanted.operator == "eq":
        return f"{column} in ({marks})", values
    return f"{column} not in ({marks}) or {column} is null", values


def coded(text: str) -> str:
    """`insufficient_funds` of `Insufficient funds`."""
    return text.strip().lower().replace(" ", "_")


def of_number(column: str, wanted: Filter) -> Condition:
    if wanted.operator == "in":
        parts = wanted.value.split("|")
        return one_of(column, [read_number(one) if one else None for one in parts])
    return compared(column, wanted.operator, read_number(wanted.value))


def read_number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
        if not abs(number) < LARGEST or number != round(number, 6):
            raise InvalidOperation
    except InvalidOperation:
        raise NotFound(f"{text!r} is no number of at most six decimals.") from None
    # Decimals come without exponent, which not every driver binds.
    return Decimal(f"{number:f}")


def of_boolean(column: str, wanted: Filter) -> Condition:
    if wanted.value not in ("true", "false"):
        raise NotFound(f"{wanted.column} is true or false, not {wanted.value!r}.")
    return f"{column} = ?", [wanted.value == "true"]


def of_date(column: str, wanted: Filter) -> Condition:
    return compared(column, wanted.operator, read_day(wanted.value))


def of_timestamp(column: str, wanted: Filter) -> Condition:
    """Of a day, all of it: `le` goes up to its end, `gt` begins there."""
    start = read_moment(wanted.value)
    if len(wanted.value.strip()) > len("2026-10-20"):
        return compared(column, wanted.operator, start)
    end = read_moment(wanted.value, timedelta(days=1))
    return {
        "eq": (f"{column} >= ? and {column} < ?", [start, end]),
        "ne": (f"{column} < ? or {column} >= ? or {column} is null", [start, end]),
        "lt": (f"{column} < ?", [start]),
        "le": (f"{column} < ?", [end]),
        "gt": (f"{column} >= ?", [end]),
        "ge": (f"{column} >= ?", [start]),
    }[wanted.operator]


def compared(column: str, operator: str, value: Any) -> Condition:
    """What is not equal includes what is empty, as people expect."""
    if operator == "ne":
        return f"{column} <> ? or {column} is null", [value]
    return f"{column} {COMPARISONS[operator]} ?", [value]


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise NotFound(f"{text!r} is no day like 2026-10-20.") from None


def read_moment(text: str, later: timedelta = timedelta()) -> datetime:
    """As the marts say a time of the reporting zone, or the start of a day there."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.year == LAST_YEAR:
            raise ValueError
        moment = zone.utc(moment + later)
    except (ValueError, OverflowError):
        raise NotFound(
            f"{text!r} is no day like 2026-10-20, nor a time like 2026-10-20T13:00."
        ) from None
    return moment


BY_KIND: dict[str, Callable[[str, Filter], Condition]] = {
    "string": of_text,
    "number": of_number,
    "boolean": of_boolean,
    "date": of_date,
    "timestamp": of_timestamp,
}
