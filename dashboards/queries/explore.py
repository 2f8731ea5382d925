"""SQL of the Explore: a page of rows, their number, all rows, frequent values.

Pages go on from a row (its place in the order), never from a number of rows: the
last page of a million rows is as fast as the first. In the order, nulls come last and
the key settles ties.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.address.selection import Filter, Selection
from dashboards.address.tables import Table
from dashboards.queries import conditions
from dashboards.queries.conditions import Condition
from dashboards.queries.shared import listed
from dashboards.warehouse import Warehouse
from dashboards.warehouse.own import joins, named

Statement = tuple[str, list[Any]]

PAGE_SIZE = 50


@dataclass(frozen=True)
class Place:
    """A row in the order: its sorted value and what tells it apart, as Table.keys."""

    value: Any
    keys: tuple[Any, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any], selection: Selection) -> Place:
        return cls(row[selection.sorted_by], keys_of(row, selection.table))


def keys_of(row: Mapping[str, Any], table: Table) -> tuple[Any, ...]:
    return tuple(row[key] for key in table.keys)


def columns_read(warehouse: Warehouse, selection: Selection) -> list[str]:
    """The chosen, and what the page needs: currencies, order and key."""
    saved = columns_saved(warehouse, selection)
    needed = (selection.sorted_by, *selection.table.keys)
    return list(dict.fromkeys([*saved, *needed]))


def columns_saved(warehouse: Warehouse, selection: Selection) -> list[str]:
    """The chosen, and the currency of each that is money."""
    table = selection.table
    known = warehouse.columns(table.relation)
    currencies = (table.currency_of(name, known) for name in selection.columns)
    return list(dict.fromkeys([*selection.columns, *filter(None, currencies)]))


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


def totals(
    warehouse: Warehouse, selection: Selection, currency: str, figures: Sequence[str]
) -> Statement:
    """A row for each currency, as a column says it: how many rows and what they add up
    to. Currencies are never added up."""
    table = selection.table
    where, values = together(filtered(warehouse, selection))
    asked = [one.column for one in selection.filters]
    common, source = read_from(warehouse, table, asked)
    names = [warehouse.column(table.relation, figure) for figure in figures]
    summed = listed(f"sum({name}) as {name}" for name in names)
    sql = f"""{common}
select
    {warehouse.column(table.relation, currency)} as currency,
    count(*) as row_count,
    {summed}
from {source}
{where}
group by {warehouse.column(table.relation, currency)}
order by count(*) desc, {warehouse.column(table.relation, currency)}"""
    return sql, values


def places(warehouse: Warehouse, selection: Selection, key: str) -> Statement:
    """The rows with a key: one in each account, for an account is not looked for.

    With a second condition, DuckDB would scan the table instead of using the index.
    """
    table = selection.table
    keys = listed(warehouse.column(table.relation, one) for one in table.keys)
    common, source = read_from(warehouse, table, [selection.sorted_by])
    sql = f"""{common}
select
    {name_of(warehouse, table, selection.sorted_by)} as sorted_value,
    {keys}
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


def condition(warehouse: Warehouse, table: Table, wanted: Filter) -> Condition:
    """A filter as SQL. Raises NotFound where its value is none of the column's kind."""
    column = name_of(warehouse, table, wanted.column)
    kind = table.kinds(warehouse)[wanted.column]
    return conditions.condition(column, kind, wanted)


def together(conditions: Sequence[Condition]) -> Condition:
    if not conditions:
        return "", []
    sql = "where " + "\n    and ".join(f"({text})" for text, _ in conditions)
    return sql, [value for _, values in conditions for value in values]


def order(warehouse: Warehouse, selection: Selection, is_backwards: bool) -> str:
    """Nulls last; the other way round, first."""
    table = selection.table
    sorted_by = name_of(warehouse, table, selection.sorted_by)
    direction = "desc" if selection.is_descending != is_backwards else "asc"
    nulls, tie = ("first", "desc") if is_backwards else ("last", "asc")
    keys = (f"{warehouse.column(table.relation, key)} {tie}" for key in table.keys)
    return f"{sorted_by} {direction} nulls {nulls}, {', '.join(keys)}"


def beyond(
    warehouse: Warehouse, selection: Selection, place: Place, is_backwards: bool
) -> Condition:
    """Rows after a place in the order, or before it."""
    table = selection.table
    column = name_of(warehouse, table, selection.sorted_by)
    tie, keys = further(warehouse, table, place.keys, "<" if is_backwards else ">")
    if place.value is None:
        if is_backwards:
            return f"{column} is not null or {tie}", keys
        return f"{column} is null and {tie}", keys
    towards = "<" if selection.is_descending != is_backwards else ">"
    sql = f"{column} {towards} ? or ({column} = ? and {tie})"
    if not is_backwards:
        sql += f" or {column} is null"
    return sql, [place.value, place.value, *keys]


def further(
    warehouse: Warehouse, table: Table, keys: Sequence[Any], than: str
) -> Condition:
    """Rows whose keys come after these: by the first, where equal by the next."""
    names = [warehouse.column(table.relation, name) for name in table.keys]
    sql, values = f"{names[-1]} {than} ?", [keys[-1]]
    for name, key in zip(names[-2::-1], keys[-2::-1], strict=True):
        sql = f"({name} {than} ? or ({name} = ? and {sql}))"
        values = [key, key, *values]
    return sql, values
