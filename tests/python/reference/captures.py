"""What was captured of a charge, and the objects that belong to it."""

import re
from collections import defaultdict
from functools import lru_cache

from reference.links import links, refund_transaction
from reference.rows import Row, Source

OWN_TYPES = {"charge", "payment"}
REFUND_TYPES = {"refund", "payment_refund"}
REVERSAL = "partial_capture_reversal"


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


def intent_of(charge: Row, source: Source) -> Row | None:
    """The charge's payment intent, where it is delivered, whatever its date.

    Whose a charge is must not change with the as-of day: closed months would, too.
    """
    return source.payment_intents.get(charge.get("payment_intent_id"))


def invoice_of(charge: Row, source: Source) -> str | None:
    """Invoice that the charge names, else its intent, else the first that names it."""
    if charge.get("invoice_id") is not None:
        return charge["invoice_id"]
    intent = intent_of(charge, source) or {}
    if intent.get("invoice_id") is not None:
        return intent["invoice_id"]
    naming = source.invoices_by_charge.get(charge["id"], [])
    return min((row["id"] for row in naming), default=None)


def payment_of(charge: Row, source: Source) -> str:
    """Payment that the charge is an attempt of."""
    return charge.get("payment_intent_id") or invoice_of(charge, source) or charge["id"]


def said_category(row: Row) -> str | None:
    """Reporting category of a balance transaction, where Stripe's is delivered."""
    said = row.get("reporting_category")
    return None if said is None else said.strip().lower()


def own_words(row: Row) -> str:
    """A transaction's description without what it quotes in brackets."""
    return re.sub(r"\(.*(\)|$)", "", row.get("description") or "", flags=re.S)


def tells_reversal(row: Row) -> bool:
    """The description's own words say that a partial capture was reversed."""
    return re.search("partial.*capture", own_words(row), re.I | re.S) is not None


def is_reversal(row: Row, source: Source) -> bool:
    """Of a partial capture, by all that is known before releases are looked for."""
    said = said_category(row)
    if said is not None:
        return said == REVERSAL
    if kind(row) not in REFUND_TYPES or links(source).refund_of(row) is not None:
        return False
    if tells_reversal(row):
        return True
    # What brings money back is a refund that failed.
    if row["amount"] >= 0:
        return False
    origin = row.get("source")
    if origin not in source.known_charge_ids or not source.has_refund_rows:
        return False
    refunds = source.refunds_by_charge.get(origin, [])
    return not any(could_be(row, refund, source) for refund in refunds)


def could_be(row: Row, refund: Row, source: Source) -> bool:
    """Whether a transaction on a charge may be what one of its refunds moved."""
    if source.settings.is_later(refund["created"]):
        return False
    if refund_transaction(refund) or links(source).moves_of_refund(refund):
        return False
    return refund["currency"] != row["currency"] or refund["amount"] == -row["amount"]


@lru_cache(maxsize=8)
def reversals_by_charge(source: Source) -> dict[str | None, list[Row]]:
    """Balance transactions that reverse a partial capture, by charge."""
    found: dict[str | None, list[Row]] = defaultdict(list)
    for row in source.known_transactions:
        if is_reversal(row, source):
            charge_id = links(source).charge_of(row)
            origin = row.get("source")
            if charge_id is None and origin in source.known_charge_ids:
                charge_id = origin
            found[charge_id].append(row)
    return found


def own_transactions(charge: Row, source: Source) -> list[Row]:
    """Balance transactions of the charge itself: named by it, or caused by it.

    What another charge names is that one's.
    """
    named = charge.get("balance_transaction_id")
    rows = [
        row
        for row in source.transactions_by_source.get(charge["id"], [])
        if kind(row) in OWN_TYPES and row["id"] != named
    ]
    transaction = source.balance_transactions.get(named)
    if transaction and not source.settings.is_later(transaction["created"]):
        rows.append(transaction)
    owners = (links(source).charge_naming(row) for row in rows)
    return [
        row
        for row, owner in zip(rows, owners, strict=True)
        if owner in (None, charge["id"])
    ]


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
    """Captured amount of a gross charge, in minor units.

    Of one after the as-of day there are no balance transactions that count.
    """
    if charge.get("amount_captured") is not None:
        return charge["amount_captured"]
    received = (intent_of(charge, source) or {}).get("amount_received")
    if received:
        return received
    is_later = source.settings.is_later(charge["created"])
    net = None if is_later else settled(charge, source)
    return charge["amount"] if net is None else net
