"""Accounts that random ones meet too seldom; all of one source, as of 2026-04-10."""

from datetime import datetime, timedelta
from typing import Any

NOON = datetime(2026, 3, 10, 12)
LATER = datetime(2026, 4, 20)
DAY = timedelta(days=1)
Raw = dict[str, Any]


def charge(number: int = 1, **columns: Any) -> Raw:
    """A captured charge of 100.00 usd, unless told."""
    row = {"id": f"ch_{number}", "received_at": NOON, "created": NOON, "amount": 10000}
    return row | {"currency": "usd", "status": "succeeded", "captured": True} | columns


def refund(number: int = 1, **columns: Any) -> Raw:
    """A refund of 20.00 usd of ch_1 on the next day, unless told."""
    row = {"id": f"re_{number}", "received_at": NOON, "created": NOON + DAY}
    return row | {"charge_id": "ch_1", "amount": 2000, "currency": "usd"} | columns


def moved(number: int, kind: str, amount: int, **columns: Any) -> Raw:
    """A balance transaction in usd of ch_1, unless told."""
    row = {"id": f"txn_{number}", "received_at": NOON, "created": NOON}
    row |= {"type": kind, "amount": amount, "currency": "usd", "source": "ch_1"}
    return row | columns


def dispute(number: int = 1, **columns: Any) -> Raw:
    """A dispute of ch_1 on the next day, unless told."""
    row = {"id": f"du_{number}", "received_at": NOON, "created": NOON + DAY}
    return row | {"charge_id": "ch_1", "amount": 10000, "currency": "usd"} | columns


def intent(**columns: Any) -> Raw:
    """A payment intent, pi_1."""
    return {"id": "pi_1", "received_at": NOON, "created": NOON} | columns


CORNERS: dict[str, dict[str, list[Raw]]] = {
    "reversal after the as-of day": {
        "charges": [charge()],
        "balance_transactions": [
            moved(1, "charge", 10000),
            moved(2, "refund", -3000, created=LATER),
        ],
    },
    "refund failure after the as-of day": {
        "charges": [charge()],
        "refunds": [refund()],
        "balance_transactions": [
            moved(1, "refund_failure", 2000, source="re_1", created=LATER)
        ],
    },
    "refund known by a transaction after the as-of day": {
        "charges": [charge()],
        "refunds": [refund(created=None)],
        "balance_transactions": [
            moved(1, "refund", -2000, source="re_1", created=LATER)
        ],
    },
    "release with a transaction of its own, and a refund of as much": {
        "charges": [charge(amount_captured=7000)],
        "refunds": [
            refund(1, amount=3000, balance_transaction_id="txn_3"),
            refund(2, amount=3000, created=NOON + 2 * DAY),
        ],
        "balance_transactions": [
            moved(1, "charge", 10000),
            moved(2, "refund", -3000, description="Partial capture"),
            moved(3, "refund", -3000, source="re_1", created=NOON + DAY),
        ],
    },
    "release that names its transaction, told by its category": {
        "charges": [charge()],
        "refunds": [
            refund(1, amount=3000, balance_transaction_id="txn_2"),
            refund(2, amount=3000, created=NOON),
        ],
        "balance_transactions": [
            moved(1, "charge", 10000),
            moved(
                2,
                "refund",
                -3000,
                source=None,
                reporting_category="partial_capture_reversal",
            ),
        ],
    },
    "transaction on a charge that a refund in euros could be": {
        "charges": [charge(1, currency="eur"), charge(2, currency="eur")],
        "refunds": [refund(1, currency="eur")],
        "balance_transactions": [
            moved(1, "refund", -2200),
            moved(2, "refund", -2200, source="ch_2"),
        ],
    },
    "return of a payment that failed, known after the as-of day": {
        "charges": [charge(1, status="failed"), charge(2)],
        "refunds": [
            refund(1, balance_transaction_id="txn_1"),
            refund(2, charge_id="ch_2"),
        ],
        "balance_transactions": [
            moved(1, "payment_failure_refund", -2000, source=None, created=LATER),
            moved(2, "payment_failure_refund", -2000, source="re_2"),
        ],
    },
    "refunds that came back": {
        "charges": [charge()],
        "refunds": [
            refund(1),
            refund(2, balance_transaction_id="txn_2"),
            refund(3, status="succeeded"),
        ],
        "balance_transactions": [
            moved(1, "payment_refund", 2000, source="re_1", created=LATER),
            moved(2, "payment_refund", 2000, source=None),
            moved(3, "refund", 2000, source="re_3"),
        ],
    },
    "undated charge": {"charges": [charge(), charge(2, created=None)]},
    "failed refund equal to what was not captured": {
        "charges": [charge(amount_captured=7000)],
        "refunds": [
            refund(1, amount=3000, status="failed"),
            refund(2, amount=3000, created=NOON + 2 * DAY),
        ],
    },
    "failed refund of an uncaptured charge": {
        "charges": [charge(captured=False)],
        "refunds": [refund(status="failed")],
    },
    "charge without status": {"charges": [charge(status=None)]},
    "refund rows of test mode only": {
        "charges": [charge(1, livemode=False), charge(2, amount_refunded=500)],
        "refunds": [refund()],
    },
    "refund rows after the as-of day only": {
        "charges": [charge(amount_refunded=500)],
        "refunds": [refund(created=LATER)],
    },
    "test mode known in the newest version only": {
        "charges": [charge(), charge(livemode=False, received_at=NOON + DAY)],
        "refunds": [refund()],
    },
    "adjustment on a charge with an inferred refund": {
        "charges": [charge(amount_refunded=500)],
        "balance_transactions": [moved(1, "adjustment", -500)],
    },
    "compared days before the account's first": {
        "charges": [
            charge(1, created=NOON + 10 * DAY),
            charge(2, created=NOON + 23 * DAY),
        ]
    },
    "two captured charges of one intent": {
        "charges": [
            charge(1, payment_intent_id="pi_1"),
            charge(2, payment_intent_id="pi_1"),
        ],
        "payment_intents": [intent(amount_received=10000)],
    },
    "nothing received by the intent": {
        "charges": [charge(payment_intent_id="pi_1")],
        "payment_intents": [intent(amount_received=0)],
    },
    "more captured than authorized": {
        "charges": [charge(amount_captured=12000, amount_refunded=12000)]
    },
    "a refund on the charge, in a source without refund rows": {
        "charges": [charge(amount_refunded=3000)],
        "balance_transactions": [
            moved(1, "charge", 10000),
            moved(2, "refund", -3000),
        ],
    },
    "invoice after the as-of day": {
        "customers": [{"id": "cus_1", "received_at": NOON, "created": NOON}],
        "accounts": [{"id": "acct_1", "received_at": NOON, "default_currency": "eur"}],
        "invoices": [
            {"id": "in_1", "received_at": NOON, "created": LATER, "total": 1}
            | {"currency": "usd", "customer_id": "cus_1"}
        ],
    },
    "adjustment on a refund without status": {
        "charges": [charge()],
        "refunds": [refund()],
        "balance_transactions": [moved(1, "adjustment", 2000, source="re_1")],
    },
    "two charges name one transaction, a third is its source": {
        "charges": [
            charge(1),
            charge(2, balance_transaction_id="txn_1"),
            charge(10, balance_transaction_id="txn_1"),
        ],
        "balance_transactions": [moved(1, "charge", 10000)],
    },
    "transaction of a charge in three currencies": {
        "charges": [charge()],
        "balance_transactions": [
            moved(1, "charge", 10000),
            moved(2, "payment", 9000, currency="eur"),
            moved(3, "payment", 9000, currency="jpy"),
        ],
    },
    "dispute named by two charges": {
        "charges": [charge(2, dispute_id="du_1"), charge(10, dispute_id="du_1")],
        "disputes": [dispute(charge_id=None)],
        "balance_transactions": [moved(1, "adjustment", -10000, source="du_1")],
    },
    "adjustment on a charge whose second dispute is after the as-of day": {
        "charges": [charge()],
        "disputes": [dispute(1), dispute(2, created=LATER)],
        "balance_transactions": [
            moved(1, "adjustment", -10000, description="Chargeback")
        ],
    },
    "dispute settled in two currencies": {
        "charges": [charge()],
        "disputes": [dispute()],
        "balance_transactions": [
            moved(1, "adjustment", -10000, source="du_1"),
            moved(2, "adjustment", 9000, source="du_1", currency="eur"),
        ],
    },
    "fee on a dispute in another currency": {
        "charges": [charge(1), charge(2)],
        "disputes": [dispute(1), dispute(2, charge_id="ch_2")],
        "balance_transactions": [
            moved(1, "adjustment", -10000, source="du_1"),
            moved(2, "stripe_fee", -100, source="du_1", currency="eur"),
            moved(3, "stripe_fee", -100, source="du_2", currency="eur"),
        ],
    },
    "dispute of a charge that is not delivered": {
        "disputes": [dispute(status="won", amount=500)],
        "balance_transactions": [moved(1, "adjustment", -500, source="du_1", fee=15)],
    },
    "refunds and disputes in another currency than the charge": {
        "charges": [charge(1), charge(2, status="failed", amount_captured=None)],
        "refunds": [refund(1), refund(2, currency="eur"), refund(3, currency="jpy")],
        "disputes": [dispute(1, amount=500), dispute(2, amount=500, currency="eur")],
    },
    "first charges of the account at one moment": {
        "customers": [{"id": "cus_1", "received_at": NOON, "created": NOON}],
        "charges": [
            charge(10, currency="eur"),
            charge(2, currency="aud"),
        ],
    },
    "payment in two currencies": {
        "charges": [
            charge(1, invoice_id="in_1", status="failed"),
            charge(2, invoice_id="in_1", created=NOON + DAY, currency="eur"),
            charge(3, invoice_id="in_2", currency="eur"),
            charge(4, invoice_id="in_2", created=NOON + DAY),
        ],
        "refunds": [refund(charge_id="ch_4")],
    },
    "transactions of charges that are not known yet": {
        "charges": [
            charge(1, created=LATER),
            charge(2, created=LATER, balance_transaction_id="txn_2"),
            charge(3, created=None, dispute_id="du_1"),
        ],
        "disputes": [dispute(charge_id=None)],
        "balance_transactions": [
            moved(1, "charge", 10000),
            moved(2, "charge", 10000, source=None),
            moved(3, "charge", 10000, source="ch_3"),
            moved(4, "adjustment", -10000, source="du_1"),
        ],
    },
    "warning and a dispute of one charge": {
        "charges": [charge()],
        "disputes": [dispute(1, status="warning_closed"), dispute(2)],
    },
    "balance transactions after the as-of day only": {
        "charges": [charge()],
        "disputes": [dispute()],
        "balance_transactions": [moved(1, "charge", 10000, created=LATER)],
    },
    "balance transactions of test mode only": {
        "charges": [charge(1, livemode=False), charge(2)],
        "balance_transactions": [moved(1, "charge", 10000)],
    },
    "dispute that a charge of test mode names": {
        "charges": [charge(livemode=False, dispute_id="du_1"), charge(2)],
        "disputes": [dispute(charge_id=None)],
        "balance_transactions": [
            moved(1, "adjustment", -10000, source="du_1"),
            moved(2, "charge", 10000, source="ch_2"),
        ],
    },
    "undated balance transaction with available funds": {
        "charges": [charge(1), charge(2, balance_transaction_id="txn_2")],
        "balance_transactions": [
            moved(1, "charge", 10000, available=NOON + 2 * DAY),
            moved(2, "charge", 9000, source=None, created=None, available=NOON + DAY),
        ],
    },
    "invoice that names a charge of its own and another's": {
        "charges": [charge(1, invoice_id="in_3"), charge(2, created=NOON + DAY)],
        "invoices": [
            {"id": f"in_{number}", "received_at": NOON, "created": made, "total": 1}
            | {"currency": "usd", "charge_id": charge_id}
            for number, made, charge_id in (
                (1, LATER, "ch_2"),
                (10, NOON - DAY, "ch_2"),
                (2, NOON - 2 * DAY, "ch_2"),
                (3, NOON - 3 * DAY, "ch_1"),
            )
        ],
    },
    "intent and invoice after the as-of day": {
        "charges": [charge(payment_intent_id="pi_1", invoice_id="in_1")],
        "payment_intents": [intent() | {"created": LATER}],
        "invoices": [
            {"id": "in_1", "received_at": NOON, "created": LATER, "total": 1}
            | {"currency": "usd"}
        ],
    },
    "funds of a transaction that another charge names": {
        "charges": [
            charge(5, balance_transaction_id="txn_1"),
            charge(6),
            charge(9, balance_transaction_id="txn_2"),
            charge(10, balance_transaction_id="txn_2"),
        ],
        "balance_transactions": [
            moved(1, "charge", 10000, source="ch_6", available=NOON + 2 * DAY),
            moved(2, "charge", 10000, source=None, available=NOON + 3 * DAY),
        ],
    },
    "half a percentile": {
        "charges": [
            charge(number, created=NOON + number * DAY / 7, payment_intent_id="pi_1")
            for number in (1, 2, 4)
        ],
        "payment_intents": [intent()],
    },
    "first failures without a code, and one that is called unknown": {
        "charges": [
            charge(1, status="failed"),
            charge(2, status="failed", failure_code="unknown"),
            charge(3, status="failed", failure_code="odd", payment_intent_id="pi_1"),
            charge(4, created=NOON + DAY, payment_intent_id="pi_1"),
        ],
    },
}
