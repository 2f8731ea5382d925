"""Accounts on invoices that random ones meet too seldom; all as of 2026-04-10."""

from typing import Any

from random_accounts.corners import DAY, LATER, NOON, Raw, charge, moved

MONTH = 31 * DAY


def invoice(number: int = 1, **columns: Any) -> Raw:
    """An open invoice of 100.00 usd, unless told."""
    row = {"id": f"in_{number}", "received_at": NOON, "created": NOON, "total": 10000}
    return row | {"currency": "usd", "status": "open"} | columns


def customer(number: int = 1, **columns: Any) -> Raw:
    """A customer, unless told without a currency."""
    return {"id": f"cus_{number}", "received_at": NOON, "created": NOON} | columns


INVOICE_CORNERS: dict[str, dict[str, list[Raw]]] = {
    "charge in another currency than its invoice": {
        "charges": [
            charge(1, invoice_id="in_1", currency="eur", amount=500),
            charge(2, invoice_id="in_1", created=NOON + DAY),
        ],
        "invoices": [invoice(status="paid")],
    },
    "two invoices that name one charge": {
        "charges": [charge()],
        "invoices": [
            invoice(1, charge_id="ch_1", created=LATER),
            invoice(2, charge_id="ch_1", status="paid"),
            invoice(3, charge_id="ch_1", status="paid"),
        ],
    },
    "charge that names another invoice than the one that names it": {
        "charges": [charge(invoice_id="in_2")],
        "invoices": [
            invoice(1, charge_id="ch_1", status="paid"),
            invoice(2, status="paid"),
        ],
    },
    "charge of an invoice that is not delivered": {
        "charges": [charge(invoice_id="in_missing")]
    },
    "paid by a charge of the month before": {
        "charges": [charge(invoice_id="in_1", created=NOON - MONTH)],
        "invoices": [invoice(status="paid")],
    },
    "paid by an authorization that was not captured": {
        "charges": [charge(invoice_id="in_1", captured=False)],
        "invoices": [invoice(status="paid")],
    },
    "paid after the as-of day": {
        "charges": [charge(invoice_id="in_1", created=LATER)],
        "invoices": [invoice(status="paid")],
    },
    "paid in part out of band": {"invoices": [invoice(amount_paid=2500)]},
    "open with nothing left to pay": {
        "invoices": [invoice(amount_remaining=0, due_date=NOON - MONTH)]
    },
    "more left to pay than is due": {
        "charges": [charge(invoice_id="in_1")],
        "invoices": [invoice(amount_due=0, amount_remaining=10000)],
    },
    "paid without anything due": {
        "invoices": [
            invoice(1, status="paid", amount_due=0),
            invoice(2, status="paid", total=-500, amount_due=0),
        ]
    },
    "uncollectible after a part was paid": {
        "charges": [charge(invoice_id="in_1", amount=2500)],
        "invoices": [
            invoice(status="uncollectible", amount_paid=2500, created=NOON - MONTH)
        ],
    },
    "uncollectible after a part was paid out of band": {
        "invoices": [invoice(status="uncollectible", amount_remaining=7500)],
    },
    "given up on, and paid in part after the as-of day": {
        "customers": [customer(currency="eur")],
        "charges": [
            charge(1, invoice_id="in_1", amount=2500),
            charge(2, invoice_id="in_1", amount=2500, created=LATER),
        ],
        "invoices": [
            invoice(status="uncollectible", amount_paid=5000, customer_id="cus_1")
        ],
    },
    "paid in parts before and after the as-of day, more than was due": {
        "charges": [
            charge(1, invoice_id="in_1", amount=2500),
            charge(2, payment_intent_id="pi_1", amount=9000, created=LATER),
            charge(3, invoice_id="in_1", amount=500, currency="jpy"),
            charge(4, invoice_id="in_1", amount=500, captured=False),
        ],
        "payment_intents": [
            {"id": "pi_1", "received_at": NOON, "created": LATER, "invoice_id": "in_1"}
        ],
        "invoices": [invoice(status="paid", created=NOON - 2 * MONTH)],
    },
    "paid after the day, as a reversal after that day says less": {
        "charges": [charge(1, invoice_id="in_1", created=LATER)],
        "refunds": [{"id": "re_1", "received_at": NOON, "created": LATER, "amount": 1}],
        "balance_transactions": [
            moved(1, "charge", 10000, created=LATER),
            moved(2, "refund", -3000, created=LATER),
        ],
        "invoices": [invoice(status="paid")],
    },
    "taxes of both kinds": {
        "invoices": [
            invoice(1, subtotal=20000, total=21000, tax=2667),
            invoice(2, subtotal=20000, total=10501, tax=1333),
            invoice(3, subtotal=20000, total=19000, tax=300),
            invoice(4, subtotal=0, total=0, tax=300),
        ],
        "invoice_lines": [
            {"id": f"il_{kind}", "received_at": NOON, "invoice_id": f"in_{number}"}
            | {"amount": 10000, "currency": "usd", "tax_rates": f"['txr_{kind}']"}
            for number in (1, 2, 3, 4)
            for kind in ("in", "on")
        ],
        "tax_rates": [
            {"id": "txr_in", "received_at": NOON, "inclusive": True, "percentage": 20},
            {"id": "txr_on", "received_at": NOON, "percentage": 10},
        ],
    },
    "negative and undelivered taxes of lines that name their rates": {
        "invoices": [
            invoice(1, subtotal=-550, total=-500, tax=-84),
            invoice(2, subtotal=10000, total=9000),
            invoice(3, subtotal=-550, total=-500, tax=-84),
            invoice(4, total=1000),
            invoice(5, subtotal=1000, total=None, tax=84),
        ],
        "invoice_lines": [
            {"id": "il_1", "received_at": NOON, "invoice_id": f"in_{number}"}
            | {"amount": -333, "currency": "usd", "tax_rates": rates}
            for number, rates in (
                (1, "txr_in"),
                *[(number, "['txr_in', 'txr_on']") for number in (2, 3, 4, 5)],
            )
        ],
        "tax_rates": [
            {"id": "txr_in", "received_at": NOON, "inclusive": True, "percentage": 20},
            {"id": "txr_on", "received_at": NOON, "percentage": 10},
        ],
    },
    "voided after it was charged": {
        "charges": [charge(invoice_id="in_1")],
        "invoices": [invoice(status="void")],
    },
    "invoice without amounts": {
        "invoices": [
            invoice(1, total=None),
            invoice(2, total=None, status="paid"),
            invoice(3, total=None, status="uncollectible"),
        ]
    },
    "invoice without amounts that was charged": {
        "charges": [
            charge(1, invoice_id="in_1", currency="eur"),
            charge(2, invoice_id="in_1", created=NOON + DAY),
            charge(3, invoice_id="in_2", created=LATER),
            charge(4, invoice_id="in_3"),
        ],
        "invoices": [
            invoice(1, total=None, status="paid"),
            invoice(2, total=None, status="paid"),
            invoice(3, total=None),
        ],
    },
    "invoice without a date": {
        "customers": [customer()],
        "invoices": [invoice(created=None, customer_id="cus_1")],
    },
    "invoice in an unknown currency": {
        "customers": [customer()],
        "invoices": [
            invoice(1, currency="zzz", customer_id="cus_1"),
            invoice(2, currency="zzz", status="paid"),
            invoice(3, currency="zzz", amount_paid=2500),
        ],
    },
    "delinquent, and late in another currency": {
        "customers": [customer(delinquent=True, currency="eur")],
        "invoices": [
            invoice(1, customer_id="cus_1"),
            invoice(2, customer_id="cus_1", currency="jpy"),
        ],
    },
    "customer that is created after the as-of day": {
        "customers": [customer(created=LATER, delinquent=True, currency="eur")],
        "invoices": [invoice(customer_id="cus_1")],
        "charges": [charge(customer_id="cus_1")],
    },
    "customer that settles in another currency": {
        "customers": [customer(currency="eur")],
        "charges": [charge(customer_id="cus_1", currency="eur")],
        "balance_transactions": [moved(1, "charge", 11000, fee=300)],
    },
    "positive and negative balance": {
        "customers": [
            customer(1, currency="jpy", balance=-500),
            customer(2, currency="jpy", balance=500),
        ]
    },
    "attempts unknown, none and several": {
        "invoices": [
            invoice(1),
            invoice(2, attempt_count=0),
            invoice(3, attempt_count=3, status="paid"),
            invoice(4, attempt_count=3, status="draft"),
            invoice(5, attempt_count=3, status="odd"),
        ]
    },
}
