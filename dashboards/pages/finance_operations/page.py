"""Finance Operations: what failed, what came back, what is owed, what is paid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.address import State
from dashboards.address.errors import NoData, NotFound
from dashboards.address.scope import NO_FIGURES, Scope, Standing, read_scope
from dashboards.components import (
    Cell,
    Series,
    card,
    chart_card,
    chooser,
    lines,
    options,
    page_header,
    tiles,
)
from dashboards.components.jumps import with_jumps
from dashboards.pages.drill import (
    OF_DAYS,
    Drill,
    between,
    days_of,
)
from dashboards.pages.finance_operations.balance import balance_cards
from dashboards.pages.finance_operations.failures import (
    failure_reasons,
    most_frequent,
    recovery,
)
from dashboards.pages.finance_operations.money import (
    attempts,
    months_of,
    receivables,
    top_customers,
)
from dashboards.pages.finance_operations.owing import owing
from dashboards.pages.finance_operations.taxes import tax_cards
from dashboards.pages.finance_operations.tiles import OWING, figure_tiles
from dashboards.pages.links import Here
from dashboards.pages.page import Page
from dashboards.pages.scope import (
    choosers,
    failed_in_others,
    gross_in_others,
    lacks_currency,
    month_lacks_rates,
    rates_note,
    read_period,
    subtitle,
    unconverted_note,
    unit_chooser,
    with_converted,
)
from dashboards.queries import finance_operations as queries
from dashboards.queries.shared import SCOPE
from dashboards.text import formatting
from dashboards.text.definitions import meanings
from dashboards.warehouse import Row, Warehouse

DURATIONS = {
    "days_to_fulfillment": ("Fulfillment", "asked for to funds available"),
    "days_to_payment": ("Payment", "asked for to paid"),
    "days_to_settlement": ("Settlement", "paid to funds available"),
}
UNCONVERTED = (
    "Failure reasons, times to fulfillment, invoices by number of attempts, who owes, "
    "tax, top customers and the balance"
)
KINDS = ("median", "p90", "mean")


def layout(warehouse: Warehouse, state: State) -> Component:
    offered = with_converted(
        warehouse, warehouse.query(SCOPE), queries.DAILY.mart, "reporting_date"
    )
    if not offered:
        raise NoData("There are no charges, refunds or customers yet.")
    if lacking := lacks_currency("/finance", state, offered, NO_FIGURES):
        return html.Div(lacking)
    scope, bounds = read_scope(state, offered)
    duration = state.get("duration", "days_to_fulfillment")
    if duration not in DURATIONS:
        raise NotFound("There is no such time to measure.")
    standing = Standing.of(scope.last, bounds[1])
    period = read_period(state, scope)
    course = warehouse.query(*queries.DAILY.course(scope, period))
    drill = Drill(Here("/finance", state), scope)
    header = page_header(
        "Finance Operations",
        subtitle(scope),
        *choosers(scope, offered, bounds),
        unit_chooser(period),
    )
    if scope.is_converted:
        return html.Div(
            [
                header,
                *rates_note(warehouse, scope),
                *unconverted_note(scope, UNCONVERTED),
                tiles(figure_tiles(warehouse, scope, course, standing, drill)),
                recovery(course, period, drill.in_grid),
                *aged(warehouse, drill, standing),
            ]
        )
    reasons = warehouse.query(*queries.failure_reasons(scope))
    return with_jumps(
        "/finance",
        state,
        [
            header,
            *gross_in_others(warehouse, scope, "/finance", state),
            *failed_in_others(warehouse, scope, "/finance", state),
            tiles(figure_tiles(warehouse, scope, course, standing, drill)),
            html.Div(
                [
                    most_frequent(reasons, drill),
                    recovery(course, period, drill.in_grid),
                ],
                className="cards",
            ),
            failure_reasons(reasons, drill.in_grid),
            fulfillment(warehouse, drill.in_grid, duration, accounts(offered, scope)),
            *owed_cards(warehouse, drill, state, standing, bounds[1]),
            *tax_cards(warehouse, drill.in_grid),
            top_customers(
                warehouse.query(*queries.top_customers(scope)), drill.in_grid
            ),
            *balance_cards(warehouse, drill.in_grid, months_of(scope)),
        ],
    )


def owed_cards(
    warehouse: Warehouse, drill: Drill, state: State, standing: Standing, today: date
) -> list[Component]:
    """What is owed, and who owes it; nothing while receivables are off."""
    scope = drill.scope
    if not warehouse.has(OWING):
        return []
    return [
        html.Div(
            [
                *aged(warehouse, drill, standing),
                attempts(warehouse.query(*queries.attempts(scope)), drill.in_grid),
            ],
            className="cards",
        ),
        owing(warehouse, scope, state, today),
    ]


def aged(warehouse: Warehouse, drill: Drill, standing: Standing) -> list[Component]:
    """What is owed by age; nothing while receivables are off."""
    if not warehouse.has(OWING):
        return []
    owed = warehouse.query(*queries.receivables(drill.scope))[0]
    notes = month_lacks_rates(warehouse, drill.scope, "receivables_monthly")
    return [
        receivables(owed, drill, standing),
        *(html.P(note, className="others") for note in notes),
    ]


def accounts(offered: Sequence[Row], scope: Scope) -> list[str]:
    """The accounts that the page shows; percentiles need it to be one."""
    if scope.account:
        return [scope.account]
    return sorted(
        row["source_relation"] for row in offered if row["currency"] == scope.currency
    )


def fulfillment(
    warehouse: Warehouse, drill: Drill, duration: str, accounts: Sequence[str]
) -> Component:
    scope = drill.scope
    title = "Time to fulfillment by week"
    if len(accounts) > 1:
        message = "Medians of several accounts do not add up: choose an account."
        return card(title, html.P(message, className="none"), name="fulfillment")
    weeks = warehouse.query(*queries.fulfillment(scope, duration, accounts[0]))
    measured = replace(OF_DAYS["mean_days_to_payment"], figure=duration)

    def charged(row: Row) -> str:
        """The charges of a week, with how long each of them took."""
        days = days_of(row["reporting_week"], "reporting_week")
        return drill.to(measured, *between(measured.day, days))

    switch = chooser(
        dmc.SegmentedControl,
        "duration",
        duration,
        data=options({name: label for name, (label, _) in DURATIONS.items()}),
        **{"aria-label": "Time that is measured"},
    )
    series = [
        Series("median_days", "Median", 1),
        Series("p90_days", "90th percentile", 3),
    ]
    return chart_card(
        title,
        lines(weeks, "reporting_week", series, unit=" d"),
        tools=[html.Div(switch, className="card-tools")],
        header=[
            "Week",
            "Charges",
            "Median",
            "90th percentile",
            "Mean",
            "Median, change",
        ],
        figures=[
            [
                Cell(formatting.day(row["reporting_week"]), row["reporting_week"]),
                Cell.of("count", row["charge_count"], href=charged(row)),
                *(Cell.of("days", row[f"{kind}_days"]) for kind in KINDS),
                Cell(formatting.change(row["median_change"]), row["median_change"]),
            ]
            for row in weeks
        ],
        note=f"Days from {DURATIONS[duration][1]}, of successful charges.",
        name="fulfillment",
        definition=meanings(
            "finance_operations_fulfillment_weekly",
            {kind.capitalize(): f"{kind}_{duration}" for kind in KINDS},
        ),
    )


PAGE = Page("/finance", "Finance Operations", "pulse", layout)
