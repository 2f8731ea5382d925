"""Payments: charges with their retries folded together; fct_payments."""

from collections import defaultdict
from typing import Any

from reference import money, seeds, time


def fct_payments(charges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of fct_payments, from the rows of fct_charges of one source."""
    attempts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for charge in charges:
        key = charge["payment_intent_id"] or charge["invoice_id"] or charge["charge_id"]
        attempts[key].append(charge)
    return [fact(key, rows) for key, rows in attempts.items()]


def status_of(charges: list[dict[str, Any]]) -> str:
    """The payment's status: the best of its charges'."""
    known = {charge["status"] for charge in charges}
    for status in ("succeeded", "pending", "failed"):
        if status in known:
            return status
    return "unknown"


def fact(payment_id: str, charges: list[dict[str, Any]]) -> dict[str, Any]:
    """One row of fct_payments, from the charges of one payment."""
    charges = sorted(charges, key=lambda row: (row["created_at"], row["charge_id"]))
    first = charges[0]
    currency = first["currency"]
    in_currency = [row for row in charges if row["currency"] == currency]
    gross = money.total((row["gross_amount"] for row in in_currency), currency)
    is_captured = any(row["is_gross"] for row in in_currency)
    succeeded = [row["created_at"] for row in charges if row["is_succeeded"]]
    failure = seeds.failure(first["failure_code"])
    return {
        "source_relation": first["source_relation"],
        "payment_id": payment_id,
        "customer_id": first["customer_id"],
        "first_charge_id": first["charge_id"],
        "invoice_id": first["invoice_id"],
        "payment_intent_id": first["payment_intent_id"],
        "currency": currency,
        "first_failure_category": failure.category if first["is_failed"] else None,
        "first_failure_code": first["failure_code"] if first["is_failed"] else None,
        "status": status_of(charges),
        "payment_amount": gross if is_captured else first["attempted_amount"],
        "gross_amount": gross,
        "refunded_amount": money.total(
            (row["refunded_amount"] for row in in_currency), currency
        ),
        "attempt_count": len(charges),
        "is_first_attempt_failed": first["is_failed"],
        "is_recovered": first["is_failed"] and bool(succeeded),
        "is_retryable": failure.is_retryable if first["is_failed"] else None,
        **time.calendar_columns(first["reporting_date"]),
        "created_at": first["created_at"],
        "succeeded_at": min(succeeded, default=None),
    }
