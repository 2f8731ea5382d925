"""Exact integer money: rounding, exchange, fees."""

from __future__ import annotations

import numpy as np

from .catalog import EUR, EXPONENTS, JPY, KWD, USD
from .clock import DAY

CARD_FEE = np.array([290, 150, 360, 290], dtype=np.int64)
"""Stripe's share in 1/10000 of the amount, by currency."""
CARD_FEE_FIXED = np.array([30, 25, 0, 100], dtype=np.int64)
BANK_FEE = 80
BANK_FEE_CAP = np.array([500, 500, 750, 1500], dtype=np.int64)
DISPUTE_FEE = np.array([1500, 1500, 1500, 4500], dtype=np.int64)
PAYOUT_CURRENCIES = [USD, EUR, JPY]
"""Currencies in which the account has a bank account and so settles."""
_USD_PER_MAJOR = [1_000_000, 1_090_000, 6_700, 3_260_000]
"""Millionths of a US dollar per major unit, before daily movement."""


def divide(numerator: np.ndarray, denominator: np.ndarray | int) -> np.ndarray:
    """Quotient of integers, rounded half away from zero; int64 (n,)."""
    size = np.abs(numerator)
    return np.sign(numerator) * ((2 * size + denominator) // (2 * denominator))


def usd_rate(currency: np.ndarray, moment: np.ndarray) -> np.ndarray:
    """Millionths of a US dollar per major unit on that day; int64 (n,)."""
    base = np.array(_USD_PER_MAJOR, dtype=np.int64)[currency]
    day = moment // DAY
    wave = (day * 7 + currency * 13) % 61 - 30 + (day * 3) % 11
    return np.where(currency == USD, base, base + base * wave // 1500)


def settle(
    amount: np.ndarray, currency: np.ndarray, into: np.ndarray, moment: np.ndarray
) -> np.ndarray:
    """Amount in minor units of the settlement currency (own or usd); int64 (n,)."""
    scale = 10 ** (EXPONENTS[currency] + 6 - EXPONENTS[USD])
    in_usd = divide(amount * usd_rate(currency, moment), scale)
    return np.where(into == currency, amount, in_usd)


def settlement_currency(
    currency: np.ndarray, moment: np.ndarray, euro_account_since: int
) -> np.ndarray:
    """Euro settles in euro once there is a bank account for it, dinar never; (n,)."""
    early = (currency == EUR) & (moment < euro_account_since)
    return np.where(early | (currency == KWD), USD, currency)


def stripe_fee(
    amount: np.ndarray, currency: np.ndarray, is_bank: np.ndarray
) -> np.ndarray:
    """Stripe's fee on a settled amount; minor units (n,)."""
    card = divide(amount * CARD_FEE[currency], 10_000) + CARD_FEE_FIXED[currency]
    bank = np.minimum(divide(amount * BANK_FEE, 10_000), BANK_FEE_CAP[currency])
    return np.where(is_bank, bank, np.minimum(card, amount))


def fee_tax(fee: np.ndarray, currency: np.ndarray) -> np.ndarray:
    """Consumption tax that Stripe adds to fees settled in yen; (n,)."""
    return np.where(currency == JPY, divide(fee, 10), 0)
