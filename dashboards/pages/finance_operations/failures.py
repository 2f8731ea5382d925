"""What Finance Operations says of failed charges: why, and what came back."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.address import periods
from dashboards.components import (
    Cell,
    Column,
    Series,
    bars,
    chart_card,
    linked,
    ranked_card,
    table_card,
)
from dashboards.pages.drill import (
    Drill,
    days_of,
    one_of,
    unless_none,
)
from dashboards.queries import finance_operations as queries
from dashboards.text import formatting
from dashboards.text.definitions import definition, meanings
from dashboards.text.formatting import words
from dashboards.warehouse import Row

REASONS = "finance_operations_failure_reasons"
MOST_REASONS = 8


def most_frequent(reasons: Sequence[Row], drill: Drill) -> Component:
    parts = [
        (
            words(row["failure_code"]),
            linked(
                formatting.count(row["charge_count"]),
                failed_with(row, drill) if row["charge_count"] else None,
            ),
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


def failed_with(row: Row, drill: Drill) -> str | None:
    """Charges of the days that failed with the code of a row."""
    code = one_of("failure_code", row["failure_code"])
    return drill.of_days("failed_charge_amount", code)


def recovered_from(row: Row, drill: Drill) -> str | None:
    """Payments of the days whose first failure had the code of a row, and came back."""
    code = one_of("first_failure_code", row["failure_code"])
    return drill.of_days("recovered_payment_amount", code)


def recovery(course: Sequence[Row], period: str, drill: Drill) -> Component:
    """Of payments that failed at first: what came back, on the day of the failure."""
    currency = drill.scope.currency

    def cell(row: Row, field: str, kind: str = "money") -> Cell:
        days = days_of(row["period"], period)
        href = drill.of_days(field, days=days) if row[field] else None
        return Cell.of(kind, row[field], currency, href, field)

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
                Cell(formatting.day(row["period"]), row["period"]),
                *(cell(row, one.field) for one in series),
                cell(row, "recovery_rate", "rate"),
            ]
            for row in course
        ],
        currency=currency,
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


def failure_reasons(reasons: Sequence[Row], drill: Drill) -> Component:
    failed = unless_none("charge_count", lambda row: failed_with(row, drill))
    recovered = unless_none("recovered_count", lambda row: recovered_from(row, drill))
    columns = [
        Column("failure_code", "Reason", "words", width=130, wraps=True),
        Column("is_retryable", "Retryable", "flag"),
        Column("charge_count", "Charges", "count", failed),
        Column("charge_amount", "Amount", "money", shares="charge_count"),
        Column("recovered_count", "Recovered", "count", recovered),
        Column(
            *("recovered_amount", "Recovered amount", "money"),
            shares="recovered_count",
        ),
        Column(
            *("recovery_rate", "Recovery", "rate"),
            shares="recovered_count",
            definition=definition(queries.DAILY.mart, "recovery_rate"),
        ),
        Column("recommendation", "What to do", width=180, wraps=True),
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
