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
    Column,
    choice,
    options,
    page_header,
    table_card,
    tiles,
)
from dashboards.pages.links import Here
from dashboards.pages.page import Page
from dashboards.pages.revenue.charts import (
    CHURN,
    RETENTION,
    course_card,
    customers_card,
    movements_card,
    rates_card,
    receivables_cards,
    with_effect,
)
from dashboards.pages.revenue.churn import churn_cards
from dashboards.pages.revenue.renewals import renewal_cards
from dashboards.pages.revenue.rows import RevenueDrill
from dashboards.pages.revenue.tiles import rate_tiles, state_tiles
from dashboards.pages.scope import (
    in_others,
    lacks_currency,
    money_choosers,
    source_notes,
    with_converted,
)
from dashboards.queries import revenue as queries
from dashboards.queries.shared import of_others
from dashboards.text import formatting
from dashboards.warehouse import Row, Warehouse

MART = "mrr_monthly"
MISSING = "There is no recurring revenue in this currency."
SPANS = {"12": "12 months", "24": "24 months", "36": "36 months", "all": "All months"}
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


def layout(warehouse: Warehouse, state: State) -> Component:
    offered = warehouse.query(queries.SCOPE)
    offered = with_converted(warehouse, offered, MART, "reporting_month")
    if not offered:
        raise NoData("There is no recurring revenue yet.")
    if lacking := lacks_currency("/revenue", state, offered, MISSING):
        return html.Div(lacking)
    scope, choosers = read_scope(state, offered)
    months = with_names(warehouse.query(*queries.months(scope)))
    if not months:
        raise NoData("There is no recurring revenue in these months.")
    drill = RevenueDrill(Here("/revenue", state), scope, warehouse.freshness().as_of)
    as_of = warehouse.freshness().as_of
    mrr = MART, "closing_mrr_amount", "reporting_month"
    others = of_others(scope, *mrr, first=scope.last)
    latest = months[-1]
    is_open = as_of is not None and latest["reporting_month"] == as_of.replace(day=1)
    when = formatting.day(as_of) if is_open else latest["month"]
    return html.Div(
        [
            page_header("Revenue", f"Through {when}", *choosers),
            *(
                closing_notes(warehouse, scope)
                if scope.is_converted
                else in_others("MRR", warehouse.query(*others), "/revenue", state)
            ),
            tiles(
                [*state_tiles(months, when, drill), *rate_tiles(months, is_open, drill)]
            ),
            movements_card(months, drill),
            html.Div(
                [
                    course_card(months, drill),
                    rates_card(
                        *("Revenue retention", months, RETENTION, "retention"), drill
                    ),
                    customers_card(months, drill),
                    rates_card("Churn", months, CHURN, "churn", drill),
                ],
                className="cards",
            ),
            table_card(
                "Recurring revenue by month",
                drill.in_grid.linked(with_effect(MONTHLY, scope)),
                months[::-1],
                name="months",
                mart=MART,
                note=estimated_note(months),
                page_size=12,
            ),
            *churn_cards(warehouse, drill),
            *renewal_cards(warehouse, drill.in_grid, as_of),
            *receivables_of(warehouse, scope, drill),
        ]
    )


def closing_notes(warehouse: Warehouse, scope: Scope) -> list[Component]:
    """Whose rates the figures are converted by, and which months lack one."""
    notes = source_notes(warehouse, scope)
    if warehouse.has("upcoming_renewals"):
        notes.append("Upcoming renewals are not converted: choose a currency.")
    notes.append("Kinds of churn, and trials, are not shown so: choose a currency.")
    for row in warehouse.query(*queries.not_converted(scope)):
        months = formatting.month_range(row["first_month"], row["last_month"])
        notes.append(
            f"No rate for {row['currency'].upper()} at the close of months within "
            f"{months}: totals that it belongs to are not known."
        )
    return [html.P(note, className="others") for note in notes]


def receivables_of(
    warehouse: Warehouse, scope: Scope, drill: RevenueDrill
) -> list[Component]:
    if not warehouse.has("receivables_monthly"):
        return []
    months = with_names(warehouse.query(*queries.receivables(scope)))
    return receivables_cards(months, drill)


def read_scope(state: State, offered: Sequence[Row]) -> tuple[Scope, list[Component]]:
    """What the address asks for, and the choosers of it."""
    known = read_months(state, offered, MISSING)
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


def estimated_note(months: Sequence[Row]) -> str | None:
    if not any(row["is_estimated"] for row in months):
        return None
    return "Estimated: before the first snapshot, rebuilt from invoices"


PAGE = Page("/revenue", "Revenue", "trend", layout, needs=(MART,))
