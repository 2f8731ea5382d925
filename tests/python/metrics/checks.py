"""Reference figures of the metrics that no mart shows, by month and currency.

From the facts of the reference computation, which shares no code with the models.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]
Marts = Mapping[str, list[Row]]
Figures = dict[tuple[Any, ...], Any]
GROUPS = ["source_relation", "metric_time__month", "currency"]


def total(mart: str, value: Callable[[Row], Any]) -> Callable[[Marts], Figures]:
    """The sum of a value over the rows that have it."""

    def figures(marts: Marts) -> Figures:
        sums: Figures = defaultdict(Decimal)
        for row in marts[mart]:
            if (amount := value(row)) is not None:
                sums[key(row)] += amount
        return dict(sums)

    return figures


def ratio(mart: str, numerator: str, denominator: str) -> Callable[[Marts], Figures]:
    """One column of a monthly mart ÷ another; null where the other is zero."""

    def figures(marts: Marts) -> Figures:
        return {
            key(row): row[numerator] / Decimal(row[denominator])
            if row[denominator]
            else None
            for row in marts[mart]
        }

    return figures


def running(mart: str, column: str) -> Callable[[Marts], Figures]:
    """A column of a monthly mart, summed from the first month on."""

    def figures(marts: Marts) -> Figures:
        sums: Figures = defaultdict(Decimal)
        found = {}
        for row in sorted(marts[mart], key=lambda row: row["reporting_month"]):
            account = row["source_relation"], row["currency"]
            sums[account] += row[column]
            found[key(row)] = sums[account]
        return found

    return figures


def key(row: Row) -> tuple[str, date, str]:
    return row["source_relation"], row["reporting_month"], row["currency"]


CHECKS: dict[str, Callable[[Marts], Figures]] = {
    "average_charge": ratio(
        "executive_summary_monthly", "gross_charge_amount", "gross_charge_count"
    ),
    "cumulative_invoiced": running("receivables_monthly", "invoiced_amount"),
    "cumulative_invoices_paid": running("receivables_monthly", "paid_amount"),
    "cumulative_written_off": running("receivables_monthly", "written_off_amount"),
    "days_to_fulfillment_total": total(
        "fct_charges", lambda row: row["days_to_fulfillment"]
    ),
    "days_to_settlement_total": total(
        "fct_charges", lambda row: row["days_to_settlement"]
    ),
    "decided_charge_count": total(
        "fct_charges", lambda row: row["status"] in ("succeeded", "failed")
    ),
    "decided_payment_count": total(
        "fct_payments", lambda row: row["status"] in ("succeeded", "failed")
    ),
    "fee_details": total("fct_balance_transaction_fees", lambda row: row["fee_amount"]),
    "payment_count": total("fct_payments", lambda row: 1),
    "uncaptured_charge_count": total("fct_charges", lambda row: row["is_uncaptured"]),
    "uncaptured_charges": total(
        "fct_charges",
        lambda row: row["attempted_amount"] if row["is_uncaptured"] else 0,
    ),
}
