"""The charts of Revenue, and what is owed by month."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.address.scope import Scope
from dashboards.components import (
    Cell,
    Column,
    Series,
    as_rates,
    bars,
    chart_card,
    lines,
    table_card,
)
from dashboards.pages.revenue.rows import RevenueDrill
from dashboards.queries.revenue import EFFECT
from dashboards.text.definitions import definition, meanings
from dashboards.warehouse import Row

MART = "mrr_monthly"
ROLLED = "Opening + new + reactivation + expansion − contraction − churn{} = closing"  # noqa: RUF001
OWED_ROLLED = "Opening + invoiced − paid − written off{} = closing"  # noqa: RUF001
MOVEMENTS = (
    Series("new_mrr_amount", "New", 1),
    Series("reactivation_mrr_amount", "Reactivation", 5),
    Series("expansion_mrr_amount", "Expansion", 3),
    Series("contraction_mrr_amount", "Contraction", 4, hangs=True),
    Series("churn_mrr_amount", "Churn", 2, hangs=True),
)
CUSTOMERS = (
    Series("new_paying_customer_count", "New", 1),
    Series("reactivated_customer_count", "Reactivated", 5),
    Series("churned_customer_count", "Churned", 2, hangs=True),
)
RETENTION = (
    Series("net_revenue_retention", "Net", 1),
    Series("gross_revenue_retention", "Gross", 2),
)
CHURN = (
    Series("customer_churn_rate", "Customers", 1),
    Series("mrr_churn_rate", "MRR", 2),
)
OWED = (
    Series("invoiced_amount", "Invoiced", 1),
    Series("paid_amount", "Paid", 3, hangs=True),
    Series("written_off_amount", "Written off", 2, hangs=True),
)
RECEIVABLES = (
    Column("reporting_month", "Month", "month"),
    Column("opening_amount", "Opening", "money"),
    Column("invoiced_amount", "Invoiced", "money"),
    Column("paid_amount", "Paid", "money"),
    Column("written_off_amount", "Written off", "money"),
    Column("closing_amount", "Closing", "money"),
    Column("days_sales_outstanding", "DSO", "days"),
)


def with_effect(columns: Sequence[Column], scope: Scope) -> list[Column]:
    """What rolls forward, with what exchange rates did where it is converted."""
    if not scope.is_converted:
        return list(columns)
    place = next(n for n, one in enumerate(columns) if one.field.startswith("closing_"))
    said = definition("mrr_monthly_converted", EFFECT)
    effect = Column(EFFECT, "Exchange rates", "money", width=160, definition=said)
    return [*columns[:place], effect, *columns[place:]]


def rates_of(drill: RevenueDrill) -> str:
    """What closes a roll-forward that is converted."""
    return " + exchange rates" if drill.scope.is_converted else ""


def movements_card(months: Sequence[Row], drill: RevenueDrill) -> Component:
    currency = drill.scope.currency
    return chart_card(
        "MRR movements by month",
        bars(months, "month", MOVEMENTS, currency=currency),
        **numbers(months, MOVEMENTS, "money", drill),
        note=ROLLED.format(rates_of(drill)),
        name="movements",
        definition=drawn(MART, MOVEMENTS),
    )


def course_card(months: Sequence[Row], drill: RevenueDrill) -> Component:
    currency = drill.scope.currency
    series = [Series("closing_mrr_amount", "MRR", 1)]
    return chart_card(
        "MRR",
        lines(months, "month", series, currency=currency),
        **numbers(months, series, "money", drill),
        name="course",
        definition=drawn(MART, series),
    )


def customers_card(months: Sequence[Row], drill: RevenueDrill) -> Component:
    return chart_card(
        "Customers with MRR won and lost",
        bars(months, "month", CUSTOMERS),
        **numbers(months, CUSTOMERS, "count", drill),
        name="customers",
        definition=drawn(MART, CUSTOMERS),
    )


def rates_card(
    title: str,
    months: Sequence[Row],
    series: Sequence[Series],
    name: str,
    drill: RevenueDrill,
) -> Component:
    return chart_card(
        title,
        lines(months, "month", series, **as_rates(domain=["auto", "auto"])),
        **numbers(months, series, "rate", drill),
        note="Of what the month opened with",
        name=name,
        definition=drawn(MART, series),
    )


def drawn(mart: str, series: Sequence[Series]) -> str:
    """What a chart's series mean."""
    return meanings(mart, {one.label: one.field for one in series})


def numbers(
    rows: Sequence[Row],
    series: Sequence[Series],
    kind: str,
    drill: RevenueDrill,
) -> dict:
    """Header and figures of a chart's table, each with its rows."""
    currency = drill.scope.currency if kind == "money" else None

    def cell(row: Row, field: str) -> Cell:
        href = drill.in_grid.of(row, field) if row[field] else None
        return Cell.of(kind, row[field], currency, href, field)

    return {
        "header": ["Month", *(one.label for one in series)],
        "figures": [
            [
                Cell(row["month"], row["reporting_month"]),
                *(cell(row, one.field) for one in series),
            ]
            for row in rows
        ],
        "currency": currency,
    }


def receivables_cards(rows: Sequence[Row], drill: RevenueDrill) -> list[Component]:
    if not rows:
        return []
    currency = drill.scope.currency
    return [
        chart_card(
            "Receivables by month",
            bars(rows, "month", OWED, currency=currency),
            **numbers(rows, OWED, "money", drill),
            note=OWED_ROLLED.format(rates_of(drill)),
            name="receivables_chart",
            definition=drawn("receivables_monthly", OWED),
        ),
        table_card(
            "Receivables rolled forward",
            drill.in_grid.linked(with_effect(RECEIVABLES, drill.scope)),
            rows[::-1],
            name="receivables",
            mart="receivables_monthly",
            note="DSO: days sales outstanding, at the pace of the month. What was owed "
            "at the end of months that are over is estimated from dated charges",
            page_size=12,
        ),
    ]
