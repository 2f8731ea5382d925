"""The days, the currency and the account that an address asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dashboards.address import periods
from dashboards.address.errors import NotFound
from dashboards.address.state import State
from dashboards.text import formatting
from dashboards.warehouse import Row, Statement

# What an address says instead of a currency for all of them in the reporting currency.
CONVERTED = "all"
NO_FIGURES = "There are no figures in this currency."


@dataclass(frozen=True)
class Scope:
    """Days or months of a currency; no account stands for all of them.

    Converted, the currency is the reporting currency, in which all others are, too.
    """

    currency: str
    account: str | None
    first: date
    last: date
    is_converted: bool = field(default=False, kw_only=True)

    def mart(self, name: str) -> str:
        """The mart that holds the scope's figures of one."""
        return f"{name}_converted" if self.is_converted else name

    def total(self, figure: str, rows: str = "1") -> str:
        """SQL of a sum over rows; null where a part of it is not known: it could not be
        converted, or its account delivers no balance transactions."""
        return f"case when count({figure}) = count({rows}) then sum({figure}) end"

    def of_account(self) -> Statement:
        """Condition and values on currency and account."""
        if not self.account:
            return "currency = ?", [self.currency]
        return "currency = ? and source_relation = ?", [self.currency, self.account]

    def counted(self) -> Statement:
        """The same of a mart whose counts add up over currencies: converted, of all."""
        condition, values = self.of_account()
        if not self.is_converted:
            return condition, values
        return condition.replace("currency = ?", "true"), values[1:]

    def within(self, day: str) -> Statement:
        """The same, and on a column of days or months."""
        condition, values = self.of_account()
        condition = f"{condition} and {day} between ? and ?"
        return condition, [*values, self.first, self.last]


@dataclass(frozen=True)
class ComparedScope(Scope):
    """Days, and those before them that they are compared with."""

    compared_first: date
    compared_last: date
    comparison: str = "month"


@dataclass(frozen=True)
class Standing:
    """The day at whose end stands what is shown of a state beside chosen days: today,
    or the end of the last one's month, of which nothing was kept."""

    day: date
    is_estimated: bool

    @classmethod
    def of(cls, last: date, today: date) -> Standing:
        day = min(today, last.replace(day=periods.length_of_month(last)))
        return cls(day, day < today)

    @property
    def text(self) -> str:
        """`as of 20 Oct 2026`, `as of 30 Sep 2026, estimated`."""
        estimated = ", estimated" if self.is_estimated else ""
        return f"as of {formatting.day(self.day)}{estimated}"


def read_scope(
    state: State, offered: Sequence[Row]
) -> tuple[ComparedScope, periods.Days]:
    """What the address asks for, and the first and last day there is."""
    account = state.get("account")
    rows = [row for row in offered if account in (None, "", row["source_relation"])]
    if not rows:
        raise NotFound("There is no such Stripe account.")
    chosen = state.get("currency", rows[0]["currency"])
    rows = [row for row in rows if row["currency"] == chosen]
    if not rows:
        raise NotFound(NO_FIGURES)
    bounds = first, last = first_and_last(rows)
    days = periods.read_days(state.get("days"), periods.this_month(last))
    if days is None or days[0] > last or days[1] < first:
        raise NotFound("There are no figures for these days.")
    days = max(first, days[0]), min(last, days[1])
    comparison = state.get("compare") or "month"
    compared = read_comparison(comparison, state, days, last)
    return (
        ComparedScope(
            *(currency_of(rows[0]), account, *days, *compared, comparison),
            is_converted=chosen == CONVERTED,
        ),
        bounds,
    )


def read_comparison(
    comparison: str, state: State, days: periods.Days, today: date
) -> periods.Days:
    """The days that the days are compared with: of COMPARISONS, or `days` named."""
    step = periods.COMPARISONS.get(comparison, 1)
    compared = periods.compared_days(days, today, step)
    named = periods.read_days(state.get("against"), compared)
    if named is None or comparison not in (*periods.COMPARISONS, "days"):
        raise NotFound("There are no such days to compare with.")
    return named if comparison == "days" else compared


def read_months(state: State, offered: Sequence[Row], missing: str) -> Scope:
    """The currency, the account and all the months there are of the currency.

    Raises NotFound; where it is for the currency, saying what is `missing`.
    """
    chosen = state.get("currency") or offered[0]["currency"]
    account = state.get("account") or None
    rows = [row for row in offered if row["currency"] == chosen]
    if not rows:
        raise NotFound(missing)
    if account and account not in {row["source_relation"] for row in offered}:
        raise NotFound("There is no such Stripe account.")
    is_converted = chosen == CONVERTED
    days = first_and_last(rows)
    return Scope(currency_of(rows[0]), account, *days, is_converted=is_converted)


def currency_of(row: Row) -> str:
    """The currency of the amounts of what is on offer."""
    return row.get("reporting_currency") or row["currency"]


def of_span(scope: Scope, span: str) -> Scope:
    """The last so many months of a scope, or `all`."""
    if span == "all":
        return scope
    first = periods.months_before(scope.last, int(span) - 1)
    return replace(scope, first=max(scope.first, first))


def first_and_last(rows: Sequence[Row]) -> periods.Days:
    return min(row["first_date"] for row in rows), max(row["last_date"] for row in rows)
