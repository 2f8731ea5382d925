"""What is drawn over the chosen days beside the figures: goals, annotations, and the
running total against that of the days they are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dash.development.base_component import Component

from dashboards.address import periods
from dashboards.address.scope import ComparedScope, Scope
from dashboards.components import Cell, Series, chart_card, lines
from dashboards.components.charts import labeller
from dashboards.queries import plans
from dashboards.queries.daily import Daily
from dashboards.text import formatting
from dashboards.text.definitions import definition
from dashboards.warehouse import Row, Warehouse

GOALS, ANNOTATIONS = "dashboard_goals", "dashboard_annotations"


def goals_of(warehouse: Warehouse, scope: Scope, figure: str) -> dict[date, Decimal]:
    """The goal of each month of the days, where there is one."""
    if scope.is_converted or not warehouse.has(GOALS):
        return {}
    rows = warehouse.query(*plans.goals(scope, figure))
    return {row["reporting_month"]: row["amount"] for row in rows}


def annotations_of(warehouse: Warehouse, scope: Scope) -> Sequence[Row]:
    if not warehouse.has(ANNOTATIONS):
        return []
    return warehouse.query(*plans.annotations(scope))


def goal_line(amount: Decimal, currency: str) -> dict[str, Any]:
    return {
        "y": float(amount),
        "label": f"Goal {formatting.money(amount, currency)}",
        "color": "var(--series-4)",
        "labelPosition": "insideTopLeft",
        "ifOverflow": "extendDomain",
    }


def annotation_lines(
    warehouse: Warehouse, scope: Scope, course: Iterable[Row]
) -> list[dict[str, Any]]:
    """A line at the last place of a course's charts that is not after each
    annotation's day; they are asked for once, for all charts of a page."""
    places = [row["period"] for row in course]
    label = labeller(places)
    found = []
    for row in annotations_of(warehouse, scope):
        upto = [day for day in places if day <= row["reporting_date"]]
        if upto:
            found.append(
                {
                    "x": label(upto[-1]),
                    "label": row["annotation"],
                    "color": "var(--quiet)",
                    "labelPosition": "insideTopRight",
                }
            )
    return found


def month_goal(
    warehouse: Warehouse, scope: Scope, period: str, figure: str
) -> list[dict[str, Any]]:
    """A line across a chart by month: the figure's goal, where all months have the
    same one."""
    if period != "reporting_month":
        return []
    goals = set(goals_of(warehouse, scope, figure).values())
    return [goal_line(goal, scope.currency) for goal in goals if len(goals) == 1]


def running_card(
    warehouse: Warehouse, daily: Daily, scope: ComparedScope, figure: str, title: str
) -> Component:
    """A figure added up from the first day on, beside that of the compared days."""
    rows = [
        dict(row, day=scope.first + timedelta(days=row["place"]))
        for row in warehouse.query(*daily.running(scope, figure))
    ]
    currency = scope.currency
    now = formatting.day_range(scope.first, scope.last)
    before = formatting.day_range(scope.compared_first, scope.compared_last)
    series = [
        Series("running_amount", now),
        Series("previous_running_amount", before, 6),
    ]
    goals = goals_of(warehouse, scope, figure)
    is_one_month = periods.this_month(scope.last)[0] <= scope.first
    references = [goal_line(amount, currency) for amount in goals.values()]
    chart = lines(
        rows,
        "day",
        series,
        currency=currency,
        withDots=False,
        connectNulls=False,
        referenceLines=references if is_one_month else [],
    )
    return chart_card(
        f"{title}, running total",
        chart,
        header=["Day", now, before],
        figures=[
            [
                str(row["place"] + 1),
                Cell.of("money", row["running_amount"], currency),
                Cell.of("money", row["previous_running_amount"], currency),
            ]
            for row in rows
        ],
        currency=currency,
        note=f"Since {formatting.day(scope.first)}, day by day beside {before}.",
        name=f"running_{figure}",
        definition=definition(daily.mart, figure),
    )
