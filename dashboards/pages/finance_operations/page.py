"""Finance Operations: what failed, what came back, what is owed, what is paid out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.address import State, periods
from dashboards.address.errors import NoData, NotFound
from dashboards.address.scope import Scope, Standing, read_scope
from dashboards.components import (
    Column,
    Series,
    bars,
    card,
    chart_card,
    chooser,
    lines,
    options,
    page_header,
    ranked_card,
    table_card,
    tiles,
)
from dashboards.pages.finance_operations.balance import balance_cards
from dashboards.pages.finance_operations.money import owing, receivables, top_customers
from dashboards.pages.finance_operations.tiles import OWING, figure_tiles
from dashboards.pages.page import Page
from dashboards.pages.scope import choosers, gross_in_others, subtitle
from dashboards.queries import finance_operations as queries
from dashboards.queries.shared import SCOPE
from dashboards.text import formatting
from dashboards.text.definitions import definition, meanings
from dashboards.text.formatting import words
from dashboards.warehouse import Row, Warehouse

DURATIONS = {
    "days_to_fulfillment": ("Fulfillment", "asked for to funds available"),
    "days_to_payment": ("Payment", "asked for to paid"),
    "days_to_settlement": ("Settlement", "paid to funds available"),
}
REASONS = "finance_operations_failure_reasons"
KINDS = ("median", "p90", "mean")
MOST_REASONS = 8


def layout(warehouse: Warehouse, state: State) -> Component:
    offered = warehouse.query(SCOPE)
    if not offered:
        raise NoData("There are no charges, refunds or customers yet.")
    scope, bounds = read_scope(state, offered)
    duration = state.get("duration", "days_to_fulfillment")
    if duration not in DURATIONS:
        raise NotFound("There is no such time to measure.")
    standing = Standing.of(scope.last, bounds[1])
    period = periods.period_of((scope.first, scope.last))
    course = warehouse.query(*queries.DAILY.course(scope, period))
    reasons = warehouse.query(*queries.failure_reasons(scope))
    return html.Div(
        [
            page_header(
                "Finance Operations",
                subtitle(scope),
                *choosers(scope, offered, bounds),
            ),
            *gross_in_others(warehouse, scope, "/finance", state),
            tiles(figure_tiles(warehouse, scope, course, standing)),
            html.Div(
                [
                    most_frequent(reasons),
                    recovery(course, period, scope.currency),
                ],
                className="cards",
            ),
            failure_reasons(reasons),
            fulfillment(warehouse, scope, duration, accounts(offered, scope)),
            *owed_cards(warehouse, scope, standing, bounds[1]),
            top_customers(warehouse.query(*queries.top_customers(scope))),
            *balance_cards(warehouse, scope, months_of(scope)),
        ]
    )


def owed_cards(
    warehouse: Warehouse, scope: Scope, standing: Standing, today: date
) -> list[Component]:
    """What is owed, and who owes it; nothing while receivables are off."""
    if not warehouse.has(OWING):
        return []
    owed = warehouse.query(*queries.receivables(scope))[0]
    return [
        html.Div(
            [
                receivables(owed, scope.currency, standing),
                attempts(warehouse.query(*queries.attempts(scope)), scope),
            ],
            className="cards",
        ),
        owing(warehouse.query(*queries.owing(scope)), today),
    ]


def accounts(offered: Sequence[Row], scope: Scope) -> list[str]:
    """The accounts that the page shows; percentiles need it to be one."""
    if scope.account:
        return [scope.account]
    return sorted(
        row["source_relation"] for row in offered if row["currency"] == scope.currency
    )


def most_frequent(reasons: Sequence[Row]) -> Component:
    parts = [
        (
            words(row["failure_code"]),
            formatting.count(row["charge_count"]),
            row["charge_share"],
        )
        for row in reasons[:MOST_REASONS]
    ]
    return ranked_card(
        "Why charges failed",
        parts,
        note="Share of failed charges.",
        definition=definition(REASONS, "charge_count"),
        empty="No charge failed in these days.",
    )


def recovery(course: Sequence[Row], period: str, currency: str) -> Component:
    """Of payments that failed at first: what came back, on the day of the failure."""
    unit = periods.UNITS[period]
    series = [
        Series("recovered_payment_amount", "Recovered", 1),
        Series("unrecovered_amount", "Not recovered", 6),
    ]
    return chart_card(
        f"Recovery of failed payments by {unit}",
        bars(course, "period", series, currency=currency),
        header=[unit.capitalize(), "Recovered", "Not recovered", "Recovery rate"],
        figures=[
            [
                formatting.day(row["period"]),
                *(formatting.money(row[one.field], currency) for one in series),
                formatting.rate(row["recovery_rate"]),
            ]
            for row in course
        ],
        note="Payments whose first attempt failed, by the day of that attempt.",
        name="recovery",
        definition=meanings(
            queries.DAILY.mart,
            {
                "Recovered": "recovered_payment_amount",
                "All": "first_failed_payment_amount",
                "Recovery rate": "recovery_rate",
            },
        ),
    )


def failure_reasons(reasons: Sequence[Row]) -> Component:
    columns = [
        Column("failure_code", "Reason", "words"),
        Column("is_retryable", "Retryable", "flag"),
        Column("charge_count", "Charges", "count"),
        Column("charge_amount", "Amount", "money"),
        Column("recovered_count", "Recovered", "count"),
        Column("recovered_amount", "Recovered amount", "money"),
        Column(
            *("recovery_rate", "Recovery", "rate"),
            definition=definition(queries.DAILY.mart, "recovery_rate"),
        ),
        Column("recommendation", "What to do", width=230, wraps=True),
    ]
    return table_card(
        "Failure reasons",
        columns,
        reasons,
        name="failure_reasons",
        mart=REASONS,
        note="A recovered payment counts once, under the code of its first failure.",
        empty="No charge failed in these days.",
    )


def fulfillment(
    warehouse: Warehouse, scope: Scope, duration: str, accounts: Sequence[str]
) -> Component:
    title = "Time to fulfillment by week"
    if len(accounts) > 1:
        message = "Medians of several accounts do not add up: choose an account."
        return card(title, html.P(message, className="none"), name="fulfillment")
    weeks = warehouse.query(*queries.fulfillment(scope, duration, accounts[0]))
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
        html.Div(
            [
                html.Div(switch, className="card-tools"),
                lines(weeks, "reporting_week", series, unit=" d"),
            ]
        ),
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
                formatting.day(row["reporting_week"]),
                formatting.count(row["charge_count"]),
                *(formatting.days(row[f"{kind}_days"]) for kind in KINDS),
                formatting.change(row["median_change"]),
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


def attempts(rows: Sequence[Row], scope: Scope) -> Component:
    columns = [
        Column("attempt_count", "Attempts", "count"),
        Column("invoice_count", "Invoices", "count"),
        Column(
            *("paid_rate", "Paid", "rate"),
            definition="Of the invoices with this many tries, those that are paid.",
        ),
        Column("amount_due", "Due", "money"),
        Column("amount_paid", "Paid amount", "money"),
    ]
    return table_card(
        "Invoices by number of attempts",
        columns,
        rows,
        name="invoice_attempts",
        mart="finance_operations_invoice_attempts",
        note=f"Invoices of {months_of(scope)}.",
        empty="No invoices in these months.",
    )


def months_of(scope: Scope) -> str:
    """The months that the days touch, for what is known by month only."""
    if (scope.first.year, scope.first.month) == (scope.last.year, scope.last.month):
        return formatting.month(scope.last)
    return formatting.month_range(scope.first, scope.last)


PAGE = Page("/finance", "Finance Operations", "pulse", layout)
