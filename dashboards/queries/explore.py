"""SQL of the Explore: a page of rows, their number, all rows, frequent values.

Pages go on from a row (its place in the order), never from a number of rows: the
last page of a million rows is as fast as the first. In the order, nulls come last and
the key settles ties.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboards.address.errors import NotFound
from dashboards.address.selection import Filter, Selection, currency_of
from dashboards.warehouse import Warehouse

Statement = tuple[str, list[Any]]
Condition = tuple[str, list[Any]]

PAGE_SIZE = 50
COMPARISONS = {"eq": "=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
LARGEST = Decimal(10) ** 18
LAST_YEAR = 9999  # has no day after its last


@dataclass(frozen=True)
class Place:
    """A row in the order: its sorted value and its key."""

    value: Any
    key: str
    account: str


def columns_read(warehouse: Warehouse, selection: Selection) -> list[str]:
    """The chosen, and what the page needs: currencies, order and key."""
    saved = columns_saved(warehouse, selection)
    needed = (selection.sorted_by, selection.table.key, "source_relation")
    return list(dict.fromkeys([*saved, *needed]))


def columns_saved(warehouse: Warehouse, selection: Selection) -> list[str]:
    """The chosen, and the currency of each that is money."""
    known = warehouse.columns(selection.table.relation)
    currencies = [currency_of(column) for column in selection.columns]
    asked = [*selection.columns, *(name for name in currencies if name in known)]
    return list(dict.fromkeys(asked))


def page(
    warehouse: Warehouse,
    selection: Selection,
    start: Place | None = None,
    is_backwards: bool = False,
    size: int = PAGE_SIZE,
) -> Statement:
    """The rows after (or before, nearest first) a place; without one, from an end."""
    relation = selection.table.relation
    conditions = [condition(warehouse, relation, one) for one in selection.filters]
    if start:
        conditions.append(beyond(warehouse, selection, start, is_backwards))
    columns = columns_read(warehouse, selection)
    sql, values = rows(warehouse, selection, columns, conditions, is_backwards)
    return f"{sql}\nlimit {int(size)}", values


def everything(warehouse: Warehouse, selection: Selection) -> Statement:
    """All rows, for a download."""
    relation = selection.table.relation
    conditions = [condition(warehouse, relation, one) for one in selection.filters]
    columns = columns_saved(warehouse, selection)
    return rows(warehouse, selection, columns, conditions)


def rows(
    warehouse: Warehouse,
    selection: Selection,
    columns: Sequence[str],
    conditions: Sequence[Condition],
    is_backwards: bool = False,
) -> Statement:
    relation = selection.table.relation
    listed = ",\n    ".join(warehouse.column(relation, column) for column in columns)
    where, values = together(conditions)
    sql = f"""
select
    {listed}
from {warehouse.relation(relation)}
{where}
order by {order(warehouse, selection, is_backwards)}"""
    return sql, values


def count(warehouse: Warehouse, selection: Selection, first: Place | None) -> Statement:
    """One row: how many there are, and how many come before the first one shown."""
    relation = selection.table.relation
    where, values = together(
        [condition(warehouse, relation, one) for one in selection.filters]
    )
    if first is None:
        preceding, before = "0", []
    else:
        inside, before = beyond(warehouse, selection, first, is_backwards=True)
        preceding = f"coalesce(sum(case when {inside} then 1 else 0 end), 0)"
    sql = f"""
select
    count(*) as row_count,
    {preceding} as preceding_count
from {warehouse.relation(relation)}
{where}"""
    return sql, [*before, *values]


def places(warehouse: Warehouse, selection: Selection, key: str) -> Statement:
    """The rows with a key: one in each account, for an account is not looked for.

    With a second condition, DuckDB would scan the table instead of using the index.
    """
    table = selection.table
    sql = f"""
select
    {warehouse.column(table.relation, selection.sorted_by)} as sorted_value,
    source_relation
from {warehouse.relation(table.relation)}
where {warehouse.column(table.relation, table.key)} = ?"""
    return sql, [key]


def frequent_values(warehouse: Warehouse, relation: str, column: str) -> Statement:
    """The values of a column that most rows have, for suggestions."""
    name = warehouse.column(relation, column)
    sql = f"""
select {name} as suggested
from {warehouse.relation(relation)}
where {name} is not null
group by {name}
order by count(*) desc, {name}
limit 12"""
    return sql, []


def together(conditions: Sequence[Condition]) -> Condition:
    if not conditions:
        return "", []
    sql = "where " + "\n    and ".join(f"({text})" for text, _ in conditions)
    return sql, [value for _, values in conditions for value in values]


def order(warehouse: Warehouse, selection: Selection, is_backwards: bool) -> str:
    """Nulls last; the other way round, first."""
    relation = selection.table.relation
    sorted_by = warehouse.column(relation, selection.sorted_by)
    key = warehouse.column(relation, selection.table.key)
    direction = "desc" if selection.is_descending != is_backwards else "asc"
    nulls, tie = ("first", "desc") if is_backwards else ("last", "asc")
    return f"{sorted_by} {direction} nulls {nulls}, {key} {tie}, source_relation {tie}"


def beyond(
    warehouse: Warehouse, selection: Selection, place: Place, is_backwards: bool
) -> Condition:
    """Rows after a place in the order, or before it."""
    relation = selection.table.relation
    column = warehouse.column(relation, selection.sorted_by)
    key = warehouse.column(relation, selection.table.key)
    further = "<" if is_backwards else ">"
    tie = f"({key} {further} ? or ({key} = ? and source_relation {further} ?))"
    keys = [place.key, place.key, place.account]
    if place.value is None:
        if is_backwards:
            return f"{column} is not null or {tie}", keys
        return f"{column} is null and {tie}", keys
    towards = "<" if selection.is_descending != is_backwards else ">"
    sql = f"{column} {towards} ? or ({column} = ? and {tie})"
    if not is_backwards:
        sql += f" or {column} is null"
    return sql, [place.value, place.value, *keys]


def condition(warehouse: Warehouse, relation: str, wanted: Filter) -> Condition:
    """A filter as SQL. Raises NotFound where its value is none of the column's kind."""
    column = warehouse.column(relation, wanted.column)
    if wanted.operator == "null":
        return f"{column} is null", []
    if wanted.operator == "not_null":
        return f"{column} is not null", []
    kind = warehouse.columns(relation)[wanted.column]
    return BY_KIND[kind](column, wanted)


def of_text(column: str, wanted: Filter) -> Condition:
    sql = {
        "eq": f"{column} = ?",
        "ne": f"{column} <> ? or {column} is null",
        "contains": f"position(lower(?) in lower({column})) > 0",
        "starts": f"starts_with(lower({column}), lower(?))",
    }
    return sql[wanted.operator], [wanted.value]


def of_number(column: str, wanted: Filter) -> Condition:
    try:
        number = Decimal(wanted.value.strip())
        if not abs(number) < LARGEST or number != round(number, 6):
            raise InvalidOperation
    except InvalidOperation:
        raise NotFound(
            f"{wanted.value!r} is no number of at most six decimals."
        ) from None
    # Decimals come without exponent, which not every driver binds.
    return compared(column, wanted.operator, Decimal(f"{number:f}"))


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
    end = start + timedelta(days=1)
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


def read_moment(text: str) -> datetime:
    """UTC without saying so, as in the marts; the start of a day."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        if moment.year == LAST_YEAR:
            raise ValueError
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
