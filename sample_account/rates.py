"""How often what happens: every rate of the sample account in one place.

A rate is a share of the objects that the comment names. Cast members are customers
whose number modulo `CAST_PERIOD` is given: they bring rare cases at an exact rate.
"""

from __future__ import annotations

CHUNK_CUSTOMERS = 2_000

# growth and rhythm of new customers
MONTHLY_GROWTH = 0.03
SEASON = [1.02, 0.98, 1.06, 1.02, 1.0, 0.94, 0.86, 0.84, 1.08, 1.1, 1.16, 0.94]
WEEKDAY = [1.12, 1.18, 1.15, 1.1, 1.0, 0.72, 0.73]
HOUR = [
    0.5, 0.4, 0.3, 0.3, 0.3, 0.4, 0.5, 0.7, 0.9, 1.1, 1.2, 1.2,
    1.2, 1.4, 1.6, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0, 0.9, 0.7,
]  # fmt: skip

# customers
CURRENCY_WEIGHTS = [0.72, 0.18, 0.06, 0.04]
SUBSCRIBERS = 0.82
NO_EMAIL = 0.03
SHARED_EMAIL = 0.02
SHOUTED_EMAIL = 0.02
"""Upper case, or with a blank behind."""
DELETED = 0.05
TAXED = 0.45
PAYS_BY_BANK = 0.08
VIA_APPLICATION = 0.02
PAYS_INVOICES_LATER = 0.05
NO_OWN_CURRENCY = 0.08
CUSTOMER_COUPON = 0.03
MAY_HOLD_CREDIT = 0.25
HOLDS_CREDIT = 0.3
"""Of those who may."""
OWES_BALANCE = 0.2
"""Of those who hold a balance: positive, owed to us."""

CAST_PERIOD = 200
CAST_YEARLY_THREE_LOYAL = 0
CAST_DAILY = 1
CAST_THREE_REFUNDS = 2
CAST_TWO_DISPUTES = 3
CAST_PAUSED = 4
CAST_UNPAID = 5
CAST_INCOMPLETE = 6
CAST_CREDIT = 7
CAST_OWES = 8
CAST_TWO_SUBSCRIPTIONS = 9
CAST_REACTIVATES = 10
CAST_SWAPS = 11
CAST_RETRY_THIRD = 12
CAST_SIZE = 13
"""Roles below this are cast members, who join in the first third of the life."""

# subscriptions
PLAN_MIX = [0.67, 0.14, 0.05, 0.045, 0.02, 0.035, 0.04]
"""monthly, yearly, quarterly, weekly, daily, tiered, metered"""
TIER_MIX = [0.55, 0.32, 0.13]
SECOND_SUBSCRIPTION = 0.08
REACTIVATION = 0.18
TRIAL = 0.4
TRIAL_CONVERTS = 0.46
TRIAL_PAUSES = 0.04
"""Of trials: no card at their end, so Stripe pauses; some resume."""
COUPON_MIX = [0.80, 0.05, 0.03, 0.035, 0.015, 0.02, 0.01, 0.03]
"""none, then coupons of the catalog in order; the last is five off forever"""
COUPON_REMOVED = 0.15
"""Of coupons forever: taken away later."""
ADDON = 0.06
CHANGE_PER_MONTH = 0.045
CHANGE_MIX = [0.38, 0.27, 0.13, 0.12, 0.10]
"""upgrade, more seats, downgrade, fewer seats, swap of the item"""
CHANGE_INVOICED_NOW = 0.35
TO_YEARLY = 0.03
PAUSE = 0.02
CHURN_PER_MONTH = 0.024
CANCEL_NOW = 0.35
DUNNING_POLICY = [0.65, 0.2, 0.15]
"""After the last attempt: cancel, unpaid, stay past due."""
LOST_INVOICE = [0.4, 0.3, 0.3]
"""Then the invoice stays open, becomes uncollectible, is voided."""

# invoices
MANUAL_INVOICE = 0.08
"""Of customers."""
MANUAL_FATE = [0.12, 0.1, 0.08, 0.25, 0.45]
"""draft, void, uncollectible, paid out of band, paid by charge"""
LATER_FATE = [0.06, 0.04, 0.3, 0.6]
"""Of invoices with a due date: never paid, uncollectible, out of band, charge."""
EXTRA_ITEM = 0.02

# attempts
FIRST_ATTEMPT_FAILS = 0.05
NEW_CARD_FAILS = 0.06
BANK_FAILS = 0.02
FAILURES = [
    # code, message, share, chance that a retry succeeds
    ("card_declined", "Your card was declined.", 0.32, 0.16),
    ("card_declined", "Your card has insufficient funds.", 0.18, 0.23),
    ("insufficient_funds", "Your card has insufficient funds.", 0.13, 0.23),
    ("expired_card", "Your card has expired.", 0.12, 0.13),
    ("incorrect_cvc", "Your card's security code is incorrect.", 0.06, 0.22),
    (
        "processing_error",
        "An error occurred while processing your card. Try again in a little bit.",
        0.05,
        0.45,
    ),
    (
        "authentication_required",
        "Your card was declined. This transaction requires authentication.",
        0.06,
        0.25,
    ),
    ("incorrect_number", "Your card number is incorrect.", 0.02, 0.22),
    (
        "card_declined",
        "Your card does not support this type of purchase.",
        0.03,
        0.06,
    ),
    (
        "card_declined",
        "Your card was declined for making repeated attempts too frequently"
        " or exceeding its amount limit.",
        0.03,
        0.25,
    ),
]
BANK_FAILURES = [
    ("insufficient_funds", "The customer's account has insufficient funds.", 0.5),
    ("debit_not_authorized", "The customer has not authorized this debit.", 0.2),
    ("account_closed", "The customer's bank account has been closed.", 0.2),
    ("no_account", "The bank account could not be located.", 0.1),
]
BANK_FAILS_LATE = 0.4
"""Of failed debits: credited first and then taken back (payment_failure_refund)."""

# one-off payments
ONE_OFF_PER_CUSTOMER = 2.0
ONE_OFF_PER_BUYER = 6.0
GUESTS_PER_CUSTOMER = 1.1
WITHOUT_INTENT = 0.1
GIVES_UP = [0.55, 0.25, 0.15, 0.05]
"""Buyers whose card keeps failing: attempts they make before they leave."""
ABANDONED = 0.03
MANUAL_CAPTURE = 0.08
CAPTURE_FATE = [0.5, 0.3, 0.2]
"""in full, in part, expired"""
DESTINATION = 0.06
SHIPPED = 0.35
TEST_MODE = 0.02
"""Of payments by guests."""

# refunds and disputes
REFUNDED = 0.03
REFUNDED_FOR_OTHERS = 0.2
"""Of sales for connected accounts."""
REFUNDED_IN_TESTS = 0.3
REFUND_SHAPE = [0.66, 0.24, 0.06, 0.04]
"""in full; in one, two or three parts"""
REFUND_FAILS = 0.03
DISPUTED = 0.0045
DISPUTE_FATE = [0.5, 0.32, 0.18]
"""lost, won, warning"""
FEE_REFUNDED = 0.5
PAYOUT_FAILS = 0.008

# delivery by Segment
LATE_ROWS = 0.006
STALE_DUPLICATES = 0.004
EXACT_DUPLICATES = 0.002

# visitors
TRACKED = 0.72
"""Of customers: they have a history of events."""
SIGN_UPS_PER_CUSTOMER = 3.4
"""Of tracked customers."""
VISITORS_PER_SIGN_UP = 9.0
SHARED_DEVICE = 0.02
TWO_CUSTOMERS = 0.015
CHANGED_EMAIL = 0.04
TRAIT_STRIPE_ID = 0.4
METADATA_USER_ID = 0.5
MOBILE_VISITS = 0.15
"""Of visits after sign-up that no referrer brought: in the app for phones."""
PEOPLE_BEHIND_A_COMPANY = 12
"""A quarter of them are its users."""
LATE_EVENTS = 0.01
DUPLICATE_EVENTS = 0.003
