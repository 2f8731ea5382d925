"""Lifetime Value: what people bring since they first came, by cohort and by channel."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.address import State
from dashboards.address.errors import NoData, NotFound
from dashboards.address.scope import Scope, of_span, read_months
from dashboards.components import (
    choice,
    options,
    page_header,
    tiles,
)
from dashboards.pages.lifetime_value.cohorts import FIGURES, curves_card, triangle_card
from dashboards.pages.lifetime_value.funnel import funnel_cards
from dashboards.pages.lifetime_value.rows import CohortDrill
from dashboards.pages.lifetime_value.tables import (
    channels_card,
    companies_cards,
    costs_card,
)
from dashboards.pages.lifetime_value.tiles import total_tiles
from dashboards.pages.links import Here
from dashboards.pages.page import Page
from dashboards.pages.scope import (
    in_others,
    lacks_currency,
    money_choosers,
    source_notes,
    with_converted,
)
from dashboards.queries import lifetime_value as queries
from dashboards.text import formatting
from dashboards.warehouse import Row, Warehouse

NEEDS = "customer_lifetime_value", "lifetime_value_cohorts"
MISSING = "There is no lifetime value in this currency."
SPANS = {"12": "12 months", "24": "24 months", "all": "All months"}


def layout(warehouse: Warehouse, state: State) -> Component:
    offered = warehouse.query(queries.SCOPE)
    offered = with_converted(warehouse, offered, NEEDS[0], "acquisition_month")
    if not offered:
        raise NoData("Nobody has been acquired yet.")
    figure = state.get("figure") or "net_amount_per_user"
    if figure not in FIGURES:
        raise NotFound("There is no such figure of cohorts.")
    if lacking := lacks_currency("/lifetime-value", state, offered, MISSING):
        return html.Div(lacking)
    scope, choosers = read_scope(state, offered)
    ask = warehouse.query
    drill = CohortDrill(Here("/lifetime-value", state), scope)
    total = ask(*queries.totals(scope))[0]
    cost = ask(*queries.cost_totals(scope))[0]
    as_of = formatting.day(warehouse.freshness().as_of)
    return html.Div(
        [
            page_header(
                "Lifetime Value",
                subtitle(warehouse, scope),
                choice("figure", "Curves of", figure, options(FIGURES), w=184),
                *choosers,
            ),
            *(
                rate_notes(warehouse, scope)
                if scope.is_converted
                else in_others(
                    *("lifetime value", ask(*queries.in_others(scope))),
                    *("/lifetime-value", state),
                )
            ),
            tiles(total_tiles(total, cost, drill, as_of)),
            curves_card(ask(*queries.curves(scope)), figure, scope),
            triangle_card(ask(*queries.triangle(scope, figure)), figure, scope),
            channels_card(ask(*queries.channels(scope)), drill),
            *funnel_cards(warehouse, scope),
            *companies_cards(ask(*queries.companies(scope)), scope),
            costs_card(ask(*queries.costs(scope)), scope),
        ]
    )


def subtitle(warehouse: Warehouse, scope: Scope) -> str:
    months = formatting.month_range(scope.first, scope.last)
    as_of = formatting.day(warehouse.freshness().as_of)
    return f"People acquired {months}, and what they brought to {as_of}"


def rate_notes(warehouse: Warehouse, scope: Scope) -> list[Component]:
    """Whose rates the figures are converted by, and of how many customers and of what
    spend they lack."""
    notes = source_notes(warehouse, scope)
    for row in warehouse.query(*queries.not_converted(scope)):
        customers = formatting.counted(row["customer_count"], "customer")
        notes.append(
            f"No rate for {formatting.code(row['currency'])} on days of {customers}: "
            "figures that need it are not known."
        )
    for row in warehouse.query(*queries.unspent(scope)):
        months = formatting.month_range(row["first_month"], row["last_month"])
        notes.append(
            f"No rate for advertising spend on {formatting.words(row['channel'])} in "
            f"{months}: what it belongs to is not known."
        )
    return [html.P(note, className="others") for note in notes]


def read_scope(state: State, offered: Sequence[Row]) -> tuple[Scope, list[Component]]:
    """What the address asks for, and the choosers of it."""
    known = read_months(state, offered, MISSING)
    span = state.get("months") or "all"
    if span not in SPANS:
        raise NotFound("There are no cohorts of these months.")
    scope = of_span(known, span)
    return scope, [
        choice("months", "Acquired in", span, options(SPANS)),
        *money_choosers(scope, offered),
    ]


PAGE = Page("/lifetime-value", "Lifetime Value", "star", layout, needs=NEEDS)
