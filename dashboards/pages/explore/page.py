"""Explore: any field of every mart that has a row for each object.

What is shown is in the address, as dashboards.address.selection reads and writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import dash_mantine_components as dmc
from dash import Dash, html
from dash.development.base_component import Component
from flask import Response, request

from dashboards.address import State as Address
from dashboards.address import address, read_state
from dashboards.address.errors import NotFound
from dashboards.address.selection import Selection, read_selection
from dashboards.address.tables import Table, tables
from dashboards.components import icon, page_header
from dashboards.components.choosers import Options, chooser, options
from dashboards.pages.csv_files import csv_response, plain
from dashboards.pages.explore.filters import filter_form, filter_pills, register_form
from dashboards.pages.explore.rows import (
    Shown,
    Sums,
    added_up,
    added_up_here,
    read_page,
    rows_card,
)
from dashboards.pages.explore.views import view_links
from dashboards.pages.explore.words import label
from dashboards.pages.page import Page
from dashboards.queries import explore as queries
from dashboards.text.zone import in_zone
from dashboards.warehouse import UnknownName, Warehouse, WarehouseError


def layout(warehouse: Warehouse, state: Address) -> Component:
    known = tables(warehouse)
    selection = read_selection(warehouse, state, known)
    kinds = selection.table.kinds(warehouse)
    names = options({column: label(column, selection.table) for column in kinds})
    shown, sums = read(warehouse, selection, state.get("page", ""))
    return html.Div(
        [
            page_header(
                "Explore",
                "Every field of every object; the address is the view, send it on",
                copy_link(),
                download_link(selection),
            ),
            tabs(known.values(), selection),
            *view_links(known, selection),
            html.Section(
                [
                    filter_form(names),
                    filter_pills(selection, kinds),
                    columns_chooser(selection, names),
                ],
                className="card explore-form",
                **{"aria-label": "Filters and columns"},
            ),
            rows_card(warehouse, selection, shown, sums),
        ]
    )


def read(
    warehouse: Warehouse, selection: Selection, page: str
) -> tuple[Shown, list[Sums]]:
    """A page of rows and what all of them add up to, with as few queries as may be."""
    all_sums = cache(lambda: added_up(warehouse, selection))

    def count() -> int | None:
        sums = all_sums()
        return sum(row["row_count"] for row in sums[0].rows) if sums else None

    shown = read_page(warehouse, selection, page, count)
    if shown.total == len(shown.rows):
        return shown, added_up_here(warehouse, selection, shown.rows)
    return shown, all_sums()


def tabs(known: Iterable[Table], selection: Selection) -> Component:
    """The tables, each as it is at first."""
    links = [
        html.A(
            table.label,
            href=address("/explore", table=table.name, **selection.carried),
            className="explore-tab",
            **({"aria-current": "page"} if table.name == selection.table.name else {}),
        )
        for table in known
    ]
    return html.Nav(links, className="explore-tabs", **{"aria-label": "Tables"})


def copy_link() -> Component:
    """Copies the address of the page; assets/shell.js does it."""
    return html.Button("Copy link", className="button", type="button", id="copy-link")


def download_link(selection: Selection) -> Component:
    return html.A(
        [icon("download"), "Download CSV"],
        href=replace(selection, carried={}).address("/explore.csv"),
        className="button",
        download=f"{selection.table.name}.csv",
    )


def columns_chooser(selection: Selection, columns: Options) -> Component:
    """All of them to choose from, taken when one leaves the field."""
    details = html.Details(
        [
            html.Summary(f"Columns: {len(selection.columns)} of {len(columns)}"),
            chooser(
                dmc.MultiSelect,
                "columns",
                list(selection.columns),
                label="Columns",
                data=columns,
                searchable=True,
                debounce=True,
                hidePickedOptions=True,
                maxDropdownHeight=320,
            ),
        ],
    )
    every = html.A("All fields", href=selection.with_all_columns.address())
    usual = html.A("The usual ones", href=selection.with_usual_columns.address())
    links = html.Span([every, " · ", usual])
    return html.Div([details, links], className="explore-columns")


def register(app: Dash, warehouse: Warehouse) -> None:
    register_form(app, warehouse)

    @app.server.route("/explore.csv")
    def download_rows() -> Response:
        """All rows of a selection, in its columns and its order."""
        try:
            state = read_state(request.query_string.decode("utf-8", "replace"))
            selection = read_selection(warehouse, state)
            with in_zone(warehouse.zone()):
                statement = queries.everything(warehouse, selection)
            return csv_response(
                selection.table.name,
                queries.columns_saved(warehouse, selection),
                warehouse.batches(*statement),
            )
        except (NotFound, UnknownName) as error:
            return plain(str(error), 404)
        except WarehouseError as error:
            app.logger.error("A download failed: %s", error)
            return plain(str(error), 503)


PAGE = Page("/explore", "Explore", "table", layout, register)
