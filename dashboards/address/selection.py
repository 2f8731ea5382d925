"""What an explore asks for: a table, columns, filters, an order. All in the address.

    /explore?table=charges&columns=created_at,status&filter=…&sort=-created_at&page=…

table    one of dashboards.address.tables, or an own table of many rows
columns  with commas between them; `all` for every column; left out, a usual choice,
         with own columns of the table's very rows where these are at most six
filter   conditions `column:operator:value`, all of which hold, with `;` between them;
         in a value, `;` is written `\\;` and a backslash `\\\\`
         text             eq ne in contains starts    contains, starts: in any case
         number           eq ne in lt le gt ge        in: `a|b`; `a|`, a or null
         date, timestamp  eq ne lt le gt ge           2026-10-20 or 2026-10-20T13:00
         boolean          eq                          true, false
         any              null not_null               without value
         The customer's e-mail and name are `customer__email`, `customer__description`
         and own columns `charge__plan_tier`, as metrics are grouped by them.
sort     a column; descending with `-` before it
page     `after:<id>:<source_relation>` or `before:…` of a row, or `last`; where the
         key has more columns, they stand between

Days, currency and account, and the page that one came from (`from`), change nothing
here; they stay in its addresses, for the next page.

So the charges of an invoice are `/explore?table=charges&filter=invoice_id%3Aeq%3A<id>`,
which `rows_with("charges", "invoice_id", id)` writes. What cannot be read, or names a
column that is not there, is not found: nothing is guessed or left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dashboards.address.errors import NotFound
from dashboards.address.state import BACK, LONGEST_VALUE, State, address, carried
from dashboards.address.tables import Table, tables, with_joined
from dashboards.warehouse import Warehouse

ORDERED = ("eq", "ne", "lt", "le", "gt", "ge")
EMPTINESS = ("null", "not_null")
OPERATORS = {
    "string": ("eq", "ne", "in", "contains", "starts", *EMPTINESS),
    "number": (*ORDERED, "in", *EMPTINESS),
    "date": (*ORDERED, *EMPTINESS),
    "timestamp": (*ORDERED, *EMPTINESS),
    "boolean": ("eq", *EMPTINESS),
}
CONDITION = re.compile(r"(?:\\[;\\]|[^;])+")


@dataclass(frozen=True)
class Filter:
    """A condition as the address has it."""

    column: str
    operator: str
    value: str = ""

    def __str__(self) -> str:
        if self.operator in EMPTINESS:
            return f"{self.column}:{self.operator}"
        value = re.sub(r"([;\\])", r"\\\1", self.value)
        return f"{self.column}:{self.operator}:{value}"


@dataclass(frozen=True)
class Selection:
    """What is asked for; its columns and operators are known to exist."""

    table: Table
    columns: tuple[str, ...]
    filters: tuple[Filter, ...]
    sort: str
    has_all_columns: bool = False
    carried: Mapping[str, str] = field(default_factory=dict)

    @property
    def sorted_by(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")

    def address(self, path: str = "/explore", page: str | None = None) -> str:
        """The address of this selection; what is usual is left out."""
        columns = "all" if self.has_all_columns else ",".join(self.columns)
        return address(
            path,
            table=self.table.name,
            columns=None if self.columns == self.table.columns else columns,
            filter=";".join(map(str, self.filters)),
            sort=None if self.sort == self.table.sort else self.sort,
            page=page,
            **self.carried,
        )

    def by(self, column: str) -> Selection:
        """Sorted by a column: ascending, or descending where it was ascending."""
        return replace(self, sort=f"-{column}" if self.sort == column else column)

    @property
    def with_all_columns(self) -> Selection:
        return replace(self, columns=(), has_all_columns=True)

    @property
    def with_usual_columns(self) -> Selection:
        return replace(self, columns=self.table.columns, has_all_columns=False)

    def without(self, condition: Filter) -> Selection:
        left = tuple(kept for kept in self.filters if kept != condition)
        return replace(self, filters=left)


def rows_with(table: str, column: str, value: str) -> str:
    """The address of the explore, filtered to what has a value: charges of an invoice.

    For links from other pages.
    """
    return rows_of(table, Filter(column, "eq", value))


def rows_of(table: str, *conditions: Filter) -> str:
    """The same, of rows for which all the conditions hold."""
    return address("/explore", table=table, filter=";".join(map(str, conditions)))


def read_selection(
    warehouse: Warehouse, state: State, known: Mapping[str, Table] | None = None
) -> Selection:
    """The selection of an address, of the tables that are `known` to be there. Raises
    NotFound, saying what there is not."""
    for name, value in state.items():
        if len(value) >= LONGEST_VALUE and name != BACK:
            raise NotFound(f"The {name} of this address is too long to be read.")
    known = tables(warehouse) if known is None else known
    named = known.get(state.get("table") or "charges")
    if named is None:
        raise NotFound("There is no such table to explore.")
    table = with_joined(warehouse, named)
    kinds = table.kinds(warehouse)
    usual = tuple(column for column in table.columns if column in kinds)
    asked = state.get("columns", "")
    columns = tuple(dict.fromkeys(filter(None, asked.split(",")))) or usual
    if asked == "all":
        columns = tuple(kinds)
    sort = state.get("sort") or table.sort
    for column in (*columns, sort.removeprefix("-")):
        if column not in kinds:
            raise NotFound(f"{table.label} have no column {column!r}.")
    filters = tuple(read_filters(state.get("filter", ""), kinds))
    return Selection(table, columns, filters, sort, asked == "all", carried(state))


def read_filters(text: str, kinds: dict[str, str]) -> Iterable[Filter]:
    for written_one in CONDITION.findall(text):
        column, operator, value = [*written_one.split(":", 2), "", ""][:3]
        if column not in kinds:
            raise NotFound(f"There is no column {column!r} to filter by.")
        if operator not in OPERATORS[kinds[column]]:
            raise NotFound(f"{column} cannot be filtered by {operator!r}.")
        yield Filter(column, operator, re.sub(r"\\([;\\])", r"\1", value))
