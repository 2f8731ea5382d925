"""One account in which every kind of change happens at least once.

Each line is a delivery: the sync, the row's thing, and what is new in it; columns of
the versions before stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from syncs.lives import (
    AHEAD,
    DAY,
    FAILS,
    LATE,
    LOADED_ONLY,
    NOBODY_SAYS,
    RECEIVED_ONLY,
    Delivery,
    Life,
    Sync,
)

BORN = datetime(2026, 1, 10, 12)
MOMENTS = (
    datetime(2026, 2, 1, 3),
    datetime(2026, 2, 20, 6),
    datetime(2026, 3, 20, 23, 30),
    datetime(2026, 4, 1, 3),
    datetime(2026, 4, 15, 9),
    # On the same day: subscriptions by month of touched ones alone.
    datetime(2026, 4, 15, 18),
)
CHARGE: dict[str, Any] = {
    "amount": 1000,
    "currency": "usd",
    "status": "succeeded",
    "captured": True,
    "created": BORN,
}
INVOICE: dict[str, Any] = {
    "amount_due": 5000,
    "amount_paid": 0,
    "subtotal": 5000,
    "total": 5000,
    "currency": "usd",
    "status": "open",
    "customer_id": "cus_1",
    "created": BORN,
}
# What was paid of it is told by its charges.
UNTOLD = INVOICE | {"amount_paid": None, "attempt_count": 1}
TRANSACTION: dict[str, Any] = {
    "amount": 1000,
    "fee": 59,
    "net": 941,
    "currency": "usd",
    "type": "charge",
    "created": BORN,
    "available": BORN + 2 * DAY,
}
# Every column of a charge that comes later.
WIDE: dict[str, Any] = {
    "amount_captured": 1000,
    "amount_refunded": 0,
    "invoice_id": "in_wide",
    "is_deleted": False,
    "livemode": True,
    "payment_intent_id": "pi_wide",
    "receipt_number": "0",
}
OWN_PLAN = {"status": "active", "plan_id": "plan_1", "quantity": 1}
# Nobody says since when: from the first month of the others on.
UNDATED = {"created": None}
LINE = {"amount": 2000, "currency": "usd", "plan_id": "plan_1", "type": "subscription"}
# sync, collection, id, what is new, how it is delivered
Line = tuple[int, str, str, dict[str, Any], dict[str, Any]]
ADDED = {"is_added": True}
LINES: tuple[Line, ...] = (
    # There from the first sync on.
    (0, "charges", "ch_first", CHARGE | {"created": BORN - 30 * DAY}, {}),
    (0, "customers", "cus_1", {"currency": "usd", "created": BORN}, {}),
    (0, "customers", "cus_2", {"currency": "usd", "created": BORN}, {}),
    (0, "customers", "cus_3", {"email": "c@example.com", "created": BORN}, {}),
    (0, "charges", "ch_untouched", CHARGE | {"customer_id": "cus_3"}, {}),
    (0, "charges", "ch_moves", CHARGE | {"customer_id": "cus_1"}, {}),
    (0, "charges", "ch_pends", CHARGE | {"status": "pending"}, {}),
    (0, "charges", "ch_authorized", CHARGE | {"captured": False}, {}),
    (0, "charges", "ch_tests", CHARGE | {"customer_id": "cus_1"}, {}),
    # What comes later says less than this one, and is new all the same.
    (0, "charges", "ch_clock", CHARGE | {"amount": 5}, {"stamps": AHEAD}),
    (0, "charges", "ch_nobody", CHARGE | {"amount": 3}, {"stamps": NOBODY_SAYS}),
    (0, "charges", "ch_ahead", CHARGE | {"created": datetime(2026, 4, 10)}, {}),
    (0, "charges", "ch_ny", CHARGE | {"created": datetime(2026, 2, 1, 2)}, {}),
    (0, "balance_transactions", "txn_moves", TRANSACTION | {"source": "ch_moves"}, {}),
    (0, "balance_transactions", "txn_late", TRANSACTION | {"source": "ch_late"}, {}),
    (0, "invoices", "in_open", INVOICE, {}),
    (0, "invoices", "in_turns", INVOICE | {"amount_due": 700}, {}),
    (
        0,
        "plans",
        "plan_1",
        {"amount": 2000, "currency": "usd", "interval": "month", "product": "prod_1"},
        {},
    ),
    (0, "products", "prod_1", {"name": "Bronze"}, {}),
    # Of nobody whom a later sync touches, and paid.
    (
        0,
        "invoices",
        "in_named",
        INVOICE | {"customer_id": "cus_named", "status": "paid", "amount_paid": 5000},
        {},
    ),
    (
        0,
        "invoice_lines",
        "il_1",
        {
            "amount": 2000,
            "currency": "usd",
            "invoice_id": "in_named",
            "plan_id": "plan_1",
        },
        {},
    ),
    (0, "subscriptions", "sub_1", {"customer_id": "cus_1", "status": "active"}, {}),
    (0, "subscriptions", "sub_2", {"customer_id": "cus_2", "status": "active"}, {}),
    (0, "subscription_items", "si_1", {"subscription_id": "sub_1"}, {}),
    (0, "subscription_items", "si_2", {"subscription_id": "sub_2"}, {}),
    (
        0,
        "subscriptions",
        "sub_tried",
        {"customer_id": "cus_3", "status": "active", "trial_end": BORN + 7 * DAY},
        {},
    ),
    (0, "invoices", "in_part", UNTOLD | {"subscription_id": "sub_2"}, {}),
    (0, "invoices", "in_ahead", UNTOLD | {"charge_id": "ch_ahead"}, {}),
    (
        0,
        "invoices",
        "in_tried",
        UNTOLD | {"subscription_id": "sub_tried", "created": BORN + 8 * DAY},
        {},
    ),
    (0, "subscriptions", "sub_moved", OWN_PLAN | {"customer_id": "cus_8"}, {}),
    (0, "subscriptions", "sub_stays", {"customer_id": "cus_4", "status": "active"}, {}),
    (0, "subscription_items", "si_leaves", {"subscription_id": "sub_stays"}, {}),
    (0, "subscription_items", "si_stays", {"subscription_id": "sub_stays"}, {}),
    (
        0,
        "subscriptions",
        "sub_undated",
        OWN_PLAN | UNDATED | {"customer_id": "cus_undated"},
        {"stamps": LOADED_ONLY},
    ),
    (0, "subscriptions", "sub_unpaid", OWN_PLAN | {"customer_id": "cus_6"}, {}),
    (0, "subscriptions", "sub_other", OWN_PLAN | {"customer_id": "cus_7"}, {}),
    (0, "coupons", "co_1", {"percent_off": 25, "duration": "forever"}, {}),
    (0, "discounts", "di_0", {"customer_id": "cus_7", "coupon_id": "co_1"}, {}),
    (0, "payment_intents", "pi_part", {"invoice_id": "in_part", "amount": 5000}, {}),
    # Tables and columns that were not there.
    (1, "charges", "ch_wide", CHARGE | WIDE, {}),
    (1, "invoices", "in_wide", INVOICE | {"is_deleted": False}, {}),
    (1, "subscriptions", "sub_wide", {"is_deleted": False}, {}),
    (1, "subscriptions", "sub_moved", {"customer_id": "cus_5"}, {}),
    (1, "subscription_items", "si_wide", {"is_deleted": False, "quantity": 1}, {}),
    (1, "coupons", "co_wide", {"times_redeemed": 0}, {}),
    (1, "discounts", "di_wide", {"subscription": "sub_wide", "is_deleted": False}, {}),
    (
        1,
        "invoice_lines",
        "il_wide",
        LINE
        | {"invoice_id": "in_wide", "subscription_id": "sub_wide"}
        | {"period_start": BORN, "period_end": BORN + 30 * DAY},
        {},
    ),
    (1, "refunds", "re_wide", {"status": "succeeded", "amount": 1}, {}),
    (1, "disputes", "du_wide", {"amount": 1, "charge_id": "ch_wide"}, {}),
    # Status, capture and mode; twice the same; a refund before its charge.
    (1, "charges", "ch_pends", {"status": "succeeded", "customer_id": "cus_2"}, {}),
    (1, "charges", "ch_authorized", {"captured": True, "amount_captured": 700}, {}),
    (1, "charges", "ch_tests", {"livemode": False}, {}),
    (1, "charges", "ch_moves", {}, ADDED),
    (1, "charges", "ch_pays", CHARGE | {"invoice_id": "in_open"}, {}),
    (1, "refunds", "re_late", {"charge_id": "ch_late", "amount": 400}, {}),
    (1, "customers", "cus_2", {"is_deleted": True}, {}),
    # Customer, currency and invoice change; the refunded charge at last.
    (2, "charges", "ch_moves", {"customer_id": "cus_2"}, ADDED),
    (2, "charges", "ch_late", CHARGE | {"amount": 1200}, {"lag": LATE}),
    (2, "invoices", "in_turns", {"currency": "eur"}, {}),
    (2, "charges", "ch_pays", {"invoice_id": "in_turns", "amount": 700}, {}),
    (2, "invoices", "in_new", INVOICE, {"stamps": RECEIVED_ONLY}),
    (2, "subscription_items", "si_1", {"quantity": 3}, {}),
    (2, "subscriptions", "sub_2", {"status": "canceled"}, {}),
    (2, "subscriptions", "sub_unpaid", {"status": "canceled"}, {}),
    # Back from test mode; a dispute; deleted items.
    (3, "disputes", "du_1", {"charge_id": "ch_untouched", "amount": 1000}, {}),
    (3, "charges", "ch_tests", {"livemode": True, "amount_refunded": 0}, {}),
    (3, "charges", "ch_nobody", {"customer_id": "cus_1"}, {"stamps": NOBODY_SAYS}),
    (3, "subscription_items", "si_1", {"is_deleted": True}, {}),
    (3, "invoices", "in_open", {"amount_paid": 5000, "status": "paid"}, {"lag": LATE}),
    # A refund three syncs after its charge; the charge ahead is by the as-of day now.
    (4, "refunds", "re_1", {"charge_id": "ch_pays", "amount": 700}, {}),
    (4, "refunds", "re_late", {"status": "failed"}, {}),
    (4, "products", "prod_1", {"name": "Silver"}, {}),
    # What an invoice is paid with, by way of a payment intent; one that ends a trial.
    (4, "charges", "ch_part", CHARGE | {"payment_intent_id": "pi_part"}, {}),
    (4, "invoices", "in_tried", {"status": "paid"}, {}),
    (4, "charges", "ch_untouched", {"is_deleted": True, "receipt_number": "1"}, {}),
    # A customer, a subscription, an older first month, a discount, what came before,
    # and why it ended; no plan, and a coupon that was but used once more.
    (5, "subscriptions", "sub_moved", {"customer_id": "cus_6", "quantity": 2}, {}),
    (5, "subscription_items", "si_leaves", {"subscription_id": "sub_moved"}, {}),
    (
        5,
        "subscriptions",
        "sub_older",
        OWN_PLAN | {"customer_id": "cus_older", "created": BORN - 300 * DAY},
        {"stamps": LOADED_ONLY},
    ),
    (5, "discounts", "di_1", {"subscription": "sub_stays", "coupon_id": "co_1"}, {}),
    (5, "discounts", "di_0", {"is_deleted": True}, {}),
    (5, "coupons", "co_1", {"times_redeemed": 1}, {}),
    (
        5,
        "invoices",
        "in_unpaid",
        INVOICE | {"subscription_id": "sub_unpaid", "attempt_count": 1},
        {},
    ),
    (
        5,
        "invoice_lines",
        "il_before",
        LINE
        | {"invoice_id": "in_before", "subscription_id": "sub_other"}
        | {"period_start": BORN - 200 * DAY, "period_end": BORN - 170 * DAY},
        {},
    ),
    (
        5,
        "invoices",
        "in_before",
        INVOICE | {"customer_id": "cus_7", "created": BORN - 200 * DAY},
        {},
    ),
)
ENDS = {1: {"variables": {"reporting_timezone": "America/New_York"}}} | {
    2: {"ends": FAILS, "model": "fct_invoices"}
}


def story() -> Life:
    """The account's life in six syncs, of which the third build dies."""
    return Life(
        syncs=[Sync(moment, **ENDS.get(n, {})) for n, moment in enumerate(MOMENTS)],
        deliveries=list(deliveries()),
        grows=True,
    )


def deliveries() -> Iterator[Delivery]:
    """The lines, each with the columns of the versions before."""
    known: dict[str, dict[str, Any]] = {}
    for sync, collection, name, new, how in LINES:
        row = known.get(name, {"id": name}) | described(collection) | new
        known[name] = row
        yield Delivery(sync, name, "stripe", collection, row, **how)


def described(collection: str) -> dict[str, Any]:
    """What the rows of a collection have in common."""
    return {
        "subscription_items": {"plan_id": "plan_1", "created": BORN},
        "subscriptions": {"created": BORN},
        "refunds": {"currency": "usd", "created": BORN + 9 * DAY},
        "disputes": {"currency": "usd", "created": BORN + DAY, "status": "lost"},
        "payment_intents": {"currency": "usd", "created": BORN, "status": "succeeded"},
    }.get(collection, {})
