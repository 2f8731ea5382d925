"""What an explore asks for: a table, columns, filters, an order. All in the address.

    /explore?table=charges&columns=created_at,status&filter=…&sort=-created_at&page=…

table    charges, invoices, customers or subscriptions
columns  with commas between them; `all` for every column; a usual choice if left out
filter   conditions `column:operator:value`, all of which hold, with `;` between them;
         in a value, `;` is written `\\;` and a backslash `\\\\`
         text             eq ne contains starts       contains, starts: in any case
         number           eq ne lt le gt ge
         date, timestamp  eq ne lt le gt ge           2026-10-20 or 2026-10-20T13:00
         boolean          eq                          true, false
         any              null not_null               without value
sort     a column; descending with `-` before it
page     `after:<id>:<source_relation>` or `before:…` of a row, or `last`

So the charges of an invoice are `/explore?table=charges&filter=invoice_id%3Aeq%3A<id>`,
which `rows_with("charges", "invoice_id", id)` writes. What cannot be read, or names a
column that is not there, is not found: nothing is guessed or left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboards.address.errors import NotFound
from dashboards.address.state import LONGEST_VALUE, State, address
from dashboards.warehouse import Warehouse

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
CONDITION = re.compile(r"(?:\\[;\\]|[^;])+")


@dataclass(frozen=True)
class Table:
    """A fact or dimension to explore: its key, and what is shown of it at first."""

    name: str
    relation: str
    key: str
    columns: tuple[str, ...]
    sort: str = "-created_at"


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


def rows_with(table: str, column: str, value: str) -> str:
    """The address of the explore, filtered to what has a value: charges of an invoice.

    For links from other pages.
    """
    condition = Filter(column, "eq", value)
    return address("/explore", table=table, filter=condition)


def read_selection(warehouse: Warehouse, state: State) -> Selection:
    """The selection of an address. Raises NotFound, saying what there is not."""
    for name, value in state.items():
        if len(value) >= LONGEST_VALUE:
            raise NotFound(f"The {name} of this address is too long to be read.")
    table = TABLES.get(state.get("table") or "charges")
    if table is None:
        raise NotFound("There is no such table to explore.")
    kinds = warehouse.columns(table.relation)
    usual = tuple(column for column in table.columns if column in kinds)
    asked = state.get("columns", "")
    columns = tuple(dict.fromkeys(filter(None, asked.split(",")))) or usual
    if asked == "all":
        columns = tuple(kinds)
    sort = state.get("sort") or table.sort
    for column in (*columns, sort.removeprefix("-")):
        if column not in kinds:
            raise NotFound(f"{table.name.capitalize()} have no column {column!r}.")
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
