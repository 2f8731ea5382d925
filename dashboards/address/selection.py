"""What an explore asks for: a table, columns, filters, an order. All in the address.

    /explore?table=charges&columns=created_at,status&filter=…&sort=-created_at&page=…

table    charges, invoices, customers, subscriptions or an own table of many rows
columns  with commas between them; `all` for every column; left out, a usual choice,
         with own columns of the table's very rows where these are at most six
filter   conditions `column:operator:value`, all of which hold, with `;` between them;
         in a value, `;` is written `\\;` and a backslash `\\\\`
         text             eq ne contains starts       contains, starts: in any case
         number           eq ne lt le gt ge
         date, timestamp  eq ne lt le gt ge           2026-10-20 or 2026-10-20T13:00
         boolean          eq                          true, false
         any              null not_null               without value
         Own columns are `charge__plan_tier`, as metrics are grouped by them.
sort     a column; descending with `-` before it
page     `after:<id>:<source_relation>` or `before:…` of a row, or `last`

So the charges of an invoice are `/explore?table=charges&filter=invoice_id%3Aeq%3A<id>`,
which `rows_with("charges", "invoice_id", id)` writes. What cannot be read, or names a
column that is not there, is not found: nothing is guessed or left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dashboards.address.errors import NotFound
from dashboards.address.state import LONGEST_VALUE, State, address
from dashboards.warehouse import Warehouse
from dashboards.warehouse.own import (
    ROW_ID,
    OwnColumn,
    OwnTable,
    own_columns,
    own_tables,
)

ORDERED = ("eq", "ne", "lt", "le", "gt", "ge")
EMPTINESS = ("null", "not_null")
OPERATORS = {
    "string": ("eq", "ne", "contains", "starts", *EMPTINESS),
    "number": (*ORDERED, *EMPTINESS),
    "date": (*ORDERED, *EMPTINESS),
    "timestamp": (*ORDERED, *EMPTINESS),
    "boolean": ("eq", *EMPTINESS),
}
# Columns of invoices that do not say in their name that they are money.
MONEY = (
    *("subtotal", "tax", "discount", "total", "amount_due", "amount_paid"),
    *("amount_remaining", "starting_balance", "ending_balance", "application_fee"),
)
# What moved the balance is in the balance's currency.
SETTLED = ("fee_amount", "net_volume_amount")
MOST_SHOWN = 6  # own columns that are shown without being asked for
CONDITION = re.compile(r"(?:\\[;\\]|[^;])+")


@dataclass(frozen=True)
class Table:
    """A fact or dimension to explore: its key, and what is shown of it at first.

    `own` are columns of the user's that can be joined; `title` is one of the user's
    tables' own.
    """

    name: str
    relation: str
    key: str
    columns: tuple[str, ...]
    sort: str = "-created_at"
    own: Mapping[str, OwnColumn] = field(default_factory=dict)
    title: str | None = None

    @property
    def label(self) -> str:
        return self.title or self.name.capitalize()

    def kinds(self, warehouse: Warehouse) -> dict[str, str]:
        """{column: kind} of all that can be shown."""
        kinds = {name: one.kind for name, one in self.own.items()}
        return {**warehouse.columns(self.relation), **kinds}

    def currency_of(self, column: str) -> str | None:
        """The column that holds the currency of a column; None for an own one."""
        is_ours = self.title is None and column not in self.own
        return currency_of(column) if is_ours else None


TABLES = {
    table.name: table
    for table in (
        Table(
            "charges",
            "fct_charges",
            "charge_id",
            (
                *("created_at", "charge_id", "customer_id", "status"),
                *("attempted_amount", "net_amount", "failure_code"),
            ),
        ),
        Table(
            "invoices",
            "fct_invoices",
            "invoice_id",
            (
                *("created_at", "invoice_id", "customer_id", "status", "total"),
                *("amount_paid", "outstanding_amount", "effective_due_date"),
            ),
        ),
        Table(
            "customers",
            "dim_customers",
            "customer_id",
            (
                *("created_at", "customer_id", "email", "currency"),
                *("balance_amount", "is_delinquent", "is_deleted"),
            ),
        ),
        Table(
            "subscriptions",
            "fct_subscriptions",
            "subscription_id",
            (
                *("created_at", "subscription_id", "customer_id", "status"),
                *("plan_name", "mrr_amount", "quantity"),
                *("start_date", "canceled_date"),
            ),
        ),
    )
}


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
        )

    def by(self, column: str) -> Selection:
        """Sorted by a column: ascending, or descending where it was ascending."""
        return replace(self, sort=f"-{column}" if self.sort == column else column)

    def without(self, condition: Filter) -> Selection:
        left = tuple(kept for kept in self.filters if kept != condition)
        return replace(self, filters=left)


def currency_of(column: str) -> str | None:
    """The column that holds the currency of a column of money; None for others."""
    if column in SETTLED:
        return "settlement_currency"
    is_money = column.endswith("_amount") or column in MONEY
    return "currency" if is_money else None


def tables(warehouse: Warehouse) -> dict[str, Table]:
    """{name: table} of all that there is to explore, with the user's own."""
    found = [table for table in TABLES.values() if warehouse.has(table.relation)]
    found += [of_many_rows(one) for one in own_tables(warehouse) if one.has_many]
    return {
        table.name: with_own(table, own_columns(warehouse, table.relation))
        for table in found
    }


def with_own(table: Table, own: Mapping[str, OwnColumn]) -> Table:
    """The table; own columns of its very rows are shown at first where they are few."""
    of_rows = [name for name, one in own.items() if one.table.keys == (table.key,)]
    shown = of_rows if len(of_rows) <= MOST_SHOWN else []
    return replace(table, own=own, columns=(*table.columns, *shown))


def of_many_rows(own: OwnTable) -> Table:
    """An own table whose rows have no key but their number."""
    columns = [*([own.time] if own.time else []), *own.keys, *own.columns]
    return Table(
        *(own.relation, own.relation, ROW_ID, tuple(dict.fromkeys(columns))),
        sort=f"-{own.time}" if own.time else ROW_ID,
        title=own.label,
    )


def rows_with(table: str, column: str, value: str) -> str:
    """The address of the explore, filtered to what has a value: charges of an invoice.

    For links from other pages.
    """
    return rows_of(table, Filter(column, "eq", value))


def rows_of(table: str, *conditions: Filter, **more: str) -> str:
    """The same, of rows for which all conditions hold; `more` of the address too."""
    filters = ";".join(map(str, conditions))
    return address("/explore", table=table, filter=filters, **more)


def read_selection(warehouse: Warehouse, state: State) -> Selection:
    """The selection of an address. Raises NotFound, saying what there is not."""
    for name, value in state.items():
        if len(value) >= LONGEST_VALUE:
            raise NotFound(f"The {name} of this address is too long to be read.")
    table = tables(warehouse).get(state.get("table") or "charges")
    if table is None:
        raise NotFound("There is no such table to explore.")
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
    return Selection(table, columns, filters, sort, asked == "all")


def read_filters(text: str, kinds: dict[str, str]) -> Iterable[Filter]:
    for written_one in CONDITION.findall(text):
        column, operator, value = [*written_one.split(":", 2), "", ""][:3]
        if column not in kinds:
            raise NotFound(f"There is no column {column!r} to filter by.")
        if operator not in OPERATORS[kinds[column]]:
            raise NotFound(f"{column} cannot be filtered by {operator!r}.")
        yield Filter(column, operator, re.sub(r"\\([;\\])", r"\1", value))
