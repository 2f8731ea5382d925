"""What the business sells: currencies, products, plans, coupons and tax rates."""

from __future__ import annotations

import numpy as np

from .clock import UNIT_DAY, UNIT_MONTH, UNIT_WEEK, UNIT_YEAR
from .frame import Frame

CURRENCIES = ["usd", "eur", "jpy", "kwd"]
USD, EUR, JPY, KWD = range(4)
EXPONENTS = np.array([2, 2, 0, 3], dtype=np.int64)
MINOR_PER_USD_CENT = np.array([1.0, 1.0, 1.5, 3.0])
"""Price level: minor units that stand on a price tag for one US cent."""
SMALLEST_CHARGE = np.array([50, 50, 50, 200], dtype=np.int64)
"""What is less than this is carried on the customer's balance."""

TIERS = ["Starter", "Team", "Business"]
INTERVALS = [
    ("monthly", UNIT_MONTH, 1, 1.0),
    ("yearly", UNIT_YEAR, 1, 10.0),
    ("quarterly", UNIT_MONTH, 3, 2.8),
    ("weekly", UNIT_WEEK, 1, 0.28),
]
"""Name, unit, count, price relative to a month."""
TIER_CENTS = [1900, 4900, 14900]
LICENSED, TIERED, METERED = range(3)
OFFSET_DAILY, OFFSET_TIERED, OFFSET_METERED, OFFSET_ADDON = 12, 13, 14, 15
PLANS_PER_CURRENCY = 19

PRODUCTS = [
    # name, description, shippable
    ("Starter", "For one person", False),
    ("Team", "For a team, per seat", False),
    ("Business", "For a company, per seat", False),
    ("Day pass", "Access for a day", False),
    ("Volume", "Price falls with the number of seats", False),
    ("API calls", "Billed by use", False),
    ("Support", "Priority support", False),
    ("T-shirt", "Cotton, printed", True),
    ("Mug", "Ceramic, 0.3 l", True),
]


def _plan_rows(currency: int) -> list[tuple]:
    """Rows (name, product, unit, count, cents or None, kind) of one currency."""
    rows = []
    for tier, (name, cents) in enumerate(zip(TIERS, TIER_CENTS, strict=True)):
        for interval, unit, count, factor in INTERVALS:
            text = f"{name} {interval}"
            rows.append((text, tier, unit, count, cents * factor, LICENSED))
    rows.append(("Day pass daily", 3, UNIT_DAY, 1, 300, LICENSED))
    rows.append(("Volume monthly", 4, UNIT_MONTH, 1, None, TIERED))
    rows.append(("API calls monthly", 5, UNIT_MONTH, 1, None, METERED))
    for interval, unit, count, factor in INTERVALS:
        text = f"Support {interval}"
        rows.append((text, 6, unit, count, 900 * factor, LICENSED))
    return [(*row, currency) for row in rows]


def _plans() -> Frame:
    """All plans; amount 0 stands for null where kind is tiered or metered; (p,)."""
    rows = [row for currency in range(4) for row in _plan_rows(currency)]
    currency = np.array([row[6] for row in rows])
    cents = np.array([row[4] or 0 for row in rows], dtype=np.float64)
    amount = np.rint(cents * MINOR_PER_USD_CENT[currency] / 10).astype(np.int64) * 10
    return Frame(
        name=np.array([row[0] for row in rows]),
        product=np.array([row[1] for row in rows]),
        unit=np.array([row[2] for row in rows]),
        count=np.array([row[3] for row in rows]),
        amount=amount,
        kind=np.array([row[5] for row in rows]),
        currency=currency,
    )


PLANS = _plans()
PLAN_IDS = [
    f"{name.lower().replace(' ', '-')}-{CURRENCIES[cur]}"
    for name, cur in zip(PLANS.name, PLANS.currency, strict=True)
]
PER_USE_CENTS = 0.4
TIER_SEAT_CENTS = [1500, 1200, 900]
TIER_LIMITS = [5, 20]


def tiered_amount(quantity: np.ndarray, currency: np.ndarray) -> np.ndarray:
    """Graduated price of so many seats on the tiered plan; minor units (n,)."""
    first = np.minimum(quantity, TIER_LIMITS[0])
    second = np.clip(quantity - TIER_LIMITS[0], 0, TIER_LIMITS[1] - TIER_LIMITS[0])
    third = np.maximum(quantity - TIER_LIMITS[1], 0)
    prices = TIER_SEAT_CENTS
    cents = first * prices[0] + second * prices[1] + third * prices[2]
    level = MINOR_PER_USD_CENT[currency]
    return np.rint(cents * level / 10).astype(np.int64) * 10


ONCE, REPEATING, FOREVER = range(3)
DURATIONS = ["once", "repeating", "forever"]
NO_COUPON = -1
COUPON_ROWS = [
    # id, percent in 1/10000, amount off in cents, currency, duration, months
    ("WELCOME25", 2500, 0, None, ONCE, None),
    ("SPRING20", 2000, 0, None, REPEATING, 3),
    ("LOYAL20", 2000, 0, None, FOREVER, None),
    ("PARTNER33", 3333, 0, None, FOREVER, None),
    ("FIRSTFREE", 10000, 0, None, ONCE, None),
    ("HALFYEAR500", 0, 500, USD, REPEATING, 6),
    ("FIVE-USD", 0, 500, USD, FOREVER, None),
    ("FIVE-EUR", 0, 500, EUR, FOREVER, None),
    ("FIVE-JPY", 0, 500, JPY, FOREVER, None),
    ("FIVE-KWD", 0, 500, KWD, FOREVER, None),
]
COUPONS = Frame(
    percent=np.array([row[1] for row in COUPON_ROWS], dtype=np.int64),
    amount_off=np.array(
        [
            int(row[2] * MINOR_PER_USD_CENT[row[3]]) if row[2] else 0
            for row in COUPON_ROWS
        ],
        dtype=np.int64,
    ),
    duration=np.array([row[4] for row in COUPON_ROWS]),
    months=np.array([row[5] or 0 for row in COUPON_ROWS]),
)
COUPON_FIVE = 6

TAX_ROWS = [
    # name, country, state, jurisdiction, percentage in 1/1000, inclusive, type
    ("VAT", "DE", None, "DE", 19_000, False, "vat"),
    ("VAT", "FR", None, "FR", 20_000, False, "vat"),
    ("Sales tax", "US", "NY", "US - NY", 8_875, False, "sales_tax"),
    ("JCT", "JP", None, "JP", 10_000, False, "jct"),
    ("VAT", "IE", None, "IE", 23_000, True, "vat"),
]
NO_TAX = -1
TAX_MILLI = np.array([row[4] for row in TAX_ROWS], dtype=np.int64)

COUNTRIES = ["US", "GB", "CA", "DE", "FR", "ES", "IE", "JP", "KW"]
COUNTRY_OF = [[0, 0, 0, 1, 2], [3, 3, 4, 5, 6], [7, 7, 7, 7, 7], [8, 8, 8, 8, 8]]
"""Countries from which customers of each currency are drawn, shape (4, 5)."""
CITIES = [
    "New York", "London", "Toronto", "Berlin", "Paris",
    "Madrid", "Dublin", "Tokyo", "Kuwait City",
]  # fmt: skip
STATES = ["NY", None, "ON", "BE", None, None, None, None, None]
POSTCODES = [
    "10001", "EC1A 1BB", "M5H 2N2", "10115", "75001",
    "28001", "D02", "100-0001", "13001",
]  # fmt: skip
