"""Amounts: Stripe's integers to exact decimals in major units, rounded once."""

import csv
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from pathlib import Path

SEED = Path(__file__).parents[3] / "seeds" / "stripe_currencies.csv"
PLACES = Decimal("0.000001")
ZERO = Decimal("0.000000")
# Decimal's ROUND_HALF_UP rounds half away from zero.
EXACT = Context(prec=100, rounding=ROUND_HALF_UP)


@cache
def decimal_places() -> dict[str, int]:
    """Decimal places of Stripe's integers, by lower-case currency code."""
    with SEED.open(newline="", encoding="utf-8") as file:
        return {
            row["currency"]: int(row["decimal_places"]) for row in csv.DictReader(file)
        }


def is_known(currency: str | None) -> bool:
    """Whether the currency is in the seed, so that its amounts mean something."""
    return currency in decimal_places()


def rounded(value: Decimal) -> Decimal:
    """The value at six decimals, half away from zero."""
    return value.quantize(PLACES, context=EXACT)


def major(minor: int | None, currency: str | None) -> Decimal | None:
    """Major units of an integer in minor units; None in an unknown currency."""
    if minor is None or not is_known(currency):
        return None
    return rounded(Decimal(minor).scaleb(-decimal_places()[currency], EXACT))


def total(amounts: Iterable[Decimal | None], currency: str | None) -> Decimal | None:
    """Sum of amounts in one currency: zero of nothing, None in an unknown currency."""
    if not is_known(currency):
        return None
    result = Decimal(0)
    for amount in amounts:
        if amount is None:
            raise ValueError(f"an amount in {currency} has no value")
        result = EXACT.add(result, amount)
    return rounded(result)


def difference(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """left - right at six decimals; None where either is missing."""
    if left is None or right is None:
        return None
    return rounded(EXACT.subtract(left, right))


def share(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """part ÷ whole as a fraction at six decimals; None of nothing or missing."""
    if part is None or whole is None or whole == 0:
        return None
    return rounded(EXACT.divide(Decimal(part), Decimal(whole)))


def plain_total(values: Iterable[Decimal | None]) -> Decimal:
    """Sum of figures without a unit; zero of nothing, those missing left out."""
    result = Decimal(0)
    for value in values:
        result = EXACT.add(result, Decimal(0) if value is None else value)
    return rounded(result)


def percentile(values: Iterable[Decimal], percent: int) -> Decimal | None:
    """Percentile between the two nearest values in order; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    whole, hundredths = divmod(percent * (len(ordered) - 1), 100)
    low, high = ordered[whole], ordered[min(whole + 1, len(ordered) - 1)]
    part = EXACT.divide(Decimal(hundredths), Decimal(100))
    return rounded(EXACT.fma(EXACT.subtract(high, low), part, low))


def change(current: Decimal | int | None, previous: Decimal | int | None):
    """(current - previous) ÷ |previous| at six decimals; None at zero or missing."""
    if current is None or previous is None or previous == 0:
        return None
    gap = EXACT.subtract(Decimal(current), Decimal(previous))
    return rounded(EXACT.divide(gap, abs(Decimal(previous))))
