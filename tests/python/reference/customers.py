"""Customers and their home currency; dim_customers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from reference import money
from reference.rows import Row, Settings, Source, grouped

Fact = dict[str, Any]
# customer_id and currency
Dealing = tuple[str, str]

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


@lru_cache(maxsize=8)
def home_currencies(source: Source) -> Mapping[str, str]:
    """The one currency that each customer is counted in, by customer id.

    Of every id, also one that no row delivers.
    """
    default = default_currency(source)
    homes = defaultdict(lambda: default)
    invoices = grouped(source.known_invoices, "customer_id")
    for customer_id, rows in invoices.items():
        homes[customer_id] = first_currency(rows) or default
    charges = grouped(source.known_charges, "customer_id")
    for customer_id, rows in charges.items():
        homes[customer_id] = first_currency(rows) or homes[customer_id]
    for row in source.known(source.customers):
        homes[row["id"]] = row["currency"] or homes[row["id"]]
    return homes


def home_currency(source: Source, customer_id: str | None) -> str | None:
    """The currency that a customer is counted in; of nobody none."""
    return None if customer_id is None else home_currencies(source)[customer_id]


def dealings(marts: Mapping[str, list[Fact]], settings: Settings) -> set[Dealing]:
    """Each customer with each currency that it dealt in, or is at home in."""
    facts = "dim_customers", "fct_charges", "fct_refunds", "fct_disputes"
    facts += "fct_invoices", "fct_balance_transactions", "fct_customer_mrr"
    month = settings.as_of.replace(day=1)
    return {
        (row["customer_id"], row["currency"])
        for name in facts
        for row in marts[name]
        if row["customer_id"] is not None
        and row["currency"] is not None
        and row.get("is_counted", True)
        and row.get("is_net_volume", True)
        and (name != "fct_customer_mrr" or row["reporting_month"] == month)
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
