"""Refunds: which of them failed, which only released an authorization; fct_refunds."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from reference import money, seeds, time
from reference.captures import (
    REFUND_TYPES,
    captured,
    invoice_of,
    is_gross,
    kind,
    reversals_by_charge,
    said_category,
)
from reference.links import links, refund_transaction
from reference.rows import Row, Source, grouped

FAILED = {"failed", "canceled"}
# What a payment that failed moves; it is listed among the refunds.
RETURN = "payment_failure_refund"


def made_at(refund: Row, source: Source) -> datetime | None:
    """When the refund was made, naive UTC; estimated where its row does not say."""
    if refund["created"]:
        return refund["created"]
    rows = list(source.every_transaction_by_source.get(refund["id"], []))
    rows.append(source.balance_transactions.get(refund_transaction(refund)))
    moved = [row["created"] for row in rows if row and row["created"]]
    if moved:
        return min(moved)
    charge = source.charges.get(refund.get("charge_id"))
    return charge["created"] if charge else None


def is_failed(refund: Row, source: Source) -> bool:
    """Failed or canceled, by status where delivered, else by balance transaction."""
    if refund.get("status") is not None:
        return refund["status"] in FAILED
    return any(is_failure(row, source) for row in links(source).moves_of_refund(refund))


def is_failure(row: Row, source: Source) -> bool:
    """A balance transaction on a refund brings its money back, for it failed.

    Its category says so, or it is a refund the other way; an adjustment whose source is
    a refund is a refund failure.
    """
    name, said = kind(row), said_category(row)
    if name in REFUND_TYPES and row["amount"] > 0:
        return True
    if said is not None:
        return said == "refund_failure"
    category = seeds.transaction_categories().get(name)
    if name == "adjustment":
        return row.get("source") in source.refunds
    return category == "refund_failure"


def is_return(refund: Row, source: Source) -> bool:
    """The money of a payment that failed went back: no refund at all."""
    moves = links(source).moves_of_refund(refund)
    return any(kind(row) == RETURN for row in moves)


def releases(charge: Row, refunds: Sequence[Row], source: Source) -> set[str]:
    """Ids of the charge's refunds that gave back what was never captured.

    Where the balance shows the release as a transaction of its own, no refund that
    moved money by another one is it.
    """
    if charge.get("captured") is False:
        return {row["id"] for row in refunds}
    if not is_gross(charge):
        return set()
    gap = charge["amount"] - captured(charge, source)
    shown = {row["id"] for row in reversals_by_charge(source).get(charge["id"], [])}
    equal = [
        row
        for row in refunds
        if gap > 0
        and row["amount"] == gap
        and row["currency"] == charge["currency"]
        and not is_return(row, source)
        and not (shown and transactions_of(row, source) - shown)
    ]
    equal.sort(key=lambda row: (made_at(row, source), row["id"]))
    return {row["id"] for row in equal[:1]}


def transactions_of(refund: Row, source: Source) -> set[str]:
    """Ids of the balance transactions that are the refund's or that it names."""
    found = {row["id"] for row in links(source).moves_of_refund(refund)}
    return (found | {refund_transaction(refund)}) - {None}


@lru_cache(maxsize=8)
def released(source: Source) -> frozenset[str]:
    """Ids of all refunds by the as-of day that are releases."""
    charges = {row["id"]: row for row in source.known_charges}
    rows = [row for row, _ in known_refunds(source)]
    return frozenset(
        name
        for charge_id, own in grouped(rows, "charge_id").items()
        if charge_id in charges
        for name in releases(charges[charge_id], own, source)
    )


def known_refunds(source: Source) -> list[tuple[Row, datetime]]:
    """Refunds by the as-of day, and when each was made."""
    dated = [(row, made_at(row, source)) for row in source.refunds.values()]
    return [
        (row, moment)
        for row, moment in dated
        if moment is not None and not source.settings.is_later(moment)
    ]


@lru_cache(maxsize=8)
def fct_refunds(source: Source) -> list[dict[str, Any]]:
    """Rows of fct_refunds."""
    if not source.has_refund_rows:
        return inferred_refunds(source)
    charges = {row["id"]: row for row in source.known_charges}
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
            is_release=refund["id"] in released(source),
            is_return=is_return(refund, source),
        )
        for refund, moment in known_refunds(source)
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
    is_return: bool = False,
) -> dict[str, Any]:
    """One row of fct_refunds; requested in minor units, moment in naive UTC."""
    settings = source.settings
    is_counted = not (is_failed or is_release or is_return)
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
