"""Finance Operations: charges, recovery, failures and time, of one source."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reference import executive_summary, money, seeds, time
from reference.periods import Periods

Fact = dict[str, Any]

SHARED = (
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
    "dispute_count",
    "dispute_amount",
    "net_volume_amount",
    "succeeded_payment_count",
    "failed_payment_count",
    "charge_success_rate",
    "payment_success_rate",
    "days_to_payment_total",
    "mean_days_to_payment",
)
# rate -> what it is a share of what
RATES = {
    "refund_count_rate": ("refund_count", "gross_charge_count"),
    "refund_amount_rate": ("refund_amount", "gross_charge_amount"),
    "refunded_charge_count_rate": ("refunded_charge_count", "gross_charge_count"),
    "refunded_charge_amount_rate": ("refunded_charge_amount", "gross_charge_amount"),
    "dispute_rate": ("cohort_dispute_count", "succeeded_charge_count"),
    "dispute_activity_rate": ("dispute_count", "succeeded_charge_count"),
    "recovery_rate": ("recovered_payment_count", "first_failed_payment_count"),
    "recovery_amount_rate": ("recovered_payment_amount", "first_failed_payment_amount"),
    "mean_days_to_sync": ("days_to_sync_total", "attempted_charge_count"),
}
DURATIONS = ("days_to_payment", "days_to_settlement", "days_to_fulfillment")


class Operations:
    """Finance Operations of one source."""

    def __init__(self, periods: Periods) -> None:
        self.periods = periods

    def key(self, currency: str) -> Fact:
        """Columns that begin every row."""
        return {"source_relation": self.periods.relation, "currency": currency}

    def daily(self) -> list[Fact]:
        """Rows of finance_operations_daily."""
        return self.periods.each_day(self.day)

    def day(self, currency: str, facts: Mapping[str, list[Fact]]) -> Fact:
        """Every figure of a day, from its facts, in one currency."""
        has_balance_rows = self.periods.has_balance_rows
        every = executive_summary.figures(currency, facts, has_balance_rows)
        row = {name: every[name] for name in SHARED}
        charges = facts["charges"]
        moved = [row for row in facts["balance_transactions"] if row["is_net_volume"]]
        fees = money.total((row["fee_amount"] for row in moved), currency)
        disputes = [row for row in facts["cohort_disputes"] if row["is_counted"]]
        row |= {
            "disputed_charge_count": len({r["charge_id"] for r in disputes}),
            "cohort_dispute_count": len(disputes),
            "cohort_dispute_amount": money.total(
                (row["dispute_amount"] for row in disputes), currency
            ),
            "fee_amount": fees if has_balance_rows else None,
            **recovery(currency, facts["payments"]),
            "days_to_sync_total": money.plain_total(r["days_to_sync"] for r in charges),
        }
        return row | {
            rate: money.share(row[part], row[whole])
            for rate, (part, whole) in RATES.items()
        }

    def failure_reasons(self) -> list[Fact]:
        """Rows of finance_operations_failure_reasons."""
        return [
            row
            for day in self.periods.days()
            for code in self.periods.currencies
            if (day, code) in self.periods.busy
            for row in self.reasons(code, day)
        ]

    def reasons(self, currency: str, day: date) -> list[Fact]:
        """Why charges and first attempts of one day failed."""
        facts = self.periods.of(currency, day, day)
        charges: dict[str, list[Fact]] = {}
        for row in facts["charges"]:
            if row["is_failed"]:
                charges.setdefault(row["failure_code"] or seeds.UNKNOWN, []).append(row)
        payments: dict[str, list[Fact]] = {}
        for row in facts["payments"]:
            if row["is_first_attempt_failed"]:
                code = row["first_failure_code"] or seeds.UNKNOWN
                payments.setdefault(code, []).append(row)
        rows = []
        for code in sorted(charges.keys() | payments.keys()):
            failed = [row["failed_amount"] for row in charges.get(code, [])]
            recovered = recovery(currency, payments.get(code, []))
            failure = seeds.failure(code)
            rows.append(
                self.key(currency)
                | {
                    "failure_code": code,
                    "category": failure.category,
                    "recommendation": failure.recommendation,
                    "charge_count": len(failed),
                    "charge_amount": money.total(failed, currency),
                    "first_failed_payment_count": recovered[
                        "first_failed_payment_count"
                    ],
                    "first_failed_payment_amount": recovered[
                        "first_failed_payment_amount"
                    ],
                    "recovered_count": recovered["recovered_payment_count"],
                    "recovered_amount": recovered["recovered_payment_amount"],
                    "is_retryable": failure.is_retryable,
                    **time.calendar_columns(day),
                }
            )
        return rows

    def fulfillment_weekly(self) -> list[Fact]:
        """Rows of finance_operations_fulfillment_weekly."""
        rows: list[Fact] = []
        for code in self.periods.currencies:
            before: Fact | None = None
            for week in self.periods.weeks():
                figures = self.week(code, week)
                changes = {
                    f"{name}_change": money.change(value, before and before[name])
                    for name, value in figures.items()
                    if not name.endswith("_count")
                }
                key = {"reporting_week": week}
                rows.append(self.key(code) | figures | changes | key)
                before = figures
        return rows

    def week(self, currency: str, week: date) -> Fact:
        """How long the charges of one week took."""
        charges = self.periods.of(currency, week, week + timedelta(days=6))["charges"]
        succeeded = [row for row in charges if row["is_succeeded"]]
        row: Fact = {
            "charge_count": len(succeeded),
            "settled_charge_count": sum(
                row["days_to_settlement"] is not None for row in succeeded
            ),
        }
        for name in DURATIONS:
            days: list[Decimal] = [
                charge[name] for charge in succeeded if charge[name] is not None
            ]
            row[f"mean_{name}"] = money.share(money.plain_total(days), len(days))
            row[f"median_{name}"] = money.percentile(days, 50)
            row[f"p90_{name}"] = money.percentile(days, 90)
        return row


def recovery(currency: str, payments: list[Fact]) -> Fact:
    """Payments whose first attempt failed, and those of them that later succeeded."""

    def amount(rows: list[Fact]):
        return money.total((row["payment_amount"] for row in rows), currency)

    failed = [row for row in payments if row["is_first_attempt_failed"]]
    recovered = [row for row in failed if row["is_recovered"]]
    return {
        "first_failed_payment_count": len(failed),
        "first_failed_payment_amount": amount(failed),
        "recovered_payment_count": len(recovered),
        "recovered_payment_amount": amount(recovered),
    }
