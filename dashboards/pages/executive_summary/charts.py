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
    """Why net charges are more or less than before: how many charges, of what size,
    and what went back."""
    before = replace(drill, scope=earlier(scope))
    known = {**totals, **means(totals), **means(totals, "previous_")}

    def line(name: str, label: str, kind: str = "money") -> list[Cell | str]:
        now, then = known[name], known[f"previous_{name}"]
        moved = None if now is None or then is None else now - then

        def cell(value: Decimal | None, drill: Drill) -> Cell:
            href = drill.of_days(name) if value else None
            return Cell.of(kind, value, scope.currency, href)

        change = (
            formatting.signed_money(moved, scope.currency)
            if kind == "money"
            else formatting.signed_count(moved)
        )
        return [label, cell(now, drill), cell(then, before), Cell(change, moved)]

    return figures_card(
        "Why net charges changed",
        header=[
            "Amount",
            formatting.day_range(scope.first, scope.last),
            formatting.day_range(scope.compared_first, scope.compared_last),
            "Change",
        ],
        figures=[
            line("gross_charge_count", "Number of charges", "count"),
            line("mean_charge_amount", "Amount of a charge, on average"),
            line("gross_charge_amount", "Gross charges"),
            line("refund_count", "Number of refunds", "count"),
            line("refund_amount", "less refunds"),
            line("net_charge_amount", "Net charges"),
        ],
        note=[
            reason(known, scope.currency),
            " Each figure opens its rows; refunds count on the day they were made.",
        ],
        name=NET_CHANGE,
        currency=scope.currency,
    )


def means(totals: Row, prefix: str = "") -> Row:
    """What a gross charge comes to on average; None without charges."""
    count = totals[f"{prefix}gross_charge_count"]
    amount = totals[f"{prefix}gross_charge_amount"]
    mean = None
    if count and amount is not None:
        mean = formatting.rounded(amount / count, 6)
    return {f"{prefix}mean_charge_amount": mean}


def reason(known: Row, currency: str) -> str:
    """`More charges (+28) of a larger amount (+3.10 USD), and more refunds (+2).`"""

    def moved(name: str) -> Decimal | None:
        now, then = known[name], known[f"previous_{name}"]
        return None if now is None or then is None else now - then

    def how_many(name: str, noun: str) -> str:
        change = moved(name)
        if not change:
            return f"as many {noun}"
        word = "more" if change > 0 else "fewer"
        return f"{word} {noun} ({formatting.signed_count(change)})"

    size = moved("mean_charge_amount")
    of_size = ""
    if size:
        word = "larger" if size > 0 else "smaller"
        of_size = f" of a {word} amount ({formatting.signed_money(size, currency)})"
    charges = how_many("gross_charge_count", "charges")
    refunds = how_many("refund_count", "refunds")
    return f"{charges[:1].upper()}{charges[1:]}{of_size}, and {refunds}."


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
