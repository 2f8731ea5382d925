"""Executive Summary: the facts of one source by day and by month, per currency."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from reference import money, time
from reference.rows import Settings

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
    "succeeded_payment_count",
    "failed_payment_count",
    "new_customer_count",
)
RATES = {
    "charge_success_rate": ("succeeded_charge_count", "failed_charge_count"),
    "payment_success_rate": ("succeeded_payment_count", "failed_payment_count"),
}
FIGURES = (*COUNTS_AND_AMOUNTS, *RATES)


def figures(
    currency: str,
    charges: list[Fact],
    refunds: list[Fact],
    payments: list[Fact],
    customers: list[Fact],
) -> dict[str, Any]:
    """Every figure of a period, from the facts that fall into it, in one currency."""

    def amount(rows: Iterable[Fact], column: str):
        return money.total((row[column] for row in rows), currency)

    refunded = [row for row in refunds if row["is_counted"]]
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
        "refunded_charge_count": sum(row["refund_count"] > 0 for row in charges),
        "refunded_charge_amount": amount(charges, "refunded_amount"),
        "succeeded_payment_count": sum(r["status"] == "succeeded" for r in payments),
        "failed_payment_count": sum(r["status"] == "failed" for r in payments),
        "new_customer_count": len(customers),
    }
    gross = row["gross_charge_amount"]
    row["net_charge_amount"] = money.difference(gross, row["refund_amount"])
    row["net_charge_cohort_amount"] = money.difference(
        gross, row["refunded_charge_amount"]
    )
    for rate, (good, bad) in RATES.items():
        row[rate] = money.share(row[good], row[good] + row[bad])
    return {figure: row[figure] for figure in FIGURES}


class Summary:
    """Facts of one source, cut by period and currency.

    charges, refunds, payments and customers are rows of the marts of that name.
    """

    def __init__(
        self,
        relation: str,
        settings: Settings,
        charges: list[Fact],
        refunds: list[Fact],
        payments: list[Fact],
        customers: list[Fact],
    ) -> None:
        self.relation = relation
        self.as_of = settings.as_of
        self.facts = {
            "charges": [(row["reporting_date"], row) for row in charges],
            "refunds": [(row["reporting_date"], row) for row in refunds],
            "payments": [(row["reporting_date"], row) for row in payments],
            "customers": [(row["created_date"], row) for row in customers],
        }
        every = [pair for rows in self.facts.values() for pair in rows]
        self.currencies = sorted({row["currency"] for _, row in every})
        self.first_day = min((day for day, _ in every if day), default=None)

    def period(self, currency: str, first: date, last: date) -> dict[str, Any]:
        """Every figure of the days from first to last, both included."""
        return figures(
            currency,
            **{
                name: [
                    row
                    for day, row in rows
                    if day and first <= day <= last and row["currency"] == currency
                ]
                for name, rows in self.facts.items()
            },
        )

    def daily(self) -> list[Fact]:
        """Rows of executive_summary_daily."""
        if self.first_day is None:
            return []
        empty = {code: figures(code, [], [], [], []) for code in self.currencies}
        busy = {
            (day, row["currency"]) for rows in self.facts.values() for day, row in rows
        }
        return [
            {
                "source_relation": self.relation,
                "currency": code,
                **(self.period(code, day, day) if (day, code) in busy else empty[code]),
                **time.calendar_columns(day),
            }
            for day in time.days(self.first_day, self.as_of)
            for code in self.currencies
        ]

    def monthly(self) -> list[Fact]:
        """Rows of executive_summary_monthly."""
        if self.first_day is None:
            return []
        months = sorted(
            {time.month_of(day) for day in time.days(self.first_day, self.as_of)}
        )
        return [self.month(code, month) for month in months for code in self.currencies]

    def month(self, currency: str, month: date) -> Fact:
        """One row of executive_summary_monthly, compared with the month before."""
        last = max(
            day for day in time.days(month, self.as_of) if time.month_of(day) == month
        )
        current = self.period(currency, month, last)
        previous = self.previous(currency, month)
        row = {"source_relation": self.relation, "currency": currency, **current}
        row |= {f"previous_{name}": previous[name] for name in FIGURES}
        for name in COUNTS_AND_AMOUNTS:
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
        if before < time.month_of(self.first_day):
            return dict.fromkeys(FIGURES)
        in_month = [day for day in time.days(before, month) if day < month]
        if month == time.month_of(self.as_of):
            in_month = in_month[: self.as_of.day]
        return self.period(currency, in_month[0], in_month[-1])
