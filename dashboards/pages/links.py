"""Links between pages: what customers and invoices are called and where they have their
pages, the choices that travel, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote_plus, urlencode

from dash import html
from dash.development.base_component import Component

from dashboards.address import LONGEST_VALUE, State, address
from dashboards.address.selection import Filter
from dashboards.address.state import BACK, CHOICES
from dashboards.warehouse import Row


def choices(state: State) -> dict[str, str]:
    return {name: state[name] for name in CHOICES if state.get(name)}


@dataclass(frozen=True)
class Here:
    """The page that links start from. They take its choices along and, as `from`, its
    address, so that the next page has a link back to it."""

    path: str
    state: State

    @property
    def address(self) -> str:
        """Of this page, as it is now."""
        return address(self.path, **self._without_back())

    def to(self, path: str, **parts: object) -> str:
        """Of another page, in the state of `parts`."""
        return address(path, **{**choices(self.state), **parts, **self._back()})

    def near(self, path: str, anchor: str = "", **parts: object) -> str:
        """The same without a way back: a page beside this one, from a card of it on."""
        found = address(path, **{**choices(self.state), **parts})
        return f"{found}#{anchor}" if anchor else found

    def rows(self, table: str, *conditions: Filter, columns: str = "") -> str:
        """Of the Explore: the rows for which all the conditions hold."""
        filters = "%3B".join(map(quoted, conditions))
        shown = f"&columns={quoted_columns(columns)}" if columns else ""
        return f"/explore?table={table}&filter={filters}{shown}{self._taken_along}"

    def customer(self, row: Row) -> str | None:
        """Of the customer of a row, in the currency of the row."""
        if not row["customer_id"]:
            return None
        parts = {"customer_id": row["customer_id"], "currency": row["currency"]}
        return self.to("/customer", **parts)

    def invoice(self, row: Row) -> str | None:
        invoice_id = row["invoice_id"]
        return self.to("/invoice", invoice_id=invoice_id) if invoice_id else None

    @cached_property
    def _taken_along(self) -> str:
        along = urlencode({**choices(self.state), **self._back()})
        return f"&{along}" if along else ""

    def _back(self) -> dict[str, str]:
        back = self.address
        return {BACK: back} if 0 < len(back) < LONGEST_VALUE else {}

    def _without_back(self) -> State:
        return {name: value for name, value in self.state.items() if name != BACK}


@lru_cache(maxsize=4096)
def quoted(condition: Filter) -> str:
    """A filter as addresses have it. A page has hundreds of links."""
    return quote_plus(str(condition))


@lru_cache(maxsize=256)
def quoted_columns(columns: str) -> str:
    return quote_plus(columns)


# Of links in grids and numbers: assets/formats.js adds what they take along.
BARE = Here("", {})


def ids_lead_to(column: str) -> Callable[[Row], str | None] | None:
    """Where the value of a column of a grid leads; None for one that is no id. The
    customer's e-mail leads where the id beside it does."""
    if column == "customer__email":
        column = "customer_id"
    to = ID_PAGES.get(column)
    return to and (lambda row: to(row[column]) if row.get(column) else None)


def rows_by(table: str, column: str) -> Callable[[str], str]:
    return lambda value: BARE.rows(table, Filter(column, "eq", value))


# Nothing is taken along, so that this is what BARE.to gives, in a tenth of its time.
ID_PAGES: dict[str, Callable[[str], str]] = {
    "customer_id": lambda value: f"/customer?customer_id={quote_plus(str(value))}",
    "invoice_id": lambda value: f"/invoice?invoice_id={quote_plus(str(value))}",
} | {
    column: rows_by(table, column)
    for column, table in (
        ("charge_id", "charges"),
        ("payment_id", "payments"),
        ("refund_id", "refunds"),
        ("dispute_id", "disputes"),
        ("subscription_id", "subscriptions"),
        ("card_id", "cards"),
        ("balance_transaction_id", "balance_transactions"),
    )
}


def back_link(state: State, titles: Mapping[str, str]) -> list[Component]:
    """To the page that one came from; `titles` are those of the pages by their path."""
    back = state.get(BACK, "")
    title = titles.get(back.partition("?")[0])
    if not title:
        return []
    return [html.A(f"← {title}", href=back, className="back")]


def best_name(customer: Row) -> str:
    return customer["email"] or customer["description"] or customer["customer_id"]


def named(rows: Sequence[Row]) -> list[Row]:
    """Each row with what its customer is best known by."""
    return [{**row, "customer": best_name(row)} for row in rows]


def customer_address(row: Row) -> str | None:
    """Of the customer of a row, in the currency of the row."""
    customer_id, currency = row["customer_id"], row["currency"]
    if not customer_id:
        return None
    return address("/customer", customer_id=customer_id, currency=currency)


def invoice_address(row: Row) -> str | None:
    invoice_id = row["invoice_id"]
    return address("/invoice", invoice_id=invoice_id) if invoice_id else None
