"""What the search says of each thing that it found: a title, what tells it from others
of the same name, and where it has its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.address import address
from dashboards.address.selection import Filter
from dashboards.pages.links import best_name
from dashboards.queries import search as queries
from dashboards.queries.search import Words
from dashboards.text import formatting
from dashboards.text.formatting import words as said
from dashboards.warehouse import Row, Warehouse

TITLES = {
    "customers": "Customers",
    "cards": "Cards",
    "invoices": "Invoices",
    "charges": "Charges",
}
LATER = ("invoices", "charges")
TAIL = 6  # letters of an id that tell it from others


def find(
    warehouse: Warehouse, text: str, most: int, kind: str | None = None, offset: int = 0
) -> dict[str, list[Row]]:
    """{kind: rows}, of kinds in which something is found; or of one only."""
    words = Words.of(text)
    with warehouse.reading():
        asked = [k for k in words.kinds(warehouse) if kind in (None, k)]
        found = {
            k: warehouse.query(*queries.found(k, words, most, offset)) for k in asked
        }
        return completed(warehouse, found)


def find_first(warehouse: Warehouse, text: str, most: int) -> dict[str, list[Row]]:
    """While one types: the object whose id it is, else who is called so or has such a
    card; only where there is nobody, invoices, and without any of them charges."""
    words = Words.of(text)
    with warehouse.reading():
        kinds = words.kinds(warehouse)
        if words.whole_id in kinds:
            rows = warehouse.query(*queries.whole(words.whole_id, words))
            if rows:
                return completed(warehouse, {words.whole_id: rows})
        found: dict[str, list[Row]] = {}
        for kind in kinds:
            if any(found.values()) and kind in LATER:
                break
            found[kind] = warehouse.query(*queries.found(kind, words, most))
        return completed(warehouse, found)


def completed(
    warehouse: Warehouse, found: dict[str, list[Row]]
) -> dict[str, list[Row]]:
    """What was found, with the country of customers, and the account where there are
    several."""
    has_accounts = len(warehouse.accounts()) > 1
    known = countries(warehouse, found.get("customers", []))
    for row in found.get("customers", []):
        row["country"] = known.get((row["source_relation"], row["customer_id"]))
    for row in (row for rows in found.values() for row in rows):
        row["account"] = row["source_relation"] if has_accounts else None
    return {kind: rows for kind, rows in found.items() if rows}


def countries(warehouse: Warehouse, rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    if not rows or not warehouse.has("customer_lookup_cards"):
        return {}
    ids = sorted({row["customer_id"] for row in rows})
    return {
        (row["source_relation"], row["customer_id"]): row["country"]
        for row in warehouse.query(*queries.countries(ids))
    }


def place(kind: str, row: Row) -> tuple[str, dict[str, str]]:
    """The path and state of its page; a charge's is its invoice's, else its
    customer's, else the Explore of its row."""
    of = {"account": row["account"]}
    if kind in ("customers", "cards"):
        return "/customer", {"customer_id": row["customer_id"], **of}
    if row["invoice_id"]:
        return "/invoice", {"invoice_id": row["invoice_id"], **of}
    if row["customer_id"]:
        keys = ("customer_id", "currency")
        return "/customer", {**{key: row[key] for key in keys}, **of}
    condition = Filter("charge_id", "eq", row["charge_id"])
    return "/explore", {"table": "charges", "filter": str(condition)}


def option(kind: str, row: Row) -> dict[str, str]:
    """A line of the box under the search: title and detail as text."""
    path, state = place(kind, row)
    return {
        "href": address(path, **state),
        "title": title(kind, row),
        "detail": " · ".join(part for part in details(kind, row) if part),
    }


def title(kind: str, row: Row) -> str:
    if kind == "customers":
        return row["description"] or best_name(row)
    if kind == "cards":
        return f"{card_name(row)} · {best_of(row)}"
    return row[f"{kind[:-1]}_id"]


def best_of(row: Row) -> str:
    return row["description"] or best_name(row)


def details(kind: str, row: Row) -> list[Any]:
    if kind in ("customers", "cards"):
        return [
            row["email"] if row["email"] != title(kind, row) else None,
            row["country"],
            since(row),
            f"…{row['customer_id'][-TAIL:]}",
            "deleted" if row["is_deleted"] else None,
            "delinquent" if row["is_delinquent"] else None,
            row["account"],
        ]
    amount = row["total"] if kind == "invoices" else row["attempted_amount"]
    return [
        formatting.money(amount, row["currency"]),
        said(row["status"]),
        said(row.get("failure_code")),
        formatting.day(row["created_date"]),
        row["email"],
        row["receipt_number"],
        row["account"],
    ]


def since(row: Row) -> str | None:
    created = row["created_date"]
    return f"since {formatting.day(created)}" if created else None


def card_name(row: Row) -> str:
    """`Visa ···· 4242`."""
    return f"{said(row['brand']) or 'Card'} ···· {row['last4']}"
