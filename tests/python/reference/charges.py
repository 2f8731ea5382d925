"""Charges: what was captured of them, and fct_charges."""

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
    refunds = source.refunds.values()
    of_charge = {r["id"] for r in refunds if r.get("charge_id") == charge["id"]}
    named = {refund_transaction(r) for r in refunds}
    own: list[Row] = []
    reversals: list[Row] = []
    for row in source.known(source.balance_transactions):
        kind, origin = row.get("type"), row.get("source")
        says_so = "partial capture" in (row.get("description") or "").lower()
        if row["id"] == charge.get("balance_transaction_id") or (
            kind in OWN_TYPES and origin == charge["id"]
        ):
            own.append(row)
        elif kind in REFUND_TYPES and (
            (origin == charge["id"] and row["id"] not in named)
            or (origin in of_charge and says_so)
        ):
            reversals.append(row)
    if not own or any(row["currency"] != charge["currency"] for row in own):
        return None
    return sum(row["amount"] for row in own + reversals)


def captured(charge: Row, source: Source) -> int:
    """Captured amount of a gross charge, in minor units."""
    if charge.get("amount_captured") is not None:
        return charge["amount_captured"]
    intent = source.payment_intents.get(charge.get("payment_intent_id"))
    if intent is not None and not source.settings.is_later(intent["created"]):
        received = intent.get("amount_received")
        if received is not None:
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
