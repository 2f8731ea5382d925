"""Revenue: recurring revenue, how it moves, what stays, and what is still owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards.address import State, periods
from dashboards.address.errors import NoData, NotFound
from dashboards.address.scope import Scope, of_span, read_months
from dashboards.components import (
    Cell,
    Change,
    Column,
    Series,
    as_rates,
    bars,
    chart_card,
    choice,
    lines,
    options,
    page_header,
    table_card,
    tile,
    tiles,
)
from dashboards.pages.page import Page
from dashboards.pages.scope import in_others, money_choosers
from dashboards.queries import revenue as queries
from dashboards.queries.shared import of_others
from dashboards.text import formatting
from dashboards.text.definitions import definition, meanings
from dashboards.warehouse import Row, Warehouse

MART = "mrr_monthly"
SPANS = {"12": "12 months", "24": "24 months", "36": "36 months", "all": "All months"}
MOVEMENTS = (
    Series("new_mrr_amount", "New", 1),
    Series("reactivation_mrr_amount", "Reactivation", 5),
    Series("expansion_mrr_amount", "Expansion", 3),
    Series("contraction_below_zero", "Contraction", 4),
    Series("churn_below_zero", "Churn", 2),
)
CUSTOMERS = (
    Series("new_paying_customer_count", "New", 1),
    Series("reactivated_customer_count", "Reactivated", 5),
    Series("churned_below_zero", "Churned", 2),
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
    Series("paid_below_zero", "Paid", 3),
    Series("written_off_below_zero", "Written off", 2),
)
BELOW = {
    "contraction_below_zero": "contraction_mrr_amount",
    "churn_below_zero": "churn_mrr_amount",
    "churned_below_zero": "churned_customer_count",
    "paid_below_zero": "paid_amount",
    "written_off_below_zero": "written_off_amount",
}
MONTHLY = (
    Column("reporting_month", "Month", "month"),
    Column("opening_mrr_amount", "Opening", "money"),
    Column("new_mrr_amount", "New", "money"),
    Column("reactivation_mrr_amount", "Reactivation", "money", width=144),
    Column("expansion_mrr_amount", "Expansion", "money", width=128),
    Column("contraction_mrr_amount", "Contraction", "money", width=134),
    Column("churn_mrr_amount", "Churn", "money"),
    Column("closing_mrr_amount", "Closing", "money"),
    Column("closing_customer_count", "Customers", "count", width=126),
    Column("net_revenue_retention", "NRR", "rate", width=96),
    Column("gross_revenue_retention", "GRR", "rate", width=96),
    Column("is_estimated", "Estimated", "flag"),
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


def layout(warehouse: Warehouse, state: State) -> Component:
    offered = warehouse.query(queries.SCOPE)
    if not offered:
        raise NoData("There is no recurring revenue yet.")
    scope, choosers = read_scope(state, offered)
    months = with_names(warehouse.query(*queries.months(scope)))
    if not months:
        raise NoData("There is no recurring revenue in these months.")
    as_of = warehouse.freshness().as_of
    mrr = MART, "closing_mrr_amount", "reporting_month"
    others = of_others(scope, *mrr, first=scope.last)
    latest = months[-1]
    is_open = as_of is not None and latest["reporting_month"] == as_of.replace(day=1)
    when = formatting.day(as_of) if is_open else latest["month"]
    return html.Div(
        [
            page_header("Revenue", f"Through {when}", *choosers),
            *in_others("MRR", warehouse.query(*others), "/revenue", state),
            tiles([*state_tiles(months, when), *rate_tiles(months, is_open)]),
            movements_card(months, scope.currency),
            html.Div(
                [
                    course_card(months, scope.currency),
                    rates_card("Revenue retention", months, RETENTION, "retention"),
                    customers_card(months),
                    rates_card("Churn", months, CHURN, "churn"),
                ],
                className="cards",
            ),
            table_card(
                "Recurring revenue by month",
                MONTHLY,
                months[::-1],
                name="months",
                mart=MART,
                note=estimated_note(months),
                page_size=12,
            ),
            *receivables_of(warehouse, scope),
        ]
    )


def receivables_of(warehouse: Warehouse, scope: Scope) -> list[Component]:
    if not warehouse.has("receivables_monthly"):
        return []
    months = with_names(warehouse.query(*queries.receivables(scope)))
    return receivables_cards(months, scope.currency)


def read_scope(state: State, offered: Sequence[Row]) -> tuple[Scope, list[Component]]:
    """What the address asks for, and the choosers of it."""
    missing = "There is no recurring revenue in this currency."
    known = read_months(state, offered, missing)
    span = state.get("months") or "24"
    if span not in SPANS:
        raise NotFound("There are no figures for these months.")
    months = months_between(known.first, known.last)
    chosen = state.get("through") or known.last.isoformat()
    if chosen not in months:
        raise NotFound("There is no recurring revenue for this month.")
    scope = of_span(replace(known, last=date.fromisoformat(chosen)), span)
    return scope, [
        choice("months", "Show", span, options(SPANS)),
        choice("through", "Through", chosen, options(months)),
        *money_choosers(scope, offered),
    ]


def months_between(first: date, last: date) -> dict[str, str]:
    """{`2026-10-01`: `Oct 2026`}, the last month first."""
    months, month = {}, last
    while month >= first:
        months[month.isoformat()] = formatting.month(month)
        month = periods.months_before(month, 1)
    return months


def with_names(rows: Sequence[Row]) -> list[Row]:
    return [{**row, "month": formatting.month(row["reporting_month"])} for row in rows]


def state_tiles(months: Sequence[Row], when: str) -> list[Component]:
    """What stands at the end of the last month, against the end of the one before."""
    latest, note = months[-1], f"end of {when}"

    def figure(name: str, label: str, moved: str, kind: str = "money") -> Component:
        return tile(
            name,
            label,
            latest[name],
            kind,
            latest["currency"],
            note=note,
            change=Change.by(kind, latest[moved], "up"),
            course=[row[name] for row in months],
            definition=definition(MART, name),
        )

    return [
        figure("closing_mrr_amount", "MRR", "closing_mrr_change"),
        figure("arr_amount", "ARR", "closing_mrr_change"),
        figure(
            "closing_customer_count",
            "Customers with MRR",
            "closing_customer_change",
            "count",
        ),
        figure("arpa_amount", "MRR per customer", "arpa_change"),
    ]


def rate_tiles(months: Sequence[Row], is_open: bool) -> list[Component]:
    """What happened in the last month; one that is not over is compared with none."""
    latest, before = months[-1], months[-2] if len(months) > 1 else None

    def rate(name: str, label: str, better: str) -> Component:
        change, note = None, f"{latest['month']} so far"
        if is_open and before:
            note += f", {before['month']} {formatting.rate(before[name])}"
        elif not is_open:
            change = Change.by("rate", latest[f"{name}_difference"], better)
            note = f"in {latest['month']}"
        return tile(
            name,
            label,
            latest[name],
            "rate",
            note=note,
            change=change,
            course=[row[name] for row in months],
            definition=definition(MART, name),
        )

    return [
        rate("net_revenue_retention", "Net revenue retention", "up"),
        rate("gross_revenue_retention", "Gross revenue retention", "up"),
        rate("customer_churn_rate", "Customer churn", "down"),
        tile(
            "quick_ratio",
            "Quick ratio",
            latest["quick_ratio"],
            "multiple",
            note="gained for each lost",
            course=[row["quick_ratio"] for row in months],
            definition=definition(MART, "quick_ratio"),
        ),
    ]


def movements_card(months: Sequence[Row], currency: str) -> Component:
    return chart_card(
        "MRR movements by month",
        bars(months, "month", MOVEMENTS, currency=currency),
        **numbers(months, MOVEMENTS, "money", currency),
        note="Opening + new + reactivation + expansion − contraction − churn = closing",  # noqa: RUF001
        name="movements",
        definition=drawn(MART, MOVEMENTS),
    )


def course_card(months: Sequence[Row], currency: str) -> Component:
    series = [Series("closing_mrr_amount", "MRR", 1)]
    return chart_card(
        "MRR",
        lines(months, "month", series, currency=currency),
        **numbers(months, series, "money", currency),
        name="course",
        definition=drawn(MART, series),
    )


def customers_card(months: Sequence[Row]) -> Component:
    return chart_card(
        "Customers with MRR won and lost",
        bars(months, "month", CUSTOMERS),
        **numbers(months, CUSTOMERS, "count"),
        name="customers",
        definition=drawn(MART, CUSTOMERS),
    )


def rates_card(
    title: str, months: Sequence[Row], series: Sequence[Series], name: str
) -> Component:
    return chart_card(
        title,
        lines(months, "month", series, **as_rates(domain=["auto", "auto"])),
        **numbers(months, series, "rate"),
        note="Of what the month opened with",
        name=name,
        definition=drawn(MART, series),
    )


def drawn(mart: str, series: Sequence[Series]) -> str:
    """What a chart's series mean; those below zero are the mart's, negative."""
    return meanings(
        mart, {one.label: BELOW.get(one.field, one.field) for one in series}
    )


def numbers(
    rows: Sequence[Row],
    series: Sequence[Series],
    kind: str,
    currency: str | None = None,
) -> dict:
    """Header and figures of a chart's table."""
    return {
        "header": ["Month", *(one.label for one in series)],
        "figures": [
            [
                Cell(row["month"], row["reporting_month"]),
                *(Cell.of(kind, row[one.field], currency) for one in series),
            ]
            for row in rows
        ],
        "currency": currency,
    }


def estimated_note(months: Sequence[Row]) -> str | None:
    if not any(row["is_estimated"] for row in months):
        return None
    return "Estimated: before the first snapshot, rebuilt from invoices"


def receivables_cards(rows: Sequence[Row], currency: str) -> list[Component]:
    if not rows:
        return []
    return [
        chart_card(
            "Receivables by month",
            bars(rows, "month", OWED, currency=currency),
            **numbers(rows, OWED, "money", currency),
            note="Opening + invoiced − paid − written off = closing",  # noqa: RUF001
            name="receivables_chart",
            definition=drawn("receivables_monthly", OWED),
        ),
        table_card(
            "Receivables rolled forward",
            RECEIVABLES,
            rows[::-1],
            name="receivables",
            mart="receivables_monthly",
            note="DSO: days sales outstanding, at the pace of the month. What was owed "
            "at the end of months that are over is estimated from dated charges",
            page_size=12,
        ),
    ]


PAGE = Page("/revenue", "Revenue", "trend", layout, needs=(MART,))
