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
from dashboards.address.selection import Filter, Selection, Table
from dashboards.warehouse import Warehouse
from dashboards.warehouse.own import joins, named

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
    currencies = map(selection.table.currency_of, selection.columns)
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
    conditions = filtered(warehouse, selection)
    if start:
        conditions.append(beyond(warehouse, selection, start, is_backwards))
    columns = columns_read(warehouse, selection)
    decisive = [selection.sorted_by, *(one.column for one in selection.filters)]
    own = [selection.table.own[name] for name in columns if name in selection.table.own]
    if not own or any(name in selection.table.own for name in decisive):
        sql, values = rows(warehouse, selection, columns, conditions, is_backwards)
        return f"{sql}\nlimit {int(size)}", values
    # Own columns are only shown: find the rows first, and join those alone.
    keys = [key for one in own for key in one.table.keys]
    base = [name for name in columns if name not in selection.table.own]
    base = list(dict.fromkeys([*base, *keys]))
    found, values = rows(warehouse, selection, base, conditions, is_backwards)
    common = ",\n\n".join(named(warehouse, own).values())
    listed = ",\n    ".join(f'"{name}"' for name in columns)
    sql = f"""
with

found as (
{found}
limit {int(size)}

),

{common}

select
    {listed}
from found
{joins("found", own)}
order by {order(warehouse, selection, is_backwards)}"""
    return sql, values


def everything(warehouse: Warehouse, selection: Selection) -> Statement:
    """All rows, for a download."""
    conditions = filtered(warehouse, selection)
    columns = columns_saved(warehouse, selection)
    return rows(warehouse, selection, columns, conditions)


def rows(
    warehouse: Warehouse,
    selection: Selection,
    columns: Sequence[str],
    conditions: Sequence[Condition],
    is_backwards: bool = False,
) -> Statement:
    table = selection.table
    listed = ",\n    ".join(name_of(warehouse, table, column) for column in columns)
    where, values = together(conditions)
    asked = [*columns, selection.sorted_by, *(one.column for one in selection.filters)]
    first, source = read_from(warehouse, table, asked)
    sql = f"""{first}
select
    {listed}
from {source}
{where}
order by {order(warehouse, selection, is_backwards)}"""
    return sql, values


def count(warehouse: Warehouse, selection: Selection, first: Place | None) -> Statement:
    """One row: how many there are, and how many come before the first one shown."""
    where, values = together(filtered(warehouse, selection))
    asked = [one.column for one in selection.filters]
    if first is None:
        preceding, before = "0", []
    else:
        inside, before = beyond(warehouse, selection, first, is_backwards=True)
        preceding = f"coalesce(sum(case when {inside} then 1 else 0 end), 0)"
        asked.append(selection.sorted_by)
    common, source = read_from(warehouse, selection.table, asked)
    sql = f"""{common}
select
    count(*) as row_count,
    {preceding} as preceding_count
from {source}
{where}"""
    return sql, [*before, *values]


def places(warehouse: Warehouse, selection: Selection, key: str) -> Statement:
    """The rows with a key: one in each account, for an account is not looked for.

    With a second condition, DuckDB would scan the table instead of using the index.
    """
    table = selection.table
    common, source = read_from(warehouse, table, [selection.sorted_by])
    sql = f"""{common}
select
    {name_of(warehouse, table, selection.sorted_by)} as sorted_value,
    source_relation
from {source}
where {warehouse.column(table.relation, table.key)} = ?"""
    return sql, [key]


def frequent_values(warehouse: Warehouse, table: Table, column: str) -> Statement:
    """The values of a column that most rows have, for suggestions."""
    relation, own = table.relation, table.own.get(column)
    if own:
        relation, column = own.table.relation, own.column
    name = warehouse.column(relation, column)
    sql = f"""
select {name} as suggested
from {warehouse.relation(relation)}
where {name} is not null
group by {name}
order by count(*) desc, {name}
limit 12"""
    return sql, []


def name_of(warehouse: Warehouse, table: Table, column: str) -> str:
    """A column as SQL, of the table or of the user's own. Raises UnknownName."""
    if column in table.own:
        return f'"{column}"'
    return warehouse.column(table.relation, column)


def read_from(
    warehouse: Warehouse, table: Table, columns: Sequence[str]
) -> tuple[str, str]:
    """What to select from, and what to say first; joins only where columns are own."""
    relation = warehouse.relation(table.relation)
    own = [table.own[name] for name in dict.fromkeys(columns) if name in table.own]
    if not own:
        return "", relation
    common = ",\n\n".join(named(warehouse, own).values())
    return f"with\n\n{common}\n", f"{relation}\n{joins(relation, own)}"


def filtered(warehouse: Warehouse, selection: Selection) -> list[Condition]:
    return [condition(warehouse, selection.table, one) for one in selection.filters]


def together(conditions: Sequence[Condition]) -> Condition:
    if not conditions:
        return "", []
    sql = "where " + "\n    and ".join(f"({text})" for text, _ in conditions)
    return sql, [value for _, values in conditions for value in values]


def order(warehouse: Warehouse, selection: Selection, is_backwards: bool) -> str:
    """Nulls last; the other way round, first."""
    table = selection.table
    sorted_by = name_of(warehouse, table, selection.sorted_by)
    key = warehouse.column(table.relation, table.key)
    direction = "desc" if selection.is_descending != is_backwards else "asc"
    nulls, tie = ("first", "desc") if is_backwards else ("last", "asc")
    return f"{sorted_by} {direction} nulls {nulls}, {key} {tie}, source_relation {tie}"


def beyond(
    warehouse: Warehouse, selection: Selection, place: Place, is_backwards: bool
) -> Condition:
    """Rows after a place in the order, or before it."""
    table = selection.table
    column = name_of(warehouse, table, selection.sorted_by)
    key = warehouse.column(table.relation, table.key)
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


def condition(warehouse: Warehouse, table: Table, wanted: Filter) -> Condition:
    """A filter as SQL. Raises NotFound where its value is none of the column's kind."""
    column = name_of(warehouse, table, wanted.column)
    if wanted.operator == "null":
        return f"{column} is null", []
    if wanted.operator == "not_null":
        return f"{column} is not null", []
    kind = table.kinds(warehouse)[wanted.column]
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
