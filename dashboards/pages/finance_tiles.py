"""The tiles of Finance Operations: over the days, and as things stand."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards import formatting
from dashboards.components import Change, tile
from dashboards.queries import finance_operations as queries
from dashboards.queries.scope import ComparedScope
from dashboards.warehouse import Row, Warehouse


def figure_tiles(
    warehouse: Warehouse,
    scope: ComparedScope,
    course: Sequence[Row],
    buckets: Sequence[Row],
) -> list[Component]:
    totals = warehouse.query(*queries.DAILY.totals(scope))[0]
    sales = warehouse.query(*queries.sales_outstanding(scope))[0]
    owed: Row = buckets[0] if buckets else {}

    def over_days(name: str, label: str, kind: str, note: str, better: str):
        return tile(
            name,
            label,
            totals[name],
            kind,
            scope.currency,
            note=note,
            change=Change.by(kind, totals[f"{name}_change"], better),
            course=[row[name] for row in course],
        )

    count, counted = formatting.count, formatting.counted
    return [
        over_days(
            "failed_charge_amount",
            "Failed charges",
            "money",
            counted(totals["failed_charge_count"], "charge"),
            "down",
        ),
        over_days(
            "recovery_rate",
            "Recovery rate",
            "rate",
            f"{count(totals['recovered_payment_count'])} of "
            f"{count(totals['first_failed_payment_count'])}",
            "up",
        ),
        over_days(
            "refund_amount_rate",
            "Refund rate",
            "rate",
            formatting.money(totals["refund_amount"], scope.currency),
            "down",
        ),
        over_days(
            "dispute_activity_rate",
            "Dispute activity",
            "rate",
            counted(totals["dispute_count"], "dispute"),
            "down",
        ),
        over_days("mean_days_to_payment", "Mean time to payment", "days", "", "down"),
        tile(
            "outstanding_amount",
            "Receivables",
            owed.get("total_amount"),
            "money",
            scope.currency,
            note=counted(owed.get("total_count"), "open invoice"),
        ),
        tile(
            "past_due_amount",
            "Past due",
            owed.get("past_due_amount"),
            "money",
            scope.currency,
            note=counted(owed.get("past_due_count"), "invoice"),
        ),
        tile(
            "days_sales_outstanding",
            "Days sales outstanding",
            sales["days_sales_outstanding"],
            "days",
            note=formatting.month(scope.last),
        ),
    ]
