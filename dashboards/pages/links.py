"""What customers and invoices are called, and where they have their pages."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.address import address
from dashboards.warehouse import Row


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
