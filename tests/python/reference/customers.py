"""Customers and their home currency; dim_customers."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from reference import money
from reference.rows import Row, Source, grouped

LAST_RESORT = "usd"


def first_currency(rows: Iterable[Row]) -> str | None:
    """Currency of the row created first; of equals, of the smallest id."""
    dated = [row for row in rows if row["created"] and row["currency"]]
    first = min(dated, key=lambda row: (row["created"], row["id"]), default=None)
    return first["currency"] if first else None


def default_currency(source: Source) -> str:
    """The account's: of the smallest account id with one, else of the first charge."""
    named = sorted(
        (row["id"], row["default_currency"])
        for row in source.accounts.values()
        if row["default_currency"]
    )
    if named:
        return named[0][1]
    return first_currency(source.known_charges) or LAST_RESORT


@lru_cache(maxsize=2)
def home_currencies(source: Source) -> dict[str, str]:
    """The one currency that each customer is counted in, by customer id.

    Also of those whom only charges and invoices name.
    """
    charges = grouped(source.known_charges, "customer_id")
    invoices = grouped(source.known_invoices, "customer_id")
    default = default_currency(source)
    delivered = source.customers
    named = (charges.keys() | invoices.keys()) - {None}
    return {
        key: (key in delivered and delivered[key]["currency"])
        or first_currency(charges.get(key, ()))
        or first_currency(invoices.get(key, ()))
        or default
        for key in delivered.keys() | named
    }


def balance(customer: Row) -> int | None:
    """Customer balance in minor units, by its new or its old column (a string)."""
    if customer.get("balance") is not None:
        return customer["balance"]
    older = customer.get("account_balance")
    return None if older is None else int(older)


def dim_customers(source: Source) -> list[dict[str, Any]]:
    """Rows of dim_customers."""
    rows = []
    currencies = home_currencies(source)
    for customer in source.known(source.customers):
        currency = currencies[customer["id"]]
        rows.append(
            {
                "source_relation": source.relation,
                "customer_id": customer["id"],
                "default_source_id": customer.get("default_source"),
                "currency": currency,
                "description": customer.get("description"),
                "email": customer.get("email"),
                "balance_amount": money.major(balance(customer), currency),
                "is_delinquent": customer.get("delinquent") is True,
                "is_deleted": customer.get("is_deleted") is True,
                "created_date": source.settings.date_of(customer["created"]),
                "created_at": customer["created"],
            }
        )
    return rows
