"""From a figure to its rows: which table and which conditions of the Explore hold them.

What the Explore counts and adds up there is the figure; of a rate, its numerator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

from dashboards.address import periods
from dashboards.address.scope import Scope
from dashboards.address.selection import Filter
from dashboards.address.tables import TABLES
from dashboards.pages.links import BARE, Here
from dashboards.warehouse import Row


@dataclass(frozen=True)
class Rows:
    """A table, what holds for its rows beside days and currency, the columns that add
    up to the figure (with commas between), and the column of days."""

    table: str
    condition: str = ""
    figure: str = ""
    day: str = "reporting_date"


GROSS = Rows("charges", "is_gross:eq:true", "gross_amount")
SUCCEEDED = Rows("charges", "is_succeeded:eq:true")
FAILED = Rows("charges", "status:eq:failed")
PENDING = Rows("charges", "status:eq:pending")
REFUNDS = Rows("refunds", "is_counted:eq:true")
DISPUTES = Rows("disputes", "is_counted:eq:true")
FIRST_FAILED = Rows("payments", "is_first_attempt_failed:eq:true")
RECOVERED = Rows("payments", "is_recovered:eq:true")
OPEN = Rows("invoices", "is_open:eq:true")
LATE = Rows("invoices", "is_past_due:eq:true")
MRR = Rows("recurring_revenue", "mrr_amount:gt:0")
# Figures of executive_summary_daily and finance_operations_daily.
OF_DAYS = {
    "attempted_charge_count": Rows("charges"),
    "succeeded_charge_count": SUCCEEDED,
    "gross_charge_count": GROSS,
    "gross_charge_amount": GROSS,
    "failed_charge_count": FAILED,
    "failed_charge_amount": FAILED,
    "pending_charge_count": PENDING,
    "refund_count": REFUNDS,
    "refund_amount": REFUNDS,
    "dispute_amount": DISPUTES,
    "net_volume_amount": Rows("balance_transactions", "is_net_volume:eq:true"),
    "charge_success_rate": SUCCEEDED,
    "payment_success_rate": Rows("payments", "status:eq:succeeded"),
    "new_customer_count": Rows("customers", day="created_date"),
    "mean_days_to_payment": replace(SUCCEEDED, figure="days_to_payment"),
    "recovered_payment_amount": RECOVERED,
    "unrecovered_amount": replace(
        FIRST_FAILED, condition=f"{FIRST_FAILED.condition};is_recovered:eq:false"
    ),
    "recovery_rate": RECOVERED,
    "refund_amount_rate": REFUNDS,
    "dispute_activity_rate": DISPUTES,
}
Period = tuple[date, date]


@dataclass(frozen=True)
class Drill:
    """Links to the rows of a scope's currency and account, from a page."""

    here: Here
    scope: Scope

    @property
    def months(self) -> Period:
        """The first and the last month that the days touch."""
        return self.scope.first.replace(day=1), self.scope.last.replace(day=1)

    @property
    def in_grid(self) -> Drill:
        """For links of grids and numbers, to which the browser adds the way back."""
        return self if self.here is BARE else replace(self, here=BARE)

    def of_days(
        self, name: str, *more: Filter, days: Period | None = None
    ) -> str | None:
        """Of a figure of the scope's days, or of some of them; None where none is
        known."""
        rows = OF_DAYS.get(name)
        return rows and self.to(rows, *between(rows.day, self._within(days)), *more)

    def to(self, rows: Rows, *more: Filter) -> str:
        """Of the currency and the account, whatever the days; converted, of all."""
        return self.here.rows(
            rows.table,
            *self._of_scope,
            *written(rows.condition),
            *more,
            columns=columns_of(rows),
        )

    @cached_property
    def _of_scope(self) -> list[Filter]:
        """A page has hundreds of links, all of them with these."""
        found = []
        if not self.scope.is_converted:
            found.append(Filter("currency", "eq", self.scope.currency))
        if self.scope.account:
            found.append(Filter("source_relation", "eq", self.scope.account))
        return found

    def _within(self, days: Period | None) -> Period:
        first, last = days or (self.scope.first, self.scope.last)
        return max(first, self.scope.first), min(last, self.scope.last)


def between(day: str, days: Period) -> list[Filter]:
    first, last = days
    if first == last:
        return [Filter(day, "eq", first.isoformat())]
    return [Filter(day, "ge", first.isoformat()), Filter(day, "le", last.isoformat())]


@lru_cache(maxsize=256)
def written(condition: str) -> tuple[Filter, ...]:
    """`is_open:eq:true;status:eq:failed` as filters."""
    return tuple(Filter(*one.split(":", 2)) for one in condition.split(";") if one)


def one_of(column: str, value: str, unknown: str = "unknown") -> Filter:
    """A value of a mart that says `unknown` where the rows have none."""
    if value == unknown:
        return Filter(column, "in", f"{value}|")
    return Filter(column, "eq", value)


@lru_cache(maxsize=256)
def columns_of(rows: Rows) -> str:
    """The table's usual columns, with that of the figure where it is none of them."""
    usual = TABLES[rows.table].columns
    more = [one for one in rows.figure.split(",") if one and one not in usual]
    return ",".join([*usual[:3], *more, *usual[3:]]) if more else ""


def days_of(start: date, period: str) -> Period:
    """The days that a row of a course stands for; `period` is one of periods.UNITS."""
    if period == "reporting_date":
        return start, start
    if period == "reporting_week":
        return start, start + timedelta(days=6)
    return start, start.replace(day=periods.length_of_month(start))


def unless_none(
    field: str, link: Callable[[Row], str | None]
) -> Callable[[Row], str | None]:
    """The link of a cell; nothing has no rows."""
    return lambda row: link(row) if row[field] else None
