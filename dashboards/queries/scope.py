"""Which rows a page shows, and the SQL that pages have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Statement = tuple[str, list[Any]]

# What is on offer: days and currencies, the busiest currency first.
SCOPE = """
select
    currency,
    source_relation,
    min(reporting_date) as first_date,
    max(reporting_date) as last_date
from executive_summary_daily
group by currency, source_relation
order by sum(attempted_charge_count) desc, currency, source_relation
"""


@dataclass(frozen=True)
class Scope:
    """Which rows a page shows; no account stands for all of them."""

    currency: str
    first: date
    last: date
    compared_first: date
    compared_last: date
    account: str | None = None

    def of_account(self) -> tuple[str, list[Any]]:
        """Condition and values on currency and account."""
        if not self.account:
            return "currency = ?", [self.currency]
        return "currency = ? and source_relation = ?", [self.currency, self.account]


def listed(expressions: Sequence[str]) -> str:
    return ",\n    ".join(expressions)


def change(figure: str) -> str:
    """As in the marts: the difference as a fraction of the size before."""
    return ratio(f"{figure} - previous_{figure}", f"abs(previous_{figure})")


def ratio(numerator: str, denominator: str) -> str:
    """A quotient for people to read, of six decimals."""
    quotient = f"cast({numerator} as double precision) / nullif({denominator}, 0)"
    return f"cast({quotient} as decimal(38, 6))"
