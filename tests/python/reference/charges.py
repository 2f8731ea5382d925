"""Charges: what was captured of them, and fct_charges."""

import re
from typing import Any

from reference import money, time
from reference.rows import Row, Source

OWN_TYPES = {"charge", "payment"}
REFUND_TYPES = {"refund", "payment_refund"}


def is_gross(charge: Row) -> bool:
    """Succeeded and captured; null captured means captured."""
    return charge.get("status") == "succeeded" and charge.get("captured") is not False


def is_uncaptured(charge: Row) -> bool:
    """Authorized, and not captured (yet)."""
    return charge.get("status") == "succeeded" and charge.get("captured") is False


def refund_transaction(refund: Row) -> str | None:
    """Balance transaction that the refund names, by its new or its old column."""
    named = refund.get("balance_transaction_id")
    return refund.get("balance_transaction") if named is None else named


def settled(charge: Row, source: Source) -> int | None:
    """Minor units of the charge's balance transactions net of their reversal.

    None where there is no own transaction, or it is in another currency.
    """
    own: list[Row] = []
    reversals: list[Row] = []
    for row in source.known(source.balance_transactions):
        if row["currency"] != charge["currency"]:
            continue
        if row["id"] == charge.get("balance_transaction_id") or (
            row.get("type") in OWN_TYPES and row.get("source") == charge["id"]
        ):
            own.append(row)
        elif reversed_charge(row, source) == charge["id"]:
            reversals.append(row)
    return sum(row["amount"] for row in own + reversals) if own else None


def reversed_charge(row: Row, source: Source) -> str | None:
    """Charge whose partial capture a balance transaction reverses, if it does.

    Told by the description, or on the charge itself while no refund row can be what
    it paid for.
    """
    if row.get("type") not in REFUND_TYPES:
        return None
    origin = row.get("source")
    refunds = source.refunds.values()
    by_id = [r for r in refunds if r["id"] == origin]
    naming = [r for r in refunds if refund_transaction(r) == row["id"]]
    charges = [r.get("charge_id") for r in by_id + naming]
    if re.search("partial.*capture", row.get("description") or "", re.I | re.S):
        return next((c for c in charges if c is not None), origin)
    alike = any(
        r.get("charge_id") == origin and r["amount"] == -row["amount"] for r in refunds
    )
    if by_id or naming or alike or not source.has_refund_rows:
        return None
    return origin


def captured(charge: Row, source: Source) -> int:
    """Captured amount of a gross charge, in minor units."""
    if charge.get("amount_captured") is not None:
        return charge["amount_captured"]
    intent = source.payment_intents.get(charge.get("payment_intent_id"))
    if intent is not None and not source.settings.is_later(intent["created"]):
        received = intent.get("amount_received")
        if received:
            return received
    net = settled(charge, source)
    return charge["amount"] if net is None else net


def fct_charges(source: Source, refunds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of fct_charges, from a source and its rows of fct_refunds."""
    dated = [row for row in source.known(source.charges) if row["created"]]
    return [fact(charge, source, refunds) for charge in dated]


def fact(charge: Row, source: Source, refunds: list[dict[str, Any]]) -> dict[str, Any]:
    """One row of fct_charges; amounts in major units."""
    currency, status = charge["currency"], charge.get("status")
    counted = [
        row for row in refunds if row["charge_id"] == charge["id"] and row["is_counted"]
    ]
    attempted = money.major(charge["amount"], currency)
    zero = money.major(0, currency)
    gross = money.major(captured(charge, source), currency)
    gross = gross if is_gross(charge) else zero
    refunded = money.total((row["refund_amount"] for row in counted), currency)
    day = source.settings.date_of(charge["created"])
    return {
        "source_relation": source.relation,
        "charge_id": charge["id"],
        "balance_transaction_id": charge.get("balance_transaction_id"),
        "customer_id": charge.get("customer_id"),
        "destination_id": charge.get("destination"),
        "invoice_id": charge.get("invoice_id"),
        "payment_intent_id": charge.get("payment_intent_id"),
        "payment_method_id": charge.get("payment_method_id"),
        "currency": currency,
        "description": charge.get("description"),
        "failure_code": charge.get("failure_code"),
        "failure_message": charge.get("failure_message"),
        "receipt_email": charge.get("receipt_email"),
        "statement_descriptor": charge.get("statement_descriptor"),
        "status": status,
        "attempted_amount": attempted,
        "gross_amount": gross,
        "failed_amount": attempted if status == "failed" else zero,
        "pending_amount": attempted if status == "pending" else zero,
        "refunded_amount": refunded,
        "net_amount": money.difference(gross, refunded),
        "application_fee_amount": money.major(charge.get("application_fee"), currency),
        "refund_count": len(counted),
        "is_succeeded": status == "succeeded",
        "is_failed": status == "failed",
        "is_pending": status == "pending",
        "is_gross": is_gross(charge),
        "is_uncaptured": is_uncaptured(charge),
        **time.calendar_columns(day),
        "created_at": charge["created"],
    }
