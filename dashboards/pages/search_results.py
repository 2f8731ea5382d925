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
from dashboards.queries.search_kinds import ANYHOW, KEYS
from dashboards.text import formatting
from dashboards.text.formatting import words as said
from dashboards.warehouse import Row, Statement, Warehouse

TITLES = {
    "customers": "Customers",
    "cards": "Cards",
    "invoices": "Invoices",
    "charges": "Charges",
    "refunds": "Refunds",
    "disputes": "Disputes",
    "subscriptions": "Subscriptions",
    "balance_transactions": "Balance transactions",
}
WHY = ("failure_code", "reason", "category")
AMOUNTS = {"invoices": "total", "charges": "attempted_amount"}
TAIL = 6  # letters of an id that tell it from others


def find(
    warehouse: Warehouse, text: str, most: int, kind: str | None = None, offset: int = 0
) -> dict[str, list[Row]]:
    """{kind: rows}, of kinds in which something is found; or of one only. Inside of
    ids is looked for what has a digit, and where nothing else is found."""
    words = Words.of(text)
    with warehouse.reading():
        asked = [k for k in words.kinds(warehouse) if kind in (None, k)]
        for inside in sorted({words.may_be_inside, True}):
            found = {
                k: rows_of(warehouse, k, queries.found(k, words, most, offset, inside))
                for k in asked
            }
            if any(found.values()):
                break
            asked = [k for k in asked if k in ANYHOW]
        return completed(warehouse, found)


def find_first(warehouse: Warehouse, text: str, most: int) -> dict[str, list[Row]]:
    """While one types: the object whose id it is, else who is called so or has such a
    card; only where there is nobody, invoices, and without any of them charges. Of
    these each is read once, inside of ids and numbers too."""
    words = Words.of(text)
    with warehouse.reading():
        kinds = words.kinds(warehouse)
        if words.whole_id in kinds:
            statement = queries.whole(words.whole_id, words)
            rows = rows_of(warehouse, words.whole_id, statement)
            if rows:
                return completed(warehouse, {words.whole_id: rows})
        found: dict[str, list[Row]] = {}
        for kind in kinds:
            if any(found.values()) and kind in ANYHOW:
                break
            inside = words.named is None
            statement = queries.found(kind, words, most, inside=inside)
            found[kind] = rows_of(warehouse, kind, statement)
        return completed(warehouse, found)


def rows_of(warehouse: Warehouse, kind: str, statement: Statement) -> list[Row]:
    """What is said of the keys that a statement finds, in their order."""
    found = warehouse.query(*statement)
    if kind == "cards" or not found:
        return found
    key = KEYS[kind]
    keys = sorted({row[key] for row in found})
    known = {
        (row["source_relation"], row[key]): row
        for row in warehouse.query(*queries.described(kind, keys))
    }
    return [
        {**known[place], **row}
        for row in found
        for place in [(row["source_relation"], row[key])]
        if place in known
    ]


def completed(
    warehouse: Warehouse, found: dict[str, list[Row]]
) -> dict[str, list[Row]]:
    """What was found, with a card of customers and its country, and the account where
    there are several."""
    has_accounts = len(warehouse.accounts()) > 1
    names = warehouse.account_names() if has_accounts else {}
    known = cards_of(warehouse, found.get("customers", []))
    for row in found.get("customers", []):
        card = known.get((row["source_relation"], row["customer_id"]))
        row["country"] = card and card["country"]
        row["card"] = card and card_name(card)
    for row in (row for rows in found.values() for row in rows):
        row["account"] = row["source_relation"] if has_accounts else None
        row["account_name"] = names.get(row["account"], row["account"])
    return {kind: rows for kind, rows in found.items() if rows}


def cards_of(warehouse: Warehouse, rows: Sequence[Row]) -> dict[tuple[str, str], Row]:
    """{account and customer: the card that says most of who it is}."""
    if not rows or not warehouse.has("customer_lookup_cards"):
        return {}
    ids = sorted({row["customer_id"] for row in rows})
    cards = warehouse.query(*queries.cards_of(ids))
    return {
        (row["source_relation"], row["customer_id"]): row for row in reversed(cards)
    }


def place(kind: str, row: Row) -> tuple[str, dict[str, str]]:
    """The path and state of its page; a charge's is its invoice's, else its
    customer's; what has no page is shown by Explore."""
    of = {"account": row["account"]}
    if kind in ("customers", "cards"):
        return "/customer", {"customer_id": row["customer_id"], **of}
    if row.get("invoice_id"):
        return "/invoice", {"invoice_id": row["invoice_id"], **of}
    if row["customer_id"] and kind == "charges":
        keys = ("customer_id", "currency")
        return "/customer", {**{key: row[key] for key in keys}, **of}
    condition = Filter(KEYS[kind], "eq", row[KEYS[kind]])
    return "/explore", {"table": kind, "filter": str(condition)}


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
            row.get("card"),
            row["country"],
            since(row),
            f"…{row['customer_id'][-TAIL:]}",
            "deleted" if row["is_deleted"] else None,
            "delinquent" if row["is_delinquent"] else None,
            row.get("account_name", row["account"]),
        ]
    amount = row[AMOUNTS.get(kind, "amount")]
    return [
        formatting.money(amount, row["currency"]),
        said(row["status"]),
        said(next(filter(None, map(row.get, WHY)), None)),
        row.get("plan"),
        formatting.day(row["created_date"]),
        row.get("email"),
        row.get("receipt_number"),
        row.get("source_id"),
        row.get("account_name", row["account"]),
    ]


def since(row: Row) -> str | None:
    created = row["created_date"]
    return f"since {formatting.day(created)}" if created else None


def card_name(row: Row) -> str:
    """`Visa ···· 4242`."""
    return f"{said(row['brand']) or 'Card'} ···· {row['last4']}"
