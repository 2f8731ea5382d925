"""Tax of invoices by rate: what lines explain of it, and what is unknown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Any

from reference import money
from reference.invoices import NOT_ISSUED
from reference.rows import Row, Source, grouped
from reference.taxes import included_share, rates_of, rounded, share

Fact = dict[str, Any]
OF_THE_RATE = ["country", "display_name", "jurisdiction", "state", "tax_type"]
UNKNOWN = "unknown"


def fct_invoice_taxes(source: Source, invoices: Iterable[Fact]) -> Iterator[Fact]:
    """Rows of fct_invoice_taxes, from a source and its rows of fct_invoices."""
    lines = grouped(source.invoice_lines.values(), "invoice_id")
    for fact in invoices:
        if fact["status"] in NOT_ISSUED or not money.is_known(fact["currency"]):
            continue
        raw = source.invoices[fact["invoice_id"]]
        own = [row for row in lines.get(raw["id"], ()) if row.get("amount")]
        for rate_id, (base, tax) in parts(raw, fact, own, source).items():
            if base or tax:
                yield row_of(fact, rate_id, base, tax, source)


def parts(
    raw: Row, fact: Fact, lines: list[Row], source: Source
) -> dict[str, tuple[int | None, int]]:
    """Rate -> what it applies to and its tax, in minor units."""
    tax = raw.get("tax") or 0
    bases, taxes = computed(raw, fact, lines, source)
    is_explained = all(rates_in(fact, line, source) for line in lines)
    shared = shares(taxes, tax, is_explained)
    found: dict[str, tuple[int | None, int]] = {
        rate_id: (0 if taxes[rate_id] and not tax else base, shared[rate_id])
        for rate_id, base in bases.items()
    }
    return found | {UNKNOWN: (None, tax - sum(shared.values()))}


def rates_in(fact: Fact, line: Row, source: Source) -> list[Row]:
    """Rates of a line that is in the invoice's currency."""
    if (line["currency"] or fact["currency"]) != fact["currency"]:
        return []
    return rates_of(line, source)


def computed(
    raw: Row, fact: Fact, lines: list[Row], source: Source
) -> tuple[dict[str, int], dict[str, int]]:
    """By rate, what it applies to and what it comes to, each line rounded."""
    bases: dict[str, int] = defaultdict(int)
    taxes: dict[str, int] = defaultdict(int)
    left = Fraction(1)
    if raw.get("subtotal") and fact["discount"] is not None:
        left = 1 - Fraction(fact["discount"]) / Fraction(fact["subtotal"])
    for line in lines:
        base = line["amount"] * left / (1 + included_share(line, source))
        for rate in rates_in(fact, line, source):
            bases[rate["id"]] += rounded(base)
            taxes[rate["id"]] += rounded(base * share([rate]))
    return bases, taxes


def shares(taxes: dict[str, int], tax: int, is_explained: bool) -> dict[str, int]:
    """How much of an invoice's tax is of each rate, from what the rates come to."""
    total = sum(taxes.values())
    if not tax:
        return dict.fromkeys(taxes, 0)
    if min(taxes.values(), default=0) < 0 < max(taxes.values(), default=0):
        return dict(taxes)
    if not total:
        return dict.fromkeys(taxes, 0)
    known = tax if is_explained else smaller(tax, total)
    order = sorted(taxes, key=lambda name: (-abs(taxes[name]), name))
    sums = accumulate((taxes[name] for name in order), initial=0)
    whole = [rounded(Fraction(known * each, total)) for each in sums]
    found = [after - before for before, after in pairwise(whole)]
    return dict(zip(order, found, strict=True))


def smaller(tax: int, total: int) -> int:
    """The one nearer to zero; nothing of what has another sign."""
    return 0 if tax * total < 0 else min(tax, total, key=abs)


def row_of(
    fact: Fact, rate_id: str, base: int | None, tax: int, source: Source
) -> Fact:
    """One row of fct_invoice_taxes."""
    rate = source.tax_rates.get(rate_id, {})
    same = "source_relation invoice_id customer_id currency reporting_date"
    days = "reporting_week reporting_month"
    percent = rate.get("percentage")
    return {
        **{name: fact[name] for name in f"{same} {days}".split()},
        **{name: rate.get(name) for name in OF_THE_RATE},
        "tax_rate_id": rate_id,
        "percentage": None if percent is None else money.rounded(Decimal(percent)),
        "is_inclusive": rate.get("inclusive"),
        "taxable_amount": money.major(base, fact["currency"]),
        "tax_amount": money.major(tax, fact["currency"]),
    }
