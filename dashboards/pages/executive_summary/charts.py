"""The charts of the Executive Summary, and what net charges are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from dash.development.base_component import Component

from dashboards.address import address, periods
from dashboards.address.scope import ComparedScope, Scope
from dashboards.components import (
    Cell,
    Series,
    bars,
    chart_card,
    defined,
    figures_card,
    linked,
    share_card,
)
from dashboards.pages.course import annotation_lines, month_goal
from dashboards.pages.drill import Drill, Period, days_of
from dashboards.queries import executive_summary as queries
from dashboards.text import formatting
from dashboards.text.definitions import definition, meanings
from dashboards.warehouse import Row, Warehouse

MART = queries.DAILY.mart
NET_CHANGE = "net_change"  # the card, and the anchor of links to it
STATUS_COLOURS = dict(zip(queries.STATUSES, (1, 2, 6), strict=True))


@dataclass(frozen=True)
class Course:
    """Figures by `period`, a column of UNITS, and what people noted of its days: a line
    each on all charts."""

    rows: Sequence[Row]
    period: str
    notes: Sequence[dict[str, Any]]


def course_of(warehouse: Warehouse, scope: ComparedScope, period: str) -> Course:
    rows = warehouse.query(*queries.DAILY.course(scope, period))
    return Course(rows, period, annotation_lines(warehouse, scope, rows))


def over_time(warehouse: Warehouse, course: Course, drill: Drill) -> Component:
    series = [
        Series("gross_charge_amount", "Successful", 1),
        Series("failed_charge_amount", "Failed", 2, hangs=True),
        Series("refund_amount", "Refunded", 3, hangs=True),
    ]
    return course_card(
        *("Successful, failed and refunded", course, series, drill),
        currency=drill.scope.currency,
        goal=month_goal(warehouse, drill.scope, course.period, series[0].field),
    )


def net_over_time(warehouse: Warehouse, course: Course, drill: Drill) -> Component:
    series = [Series("net_charge_amount", "Net charges")]
    return course_card(
        *("Net charges", course, series, drill),
        currency=drill.scope.currency,
        goal=month_goal(warehouse, drill.scope, course.period, series[0].field),
    )


def count_over_time(course: Course, drill: Drill) -> Component:
    series = [
        Series(f"{status}_charge_count", status.capitalize(), colour)
        for status, colour in STATUS_COLOURS.items()
    ]
    return course_card("Number of charges", course, series, drill)


def course_card(
    title: str,
    course: Course,
    series: Sequence[Series],
    drill: Drill,
    *,
    currency: str | None = None,
    goal: Sequence[dict[str, Any]] = (),
) -> Component:
    """Bars by day, week or month; amounts where there is a currency, else counts."""

    def cell(row: Row, field: str) -> Cell:
        days = days_of(row["period"], course.period)
        href = rows_of(field, days, drill) if row[field] else None
        return Cell.of(kind, row[field], currency, href, field)

    unit = periods.UNITS[course.period]
    kind = "money" if currency else "count"
    over = [*course.notes, *goal]
    return chart_card(
        f"{title} by {unit}",
        bars(course.rows, "period", series, currency=currency, referenceLines=over),
        header=[unit.capitalize(), *(one.label for one in series)],
        figures=[
            [
                Cell(formatting.day(row["period"]), row["period"]),
                *(cell(row, one.field) for one in series),
            ]
            for row in course.rows
        ],
        currency=currency,
        note=None if unit == "day" else f"Only the chosen days of a {unit} count.",
        name="-".join(one.field for one in series),
        definition=meanings(MART, {one.label: one.field for one in series}),
    )


def rows_of(figure: str, days: Period, drill: Drill) -> str | None:
    """Net charges are of two tables: this page has their parts, of these days too."""
    if figure != "net_charge_amount":
        return drill.of_days(figure, days=days)
    first, last = days
    day = f"{max(first, drill.scope.first)},{min(last, drill.scope.last)}"
    found = address("/", **{**drill.here.state, "days": day})
    return f"{found}#{NET_CHANGE}"


def net_change(totals: Row, scope: ComparedScope, drill: Drill) -> Component:
    """Why net charges are more or less than before: what was charged and went back."""
    before = replace(drill, scope=earlier(scope))

    def line(name: str, label: str) -> list[Cell | str]:
        now, then = totals[name], totals[f"previous_{name}"]
        moved = None if now is None or then is None else now - then

        def cell(value: Decimal | None, drill: Drill) -> Cell:
            href = drill.of_days(name) if value else None
            return Cell.of("money", value, scope.currency, href)

        money = formatting.signed_money(moved, scope.currency)
        return [label, cell(now, drill), cell(then, before), Cell(money, moved)]

    return figures_card(
        "Why net charges changed",
        header=[
            "Amount",
            formatting.day_range(scope.first, scope.last),
            formatting.day_range(scope.compared_first, scope.compared_last),
            "Change",
        ],
        figures=[
            line("gross_charge_amount", "Gross charges"),
            line("refund_amount", "less refunds"),
            line("net_charge_amount", "Net charges"),
        ],
        note="Each figure opens its rows; refunds count on the day they were made.",
        name=NET_CHANGE,
        currency=scope.currency,
    )


def earlier(scope: ComparedScope) -> Scope:
    """The days that those of the scope are compared with."""
    return replace(scope, first=scope.compared_first, last=scope.compared_last)


def status_share(totals: Row, drill: Drill) -> Component:
    """How the charges of these days ended, as of now."""
    parts = [
        (
            defined(
                status_label(status, totals),
                definition(MART, f"{status}_charge_count"),
            ),
            linked(
                formatting.count(totals[f"{status}_charge_count"]),
                drill.of_days(f"{status}_charge_count")
                if totals[f"{status}_charge_count"]
                else None,
            ),
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
