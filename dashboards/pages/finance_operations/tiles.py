"""The tiles of Finance Operations: over the days, and as things stand."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.address.scope import ComparedScope, Standing
from dashboards.components import Change, tile
from dashboards.pages.drill import LATE, OPEN, Drill, Rows
from dashboards.queries import finance_operations as queries
from dashboards.text import formatting
from dashboards.text.definitions import definition
from dashboards.warehouse import Row, Warehouse

OWING = "finance_operations_delinquent_customers"


def figure_tiles(
    warehouse: Warehouse,
    scope: ComparedScope,
    course: Sequence[Row],
    standing: Standing,
    drill: Drill,
) -> list[Component]:
    totals = warehouse.query(*queries.DAILY.totals(scope))[0]

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
            href=drill.of_days(name) if totals[name] else None,
            definition=definition(queries.DAILY.mart, name),
        )

    count, counted = formatting.count, formatting.counted
    disputes = (
        over_days(
            "dispute_activity_rate",
            "Dispute activity",
            "rate",
            counted(totals["dispute_count"], "dispute"),
            "down",
        ),
    )
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
        *(disputes if warehouse.has("fct_disputes") else ()),
        over_days("mean_days_to_payment", "Mean time to payment", "days", "", "down"),
        *owed_tiles(warehouse, scope, standing, drill),
    ]


def owed_tiles(
    warehouse: Warehouse, scope: ComparedScope, standing: Standing, drill: Drill
) -> list[Component]:
    """What is owed at the end of the month; nothing while receivables are off."""
    if not warehouse.has(OWING):
        return []
    owed = warehouse.query(*queries.receivables(scope))[0]
    known = warehouse.query(*queries.open_invoices(scope))[0]

    def rows(found: Rows) -> str:
        """The invoices of today; of months that are over there are none to show, but
        how they were rolled forward."""
        if standing.is_estimated:
            return drill.here.near("/revenue", "receivables")
        return drill.to(found)

    def state(name: str, label: str, number: str, noun: str, found: Rows) -> Component:
        """Of how many invoices, today only."""
        note = standing.text
        if not standing.is_estimated:
            note = f"{formatting.counted(known[number], noun)}, {note}"
        return tile(
            *(name, label, owed[name], "money", scope.currency),
            note=note,
            href=rows(found) if owed[name] else None,
            definition=definition(OWING, name),
        )

    return [
        state("outstanding_amount", "Receivables", "open_count", "open invoice", OPEN),
        state("past_due_amount", "Past due", "past_due_count", "invoice", LATE),
        tile(
            "days_sales_outstanding",
            "Days sales outstanding",
            owed["days_sales_outstanding"],
            "days",
            note=f"in {formatting.month(scope.last)}",
            href=rows(OPEN) if owed["days_sales_outstanding"] else None,
            definition=definition("receivables_monthly", "days_sales_outstanding"),
        ),
    ]
