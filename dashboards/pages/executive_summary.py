"""Executive Summary: the business at a glance, against the month before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards.address import State, address, periods
from dashboards.address.errors import NoData
from dashboards.address.scope import Scope, Standing, read_scope
from dashboards.components import (
    Change,
    Series,
    bars,
    chart_card,
    defined,
    page_header,
    share_card,
    tile,
    tiles,
)
from dashboards.pages.own import by_own
from dashboards.pages.page import Page
from dashboards.pages.scope import choosers, gross_in_others, subtitle
from dashboards.queries import executive_summary as queries
from dashboards.queries.shared import SCOPE
from dashboards.text import formatting
from dashboards.text.definitions import definition, meanings
from dashboards.warehouse import Row, Warehouse


@dataclass(frozen=True)
class Figure:
    """A tile over the chosen days; `better` says where its owner wants it to go."""

    name: str
    label: str
    kind: str
    better: str | None
    note: str | None = None


# Notes where another figure of the same name, or beside it, is taken otherwise.
FIGURES = (
    Figure("gross_charge_amount", "Gross charges", "money", "up"),
    Figure("refund_amount", "Refunds", "money", "down"),
    Figure("net_charge_amount", "Net charges", "money", "up", "before fees"),
    Figure(
        *("net_volume_amount", "Net volume", "money", "up"),
        note="after fees, of all that settles in {currency}",
    ),
    Figure(
        *("charge_success_rate", "Charge success rate", "rate", "up"),
        note="by attempt, without pending",
    ),
    Figure(
        *("payment_success_rate", "Payment success rate", "rate", "up"),
        note="by payment, retries folded",
    ),
    Figure("failed_charge_amount", "Failed charges", "money", "down"),
    Figure("dispute_amount", "Disputes", "money", "down"),
    Figure("new_customer_count", "New customers", "count", "up"),
)
# The mart without whose domain a figure is not shown.
NEEDS = {
    "net_volume_amount": "fct_balance_transactions",
    "dispute_amount": "fct_disputes",
}
MART, MONTHLY = queries.DAILY.mart, "executive_summary_monthly"
# Of which figure a column is that hangs below zero.
DRAWN = {
    "failed_below_zero": "failed_charge_amount",
    "refunded_below_zero": "refund_amount",
}
TIME = Figure("mean_days_to_payment", "Mean time to payment", "days", "down")
STATUS_COLOURS = dict(zip(queries.STATUSES, (1, 2, 6), strict=True))
COUNTED = {
    "gross_charge_amount": ("gross_charge_count", "captured charge"),
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
    return html.Div(
        [
            page_header(
                "Executive Summary", subtitle(scope), *choosers(scope, offered, bounds)
            ),
            *gross_in_others(warehouse, scope, "/", state),
            tiles(
                [
                    *(
                        figure_tile(figure, totals, course, scope)
                        for figure in FIGURES
                        if warehouse.has(NEEDS.get(figure.name, MART))
                    ),
                    *state_tiles(warehouse, scope, bounds[1]),
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
            *by_own(warehouse, state, scope),
        ]
    )


def state_tiles(warehouse: Warehouse, scope: Scope, today: date) -> list[Component]:
    """How things stand at the end of the days' month."""
    now = warehouse.query(*queries.state_of_today(scope))[0]
    found = []
    if warehouse.has("mrr_monthly"):
        mrr = warehouse.query(*queries.month_ends(scope, "mrr", scope.last))
        found.append(mrr_tile(mrr, scope.currency, today))
    is_owed = warehouse.has("receivables_monthly")
    if is_owed:
        owed = warehouse.query(*queries.month_ends(scope, "receivables", scope.last))
        standing = Standing.of(scope.last, today)
        found.append(unpaid_tile(now, owed, scope, standing))
    return [*found, delinquent_tile(now, today, is_owed)]


def figure_tile(
    figure: Figure, totals: Row, course: Sequence[Row], scope: Scope
) -> Component:
    moved = totals[f"{figure.name}_change"]
    note = figure.note
    if note:
        note = note.format(currency=scope.currency.upper())
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
        definition=definition(MART, figure.name),
    )


def from_nothing(figure: Figure, totals: Row) -> Change | None:
    """A figure that was zero before has no rate of change, and yet it moved."""
    value, before = totals[figure.name], totals[f"previous_{figure.name}"]
    if figure.kind == "rate" or before != 0 or not value:
        return None
    return Change.of("from 0", value, figure.better)


def mrr_tile(months: Sequence[Row], currency: str, today: date) -> Component:
    meaning = definition("mrr_monthly", "closing_mrr_amount")
    if not months:
        return tile(
            *("closing_mrr_amount", "MRR", None, "money"),
            href="/revenue",
            definition=meaning,
        )
    month = months[0]["reporting_month"]
    standing = Standing.of(month, today)
    return tile(
        "closing_mrr_amount",
        "MRR",
        months[0]["closing_amount"],
        "money",
        currency,
        note=f"{since(month)}, as of {formatting.day(standing.day)}",
        change=since_month_start(months[0], "up"),
        course=[row["closing_amount"] for row in reversed(months)],
        href="/revenue",
        definition=meaning,
    )


def unpaid_tile(
    now: Row, months: Sequence[Row], scope: Scope, standing: Standing
) -> Component:
    """What is open at the end of the days' month; its course is the receivables'."""
    label, amount, note = "Unpaid invoices", None, standing.text
    if months:
        amount = months[0]["closing_amount"]
        note = f"{since(months[0]['reporting_month'])}, {note}"
    if not standing.is_estimated:
        amount = now["unpaid_invoice_amount"]
        label = formatting.counted(now["unpaid_invoice_count"], "unpaid invoice")
    return tile(
        "unpaid_invoice_amount",
        label,
        amount,
        "money",
        scope.currency,
        note=note,
        change=since_month_start(months[0], "down") if months else None,
        course=[row["closing_amount"] for row in reversed(months)],
        href=address("/finance", currency=scope.currency),
        definition=definition(MONTHLY, "unpaid_invoice_amount"),
    )


def delinquent_tile(now: Row, today: date, is_owed: bool) -> Component:
    """Customers that Stripe flags; of the flag there is no history."""
    late = f"{formatting.count(now['past_due_customer_count'])} past due, "
    late = late if is_owed else ""
    return tile(
        "delinquent_customer_count",
        "Delinquent customers",
        now["delinquent_customer_count"],
        "count",
        note=f"{late}as of {formatting.day(today)}",
        href="/finance",
        definition=meanings(
            MONTHLY,
            {
                "Delinquent": "delinquent_customer_count",
                **({"Past due": "past_due_customer_count"} if is_owed else {}),
            },
        ),
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
        definition=meanings(
            MART, {one.label: DRAWN.get(one.field, one.field) for one in series}
        ),
    )


def status_share(totals: Row) -> Component:
    """How the charges of these days ended, as of now."""
    parts = [
        (
            defined(
                status_label(status, totals),
                definition(MART, f"{status}_charge_count"),
            ),
            formatting.count(totals[f"{status}_charge_count"]),
            totals[f"{status}_share"],
            colour,
        )
        for status, colour in STATUS_COLOURS.items()
    ]
    attempted = formatting.counted(totals["attempted_charge_count"], "charge")
    note = f"{attempted} attempted, pending included"
    return share_card("Charge status", parts, note=note, name="charge_status")


def status_label(status: str, totals: Row) -> str:
    """Charges that succeeded are more than those captured, where some are not."""
    uncaptured = totals["succeeded_charge_count"] - totals["gross_charge_count"]
    if status == "succeeded" and uncaptured:
        return f"Succeeded, {formatting.count(uncaptured)} not captured"
    return status.capitalize()


PAGE = Page("/", "Executive Summary", "gauge", layout)
