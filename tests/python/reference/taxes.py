"""Taxes: which rates a row names, and how much of a tax is beside the price."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from reference.rows import Row, Source


def rates_of(row: Row, source: Source) -> list[Row]:
    """Delivered tax rates that a row names, by an id or a list of them as text."""
    names = dict.fromkeys(re.findall(r"\w+", row.get("tax_rates") or ""))
    return [source.tax_rates[name] for name in names if name in source.tax_rates]


def is_inclusive(rate: Row) -> bool:
    """Its tax is part of the price."""
    return rate.get("inclusive") is True


def share(rates: Iterable[Row]) -> Fraction:
    """What rates come to together, of one."""
    return sum(
        (Fraction(Decimal(str(rate.get("percentage") or 0))) for rate in rates),
        Fraction(0),
    ) / Fraction(100)


def included_share(row: Row, source: Source) -> Fraction:
    """Tax inside a row's price, as a share of the price without it."""
    return share(rate for rate in rates_of(row, source) if is_inclusive(rate))


def rounded(value: Fraction) -> int:
    """The nearest whole number, half away from zero."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def beside(invoice: Row, lines: Iterable[Row], source: Source) -> int:
    """How much of an invoice's tax came on top of its prices, in minor units."""
    tax, before, total = (invoice.get(c) for c in ("tax", "subtotal", "total"))
    tax = tax or 0
    named = [(line, rates_of(line, source)) for line in lines]
    kinds = {is_inclusive(rate) for _, rates in named for rate in rates}
    if not kinds:
        is_inside = before is not None and before == total and tax > 0
        return 0 if is_inside else tax
    if len(kinds) == 1:
        return 0 if True in kinds else tax
    taxed = [
        (line.get("amount") or 0) * share([rate])
        for line, rates in named
        for rate in rates
        if not is_inclusive(rate)
    ]
    # What a discount left of each price: total = left x (prices + taxes on top).
    # Without these amounts, or where the total has all of both, there is none.
    left = Fraction(1)
    whole_taxes = sum(rounded(each) for each in taxed)
    if before is not None and total not in (None, before + whole_taxes):
        whole = before + sum(taxed, Fraction(0))
        left = Fraction(total) / whole if whole else left
    return min(sum(rounded(left * each) for each in taxed), tax)
