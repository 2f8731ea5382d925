"""Random disputes, and balance transactions of every kind; the plainest choice first.

Ids come from small pools, so that several rules claim one row.
"""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from reference.seeds import rows

Draw = st.DrawFn
Raw = dict[str, Any]

DISPUTE_STATUSES = (
    "lost",
    "won",
    None,
    "needs_response",
    "under_review",
    "warning_needs_response",
    "warning_closed",
    "prevented",
    "odd",
)
TYPES = (
    *[row["type"] for row in rows("stripe_balance_transaction_types")],
    *("adjustment",) * 8,
    *("charge", "payment", "refund", "payment_refund", "payout"),
    *("transfer", "transfer_failure") * 3,
    *(None, "odd", " Stripe_Fee", "Adjustment"),
)
CATEGORIES = ("charge", " Refund", "dispute", "fee", "odd", "partial_capture_reversal")
DESCRIPTIONS = (
    None,
    "Chargeback withdrawal for ch_1",
    "DISPUTE of a charge",
    "REFUND FAILURE (ch_1)",
    "Refund of a fee",
    "Billing fee",
    "Partial Capture",
    "REFUND FOR CHARGE (Partial capture 1 of order 7)",
    "Partial capture (order (7))",
    "REFUND FAILURE (dispute of a fee)",
    "Failed",
    "Correction",
)
AMOUNTS = (-1000, 1000, 0, -1, 333, 1999)
# Days until the money of a transaction is available; Stripe never says before.
WAITS = (
    timedelta(days=2),
    timedelta(days=7),
    timedelta(0),
    timedelta(days=1, hours=7, microseconds=1),
    timedelta(hours=-1),
)
FAILURE_CODES = ("card_declined", None, "expired_card", "odd_code", "unknown")
TEXTS = (
    "failure_message",
    "fraud_details_stripe_report",
    "fraud_details_user_report",
    "receipt_number",
    "shipping_address_city",
    "shipping_address_country",
    "shipping_address_line1",
    "shipping_address_line2",
    "shipping_address_postal_code",
    "shipping_address_state",
    "shipping_carrier",
    "shipping_name",
    "shipping_phone",
    "shipping_tracking_number",
    "tokenization_method",
)


def one_of(*values: Any) -> st.SearchStrategy:
    """One of the values; shrinks to the first."""
    return st.sampled_from(values)


def details(draw: Draw) -> Raw:
    """Columns of a charge that figures do not need."""
    text = draw(one_of(None, *TEXTS))
    columns: Raw = {} if text is None else {text: text}
    flags = one_of({}, {"paid": True}, {"refunded": True}, {"refunded": False})
    return columns | draw(flags)


def money(draw: Draw, amount: int, currency: str, created: datetime | None) -> Raw:
    """Columns of a balance transaction on what it moved, and when."""
    fee = draw(one_of(None, 30, 0, -15))
    wait = draw(one_of(None, *WAITS))
    return {
        "amount": amount,
        "currency": currency,
        "fee": fee,
        "net": draw(one_of(None, amount - (fee or 0), 17)),
        "created": created,
        "available": None if wait is None or created is None else created + wait,
        "exchange_rate": draw(one_of(None, None, "0.91")),
        "status": draw(one_of(None, "available")),
        "reporting_category": draw(one_of(*[None] * 11, *CATEGORIES)),
    }


def loose(draw: Draw, ids: list[str]) -> Raw:
    """Columns of a balance transaction of any type, caused by anything."""
    return {
        "type": draw(one_of(*TYPES)),
        "source": draw(one_of(None, *ids)),
        "description": draw(one_of(*DESCRIPTIONS)),
    }


def fee_detail(draw: Draw) -> Raw:
    """Columns of a part of a fee."""
    return {
        "amount": draw(one_of(30, 1, 0, -15)),
        "application": draw(one_of(None, "ca_1")),
        "description": draw(one_of(None, "Stripe processing fees")),
        "type": draw(one_of(None, "stripe_fee", "application_fee", "odd")),
    }


def dispute(draw: Draw, charge: Raw, created: datetime | None) -> Raw:
    """Columns of a dispute of a charge."""
    return {
        "amount": draw(one_of(charge["amount"], 1, 500)),
        "currency": draw(st.sampled_from((*[charge["currency"]] * 4, "eur", "usd"))),
        "created": created,
        "is_charge_refundable": draw(one_of(None, True, False)),
        "reason": draw(one_of(None, "fraudulent")),
        "status": draw(one_of(*DISPUTE_STATUSES)),
    }
