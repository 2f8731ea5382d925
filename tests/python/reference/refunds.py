"""Refunds: which of them failed, which only released an authorization; fct_refunds."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from reference import money, seeds, time
from reference.captures import captured, invoice_of, is_gross, kind, refund_transaction
from reference.rows import Row, Source, grouped

FAILED = {"failed", "canceled"}


def made_at(refund: Row, source: Source) -> datetime | None:
    """When the refund was made, naive UTC; estimated where its row does not say."""
    if refund["created"]:
        return refund["created"]
    moved = [
        row["created"]
        for row in source.every_transaction_by_source.get(refund["id"], [])
        if row["created"]
    ]
    if moved:
        return min(moved)
    charge = source.charges.get(refund.get("charge_id"))
    return charge["created"] if charge else None


def is_failed(refund: Row, source: Source) -> bool:
    """Failed or canceled, by status where delivered, else by balance transaction."""
    if refund.get("status") is not None:
        return refund["status"] in FAILED
    return any(
        is_failure(row) for row in source.transactions_by_source.get(refund["id"], [])
    )


def is_failure(row: Row) -> bool:
    """A balance transaction on a refund gives back its money, for it failed.

    Stripe says so, or its type does; an adjustment on a refund is one.
    """
    said = (row.get("reporting_category") or "").strip().lower()
    if said:
        return said == "refund_failure"
    name = kind(row)
    category = seeds.transaction_categories().get(name)
    return name == "adjustment" or category == "refund_failure"


def releases(charge: Row, refunds: Sequence[Row], source: Source) -> set[str]:
    """Ids of the charge's refunds that gave back what was never captured."""
    if charge.get("captured") is False:
        return {row["id"] for row in refunds}
    if not is_gross(charge):
        return set()
    gap = charge["amount"] - captured(charge, source)
    equal = [row for row in refunds if gap > 0 and row["amount"] == gap]
    equal.sort(key=lambda row: (made_at(row, source), row["id"]))
    return {row["id"] for row in equal[:1]}


@lru_cache(maxsize=2)
def fct_refunds(source: Source) -> list[dict[str, Any]]:
    """Rows of fct_refunds."""
    if not source.has_refund_rows:
        return inferred_refunds(source)
    charges = {row["id"]: row for row in source.known_charges}
    found: list[tuple[Row, datetime]] = []
    for refund in source.refunds.values():
        moment = made_at(refund, source)
        if moment is not None and not source.settings.is_later(moment):
            found.append((refund, moment))
    released: set[str] = set()
    for charge_id, own in grouped((row for row, _ in found), "charge_id").items():
        if charge_id in charges:
            released |= releases(charges[charge_id], own, source)
    return [
        fact(
            source,
            charges.get(refund.get("charge_id")),
            moment,
            refund_id=refund["id"],
            balance_transaction_id=refund_transaction(refund),
            charge_id=refund.get("charge_id"),
            currency=refund["currency"],
            reason=refund.get("reason"),
            receipt_number=refund.get("receipt_number"),
            status=refund.get("status"),
            requested=refund["amount"],
            is_date_estimated=refund["created"] is None,
            is_failed=is_failed(refund, source),
            is_release=refund["id"] in released,
        )
        for refund, moment in found
    ]


def inferred_refunds(source: Source) -> list[dict[str, Any]]:
    """Rows of fct_refunds made from charges.amount_refunded, for want of refunds."""
    found = []
    for charge in source.known_charges:
        if not is_gross(charge) or not charge["created"]:
            continue
        refunded = charge.get("amount_refunded") or 0
        gap = charge["amount"] - captured(charge, source)
        if refunded >= gap > 0:
            refunded -= gap
        if refunded > 0:
            found.append(
                fact(
                    source,
                    charge,
                    charge["created"],
                    refund_id=charge["id"],
                    charge_id=charge["id"],
                    currency=charge["currency"],
                    requested=refunded,
                    is_date_estimated=True,
                    is_inferred=True,
                )
            )
    return found


def fact(
    source: Source,
    charge: Row | None,
    moment: datetime,
    *,
    refund_id: str,
    charge_id: str | None,
    currency: str | None,
    requested: int,
    is_date_estimated: bool,
    balance_transaction_id: str | None = None,
    reason: str | None = None,
    receipt_number: str | None = None,
    status: str | None = None,
    is_failed: bool = False,
    is_inferred: bool = False,
    is_release: bool = False,
) -> dict[str, Any]:
    """One row of fct_refunds; requested in minor units, moment in naive UTC."""
    settings = source.settings
    is_counted = not is_failed and not is_release
    delivered = charge or {}
    return {
        "source_relation": source.relation,
        "refund_id": refund_id,
        "balance_transaction_id": balance_transaction_id,
        "charge_id": charge_id,
        "customer_id": delivered.get("customer_id"),
        "invoice_id": invoice_of(charge, source) if charge else None,
        "payment_intent_id": delivered.get("payment_intent_id"),
        "currency": currency,
        "reason": reason,
        "receipt_number": receipt_number,
        "status": status,
        "requested_amount": money.major(requested, currency),
        "refund_amount": money.major(requested if is_counted else 0, currency),
        "refund_count": int(is_counted),
        "is_counted": is_counted,
        "is_date_estimated": is_date_estimated,
        "is_failed": is_failed,
        "is_inferred": is_inferred,
        "is_release": is_release,
        "charge_reporting_date": settings.date_of(delivered.get("created")),
        **time.calendar_columns(settings.date_of(moment)),
        "created_at": moment,
    }
