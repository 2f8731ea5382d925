"""Executive Summary: the business at a glance, against the month before."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.address import State
from dashboards.address.errors import NoData
from dashboards.address.scope import NO_FIGURES, read_scope
from dashboards.components import (
    page_header,
    tiles,
)
from dashboards.pages.course import running_card
from dashboards.pages.drill import Drill
from dashboards.pages.executive_summary.charts import (
    count_over_time,
    course_of,
    net_change,
    net_over_time,
    over_time,
    status_share,
)
from dashboards.pages.executive_summary.tiles import (
    FIGURES,
    MART,
    NEEDS,
    TIME,
    closing_notes,
    figure_tile,
    state_tiles,
)
from dashboards.pages.links import Here
from dashboards.pages.own import by_own
from dashboards.pages.page import Page
from dashboards.pages.scope import (
    choosers,
    gross_in_others,
    lacks_currency,
    rates_note,
    read_period,
    subtitle,
    unit_chooser,
    with_converted,
)
from dashboards.queries import executive_summary as queries
from dashboards.queries.shared import SCOPE
from dashboards.warehouse import Warehouse

NET = "net_charge_amount", "Net charges"


def layout(warehouse: Warehouse, state: State) -> Component:
    offered = with_converted(warehouse, warehouse.query(SCOPE), MART, "reporting_date")
    if not offered:
        raise NoData("There are no charges, refunds or customers yet.")
    if lacking := lacks_currency("/", state, offered, NO_FIGURES):
        return html.Div(lacking)
    scope, bounds = read_scope(state, offered)
    period = read_period(state, scope)
    totals = warehouse.query(*queries.DAILY.totals(scope))[0]
    course = course_of(warehouse, scope, period)
    drill = Drill(Here("/", state), scope)
    return html.Div(
        [
            page_header(
                "Executive Summary",
                subtitle(scope),
                *choosers(scope, offered, bounds),
                unit_chooser(period),
            ),
            *gross_in_others(warehouse, scope, "/", state),
            *rates_note(warehouse, scope),
            *closing_notes(warehouse, scope, bounds[1]),
            tiles(
                [
                    *(
                        figure_tile(figure, totals, course.rows, drill)
                        for figure in FIGURES
                        if warehouse.has(NEEDS.get(figure.name, MART))
                    ),
                    *state_tiles(warehouse, drill, bounds[1]),
                ]
            ),
            html.Div(
                [
                    over_time(warehouse, course, drill.in_grid),
                    html.Div(
                        [
                            status_share(totals, drill),
                            figure_tile(TIME, totals, course.rows, drill),
                        ],
                        className="stack",
                    ),
                ],
                className="cards cards-wide",
            ),
            html.Div(
                [
                    net_over_time(warehouse, course, drill),
                    count_over_time(course, drill.in_grid),
                ],
                className="cards",
            ),
            running_card(warehouse, queries.DAILY, scope, *NET),
            net_change(totals, scope, drill),
            *([] if scope.is_converted else by_own(warehouse, state, scope)),
        ]
    )


PAGE = Page("/", "Executive Summary", "gauge", layout)
