"""What was captured of a charge, and the objects that belong to it."""

import re
from collections import defaultdict
from functools import lru_cache

from reference.rows import Row, Source

OWN_TYPES = {"charge", "payment"}
REFUND_TYPES = {"refund", "payment_refund"}


def is_gross(charge: Row) -> bool:
    """Succeeded and captured; null captured means captured."""
    return charge.get("status") == "succeeded" and charge.get("captured") is not False


def is_uncaptured(charge: Row) -> bool:
    """Authorized, and not captured (yet)."""
    return charge.get("status") == "succeeded" and charge.get("captured") is False


def kind(transaction: Row) -> str | None:
    """Type of a balance transaction, regularly spelled."""
    name = transaction.get("type")
    return None if name is None else name.strip().lower()


def refund_transaction(refund: Row) -> str | None:
    """Balance transaction that the refund names, by its new or its old column."""
    named = refund.get("balance_transaction_id")
    return refund.get("balance_transaction") if named is None else named


def invoice_of(charge: Row, source: Source) -> str | None:
    """Invoice that the charge names, else the first by id that names the charge."""
    if charge.get("invoice_id") is not None:
        return charge["invoice_id"]
    naming = source.invoices_by_charge.get(charge["id"], [])
    return min((row["id"] for row in naming), default=None)


def payment_of(charge: Row, source: Source) -> str:
    """Payment that the charge is an attempt of."""
    return charge.get("payment_intent_id") or invoice_of(charge, source) or charge["id"]


@lru_cache(maxsize=2)
def reversals(source: Source) -> dict[str, str]:
    """Charge whose partial capture a balance transaction reverses, by transaction.

    Told by the description, or on the charge itself while no refund row can be what
    it paid for.
    """
    naming: dict[str | None, list[Row]] = defaultdict(list)
    for refund in source.refunds.values():
        naming[refund_transaction(refund)].append(refund)
    found: dict[str, str] = {}
    for row in source.known_transactions:
        if kind(row) in REFUND_TYPES:
            refunds = naming.get(row["id"], [])
            charge_id = reversed_charge(row, source, refunds)
            if charge_id is not None:
                found[row["id"]] = charge_id
    return found


def reversed_charge(row: Row, source: Source, naming: list[Row]) -> str | None:
    """Charge whose partial capture a transaction that some refunds name reverses."""
    origin = row.get("source")
    by_id = [source.refunds[origin]] if origin in source.refunds else []
    charges = [r.get("charge_id") for r in by_id]
    charges += sorted(r["charge_id"] for r in naming if r.get("charge_id") is not None)
    if tells_reversal(row):
        return next((c for c in charges if c is not None), origin)
    alike = any(
        r["amount"] == -row["amount"] for r in source.refunds_by_charge.get(origin, [])
    )
    if by_id or naming or alike or not source.has_refund_rows:
        return None
    return origin


def tells_reversal(row: Row) -> bool:
    """The description says that a partial capture was reversed."""
    words = row.get("description") or ""
    return re.search("partial.*capture", words, re.I | re.S) is not None


@lru_cache(maxsize=2)
def reversals_by_charge(source: Source) -> dict[str, list[Row]]:
    """Balance transactions that reverse a partial capture, by charge."""
    found: dict[str, list[Row]] = defaultdict(list)
    for key, charge_id in reversals(source).items():
        found[charge_id].append(source.balance_transactions[key])
    return found


def own_transactions(charge: Row, source: Source) -> list[Row]:
    """Balance transactions of the charge itself: named by it, or caused by it."""
    named = charge.get("balance_transaction_id")
    rows = [
        row
        for row in source.transactions_by_source.get(charge["id"], [])
        if kind(row) in OWN_TYPES and row["id"] != named
    ]
    transaction = source.balance_transactions.get(named)
    if transaction and not source.settings.is_later(transaction["created"]):
        rows.append(transaction)
    return rows


def settled(charge: Row, source: Source) -> int | None:
    """Minor units of the charge's balance transactions net of their reversal.

    None where there is no own transaction, or it is in another currency.
    """
    rows = own_transactions(charge, source)
    own = [row for row in rows if row["currency"] == charge["currency"]]
    own_ids = {row["id"] for row in own}
    given_back = [
        row
        for row in reversals_by_charge(source).get(charge["id"], [])
        if row["currency"] == charge["currency"] and row["id"] not in own_ids
    ]
    return sum(row["amount"] for row in own + given_back) if own else None


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
