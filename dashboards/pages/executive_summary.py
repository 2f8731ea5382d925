"""Executive Summary: the business at a glance, against the month before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards import formatting, periods
from dashboards.address import State, address
from dashboards.components import (
    Change,
    Series,
    bars,
    chart_card,
    page_header,
    share_card,
    tile,
    tiles,
)
from dashboards.errors import NoData
from dashboards.pages.page import Page
from dashboards.queries import executive_summary as queries
from dashboards.queries.scope import SCOPE, Scope
from dashboards.scope import choosers, read_scope, subtitle
from dashboards.warehouse import Row, Warehouse


@dataclass(frozen=True)
class Figure:
    """A tile over the chosen days; `better` says where its owner wants it to go."""

    name: str
    label: str
    kind: str
    better: str | None


FIGURES = (
    Figure("gross_charge_amount", "Gross charges", "money", "up"),
    Figure("refund_amount", "Refunds", "money", "down"),
    Figure("net_charge_amount", "Net charges", "money", "up"),
    Figure("net_volume_amount", "Net volume", "money", "up"),
    Figure("charge_success_rate", "Charge success rate", "rate", "up"),
    Figure("payment_success_rate", "Payment success rate", "rate", "up"),
    Figure("failed_charge_amount", "Failed charges", "money", "down"),
    Figure("dispute_amount", "Disputes", "money", "down"),
    Figure("new_customer_count", "New customers", "count", "up"),
)
TIME = Figure("mean_days_to_payment", "Mean time to payment", "days", "down")
STATUS_COLOURS = dict(zip(queries.STATUSES, (1, 2, 6), strict=True))
COUNTED = {
    "gross_charge_amount": ("gross_charge_count", "charge"),
    "refund_amount": ("refund_count", "refund"),
    "failed_charge_amount": ("failed_charge_count", "charge"),
    "dispute_amount": ("dispute_count", "dispute"),
}


def layout(warehouse: Warehouse, state: State) -> Component:
    offered = warehouse.query(SCOPE)
    if not offered:
        raise NoData("There are no charges, refunds or customers yet.")
    scope, bounds = read_scope(state, offered)
    period = periods.period_of((scope.first, scope.last))
    totals = warehouse.query(*queries.DAILY.totals(scope))[0]
    course = warehouse.query(*queries.DAILY.course(scope, period))
    now = warehouse.query(*queries.state_of_today(scope))[0]
    mrr = warehouse.query(*queries.month_ends(scope, "mrr", scope.last))
    owed = warehouse.query(*queries.month_ends(scope, "receivables", bounds[1]))
    return html.Div(
        [
            page_header(
                "Executive Summary", subtitle(scope), *choosers(scope, offered, bounds)
            ),
            tiles(
                [
                    *(figure_tile(figure, totals, course, scope) for figure in FIGURES),
                    mrr_tile(mrr, scope.currency, bounds[1]),
                    unpaid_tile(now, owed, scope.currency),
                    delinquent_tile(now, bounds[1]),
                ]
            ),
            html.Div(
                [
                    over_time(course, period, scope.currency),
                    html.Div(
                        [
                            status_share(totals),
                            figure_tile(TIME, totals, course, scope),
                        ],
                        className="stack",
                    ),
                ],
                className="cards cards-wide",
            ),
            html.Div(
                [
                    net_over_time(course, period, scope.currency),
                    count_over_time(course, period),
                ],
                className="cards",
            ),
        ]
    )


def figure_tile(
    figure: Figure, totals: Row, course: Sequence[Row], scope: Scope
) -> Component:
    moved = totals[f"{figure.name}_change"]
    note = None
    if figure.name in COUNTED:
        column, noun = COUNTED[figure.name]
        note = formatting.counted(totals[column], noun)
    return tile(
        figure.name,
        figure.label,
        totals[figure.name],
        figure.kind,
        scope.currency,
        note=note,
        change=Change.by(figure.kind, moved, figure.better)
        or from_nothing(figure, totals),
        course=[row[figure.name] for row in course],
    )


def from_nothing(figure: Figure, totals: Row) -> Change | None:
    """A figure that was zero before has no rate of change, and yet it moved."""
    value, before = totals[figure.name], totals[f"previous_{figure.name}"]
    if figure.kind == "rate" or before != 0 or not value:
        return None
    return Change.of("from 0", value, figure.better)


def mrr_tile(months: Sequence[Row], currency: str, today: date) -> Component:
    if not months:
        return tile("closing_mrr_amount", "MRR", None, "money", href="/revenue")
    month = months[0]["reporting_month"]
    is_over = month < today.replace(day=1)
    return tile(
        "closing_mrr_amount",
        "MRR",
        months[0]["closing_amount"],
        "money",
        currency,
        note=f"in {formatting.month(month)}" if is_over else since(month),
        change=since_month_start(months[0], "up"),
        course=[row["closing_amount"] for row in reversed(months)],
        href="/revenue",
    )


def unpaid_tile(now: Row, months: Sequence[Row], currency: str) -> Component:
    """What is open today; its course is that of the receivables."""
    return tile(
        "unpaid_invoice_amount",
        formatting.counted(now["unpaid_invoice_count"], "unpaid invoice"),
        now["unpaid_invoice_amount"],
        "money",
        currency,
        note=since(months[0]["reporting_month"]) if months else None,
        change=since_month_start(months[0], "down") if months else None,
        course=[row["closing_amount"] for row in reversed(months)],
        href=address("/finance", currency=currency),
    )


def delinquent_tile(now: Row, today: date) -> Component:
    """Customers that Stripe flags; of the flag there is no history."""
    return tile(
        "delinquent_customer_count",
        "Delinquent customers",
        now["delinquent_customer_count"],
        "count",
        note=f"{formatting.count(now['past_due_customer_count'])} past due "
        f"on {formatting.day(today)}",
        href="/finance",
    )


def since(month: date) -> str:
    return f"since {formatting.day_of_year(month)}"


def since_month_start(month: Row, better: str) -> Change | None:
    return Change.by("money", month["closing_change"], better)


def over_time(course: Sequence[Row], period: str, currency: str) -> Component:
    series = [
        Series("gross_charge_amount", "Successful", 1),
        Series("failed_below_zero", "Failed", 2),
        Series("refunded_below_zero", "Refunded", 3),
    ]
    return course_card(
        "Successful, failed and refunded", course, period, series, currency
    )


def net_over_time(course: Sequence[Row], period: str, currency: str) -> Component:
    series = [Series("net_charge_amount", "Net charges")]
    return course_card("Net charges", course, period, series, currency)


def count_over_time(course: Sequence[Row], period: str) -> Component:
    series = [
        Series(f"{status}_charge_count", status.capitalize(), colour)
        for status, colour in STATUS_COLOURS.items()
    ]
    return course_card("Number of charges", course, period, series)


def course_card(
    title: str,
    course: Sequence[Row],
    period: str,
    series: Sequence[Series],
    currency: str | None = None,
) -> Component:
    """Bars by day, week or month; amounts where there is a currency, else counts."""
    unit = periods.UNITS[period]
    kind = "money" if currency else "count"
    return chart_card(
        f"{title} by {unit}",
        bars(course, "period", series, currency=currency),
        header=[unit.capitalize(), *(one.label for one in series)],
        figures=[
            [
                formatting.day(row["period"]),
                *(formatting.shown(kind, row[one.field], currency) for one in series),
            ]
            for row in course
        ],
        note=None if unit == "day" else f"Only the chosen days of a {unit} count.",
        name="-".join(one.field for one in series),
    )


def status_share(totals: Row) -> Component:
    """How the charges of these days ended, as of now."""
    parts = [
        (
            status.capitalize(),
            formatting.count(totals[f"{status}_charge_count"]),
            totals[f"{status}_share"],
            colour,
        )
        for status, colour in STATUS_COLOURS.items()
    ]
    note = f"{formatting.counted(totals['attempted_charge_count'], 'charge')} attempted"
    return share_card("Charge status", parts, note=note, name="charge_status")


PAGE = Page("/", "Executive Summary", "gauge", layout)
