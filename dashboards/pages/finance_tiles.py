"""The tiles of Finance Operations: over the days, and as things stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
        value, moved = totals[name], totals[f"{name}_change"]
        describe = formatting.points if kind == "rate" else formatting.change
        return tile(
            name,
            label,
            shown(kind, value, scope.currency),
            exact=value,
            note=note,
            change=Change.of(describe(moved), moved, better),
            course=[row[name] for row in course],
        )

    def stands(name: str, label: str, kind: str, value: Any, note: str):
        text = shown(kind, value, scope.currency)
        return tile(name, label, text, exact=value, note=note)

    count = formatting.count
    return [
        over_days(
            "failed_charge_amount",
            "Failed charges",
            "money",
            f"{count(totals['failed_charge_count'])} charges",
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
            f"{count(totals['dispute_count'])} disputes",
            "down",
        ),
        over_days("mean_days_to_payment", "Mean time to payment", "days", "", "down"),
        stands(
            "outstanding_amount",
            "Receivables",
            "money",
            owed.get("total_amount"),
            f"{count(owed.get('total_count'))} open invoices",
        ),
        stands(
            "past_due_amount",
            "Past due",
            "money",
            owed.get("past_due_amount"),
            f"{count(owed.get('past_due_count'))} invoices",
        ),
        stands(
            "days_sales_outstanding",
            "Days sales outstanding",
            "days",
            sales["days_sales_outstanding"],
            formatting.month(scope.last),
        ),
    ]


def shown(kind: str, value: Any, currency: str) -> str:
    if kind == "money":
        return formatting.money(value, currency)
    return formatting.rate(value) if kind == "rate" else formatting.days(value)
