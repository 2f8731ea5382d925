"""Executive Summary: the facts of one source by day and by month, per currency."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from reference import money, time
from reference.periods import Periods

Fact = dict[str, Any]

COUNTS_AND_AMOUNTS = (
    "attempted_charge_count",
    "attempted_charge_amount",
    "succeeded_charge_count",
    "gross_charge_count",
    "gross_charge_amount",
    "failed_charge_count",
    "failed_charge_amount",
    "pending_charge_count",
    "pending_charge_amount",
    "refund_count",
    "refund_amount",
    "refunded_charge_count",
    "refunded_charge_amount",
    "net_charge_amount",
    "net_charge_cohort_amount",
    "net_volume_amount",
    "dispute_count",
    "dispute_amount",
    "succeeded_payment_count",
    "failed_payment_count",
    "new_customer_count",
)
RATES = {
    "charge_success_rate": ("succeeded_charge_count", "failed_charge_count"),
    "payment_success_rate": ("succeeded_payment_count", "failed_payment_count"),
}
FIGURES = (
    *COUNTS_AND_AMOUNTS,
    *RATES,
    "days_to_payment_total",
    "mean_days_to_payment",
)
COMPARED = (*COUNTS_AND_AMOUNTS, "mean_days_to_payment")


def figures(
    currency: str, facts: Mapping[str, list[Fact]], has_balance_rows: bool
) -> dict[str, Any]:
    """Every figure of a period, from the facts that fall into it, in one currency."""
    charges, payments = facts["charges"], facts["payments"]

    def amount(rows: list[Fact], column: str):
        return money.total((row[column] for row in rows), currency)

    refunded = [row for row in facts["refunds"] if row["is_counted"]]
    disputed = [row for row in facts["disputes"] if row["is_counted"]]
    cohort = [row for row in facts["cohort_refunds"] if row["is_counted"]]
    moved = [row for row in facts["balance_transactions"] if row["is_net_volume"]]
    row: dict[str, Any] = {
        "attempted_charge_count": len(charges),
        "attempted_charge_amount": amount(charges, "attempted_amount"),
        "succeeded_charge_count": sum(row["is_succeeded"] for row in charges),
        "gross_charge_count": sum(row["is_gross"] for row in charges),
        "gross_charge_amount": amount(charges, "gross_amount"),
        "failed_charge_count": sum(row["is_failed"] for row in charges),
        "failed_charge_amount": amount(charges, "failed_amount"),
        "pending_charge_count": sum(row["is_pending"] for row in charges),
        "pending_charge_amount": amount(charges, "pending_amount"),
        "refund_count": len(refunded),
        "refund_amount": amount(refunded, "refund_amount"),
        "refunded_charge_count": len({row["charge_id"] for row in cohort}),
        "refunded_charge_amount": amount(cohort, "refund_amount"),
        "net_volume_amount": amount(moved, "net_amount") if has_balance_rows else None,
        "dispute_count": len(disputed),
        "dispute_amount": amount(disputed, "dispute_amount"),
        "succeeded_payment_count": sum(r["status"] == "succeeded" for r in payments),
        "failed_payment_count": sum(r["status"] == "failed" for r in payments),
        "new_customer_count": len(facts["customers"]),
        "days_to_payment_total": money.plain_total(
            row["days_to_payment"] for row in charges
        ),
    }
    gross = row["gross_charge_amount"]
    row["net_charge_amount"] = money.difference(gross, row["refund_amount"])
    row["net_charge_cohort_amount"] = money.difference(
        gross, row["refunded_charge_amount"]
    )
    for rate, (good, bad) in RATES.items():
        row[rate] = money.share(row[good], row[good] + row[bad])
    row["mean_days_to_payment"] = money.share(
        row["days_to_payment_total"], row["succeeded_charge_count"]
    )
    return {figure: row[figure] for figure in FIGURES}


class Summary:
    """The Executive Summary of one source."""

    def __init__(self, periods: Periods) -> None:
        self.periods = periods
        self.as_of = periods.as_of

    def period(self, currency: str, first: date, last: date) -> dict[str, Any]:
        """Every figure of the days from first to last, both included."""
        return self.figures(currency, self.periods.of(currency, first, last))

    def figures(self, currency: str, facts: Mapping[str, list[Fact]]) -> Fact:
        """Every figure of some facts."""
        return figures(currency, facts, self.periods.has_balance_rows)

    def daily(self) -> list[Fact]:
        """Rows of executive_summary_daily."""
        return self.periods.each_day(self.figures)

    def monthly(self) -> list[Fact]:
        """Rows of executive_summary_monthly."""
        return [
            self.month(code, month)
            for month in self.periods.months()
            for code in self.periods.currencies
        ]

    def month(self, currency: str, month: date) -> Fact:
        """One row of executive_summary_monthly, compared with the month before."""
        last = min(time.last_day_of(month), self.as_of)
        current = self.period(currency, month, last)
        previous = self.previous(currency, month)
        row = {"source_relation": self.periods.relation, "currency": currency}
        row |= current
        row |= {f"previous_{name}": previous[name] for name in FIGURES}
        for name in COMPARED:
            row[f"{name}_change"] = money.change(current[name], previous[name])
        for name in RATES:
            row[f"{name}_change"] = money.difference(current[name], previous[name])
        return row | {"reporting_month": month}

    def previous(self, currency: str, month: date) -> dict[str, Any]:
        """Figures to compare the month with; None for the account's first month.

        The as-of month is compared with as many days of the month before, at most
        that month's length; a closed month with the whole month before.
        """
        before = time.previous_month(month)
        if before < time.month_of(self.periods.first_day):
            return dict.fromkeys(FIGURES)
        last = time.last_day_of(before)
        if month == time.month_of(self.as_of):
            last = min(last, before.replace(day=min(self.as_of.day, last.day)))
        return self.period(currency, before, last)
