"""Cases that break naive models, in the words of the project's definitions."""

from __future__ import annotations

HARD_CASES = (
    "Two currencies in one day",
    "JPY and KWD",
    "partial capture",
    "expired authorization",
    "three partial refunds on one charge",
    "failed refund",
    "refund of an earlier month's charge",
    "dispute lost, won, warning",
    "two disputes on one charge",
    "retry that succeeds on the third attempt",
    "invoice paid out of band",
    "zero-total, credit-covered, void, uncollectible invoices",
    "negative customer balance",
    "prorations (negative lines)",
    "deleted customer",
    "customer without e-mail",
    "two customers with one e-mail",
    "charge without customer",
    "charge at 23:30 UTC for a New York reporting day, "
    "and across a daylight-saving change",
    "week that spans the year's end",
    "yearly plan with quantity 3 and a 20 % forever coupon",
    "daily plan",
    "cancel at period end",
    "item swap",
    "two subscriptions, one canceled",
    "reactivation",
    "trial that converts",
    "duplicate and late rows",
    "a table or column that is missing",
    "an unknown currency, status or balance transaction type",
    "epoch-second timestamps",
    "test-mode rows",
)
