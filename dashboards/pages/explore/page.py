"""Explore: any field of charges, invoices, customers and subscriptions.

What is shown is in the address, as dashboards.address.selection reads and writes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, html
from dash.development.base_component import Component
from flask import Response, request

from dashboards.address import State as Address
from dashboards.address import address, read_state
from dashboards.address.errors import NotFound
from dashboards.address.selection import (
    Selection,
    Table,
    read_selection,
    rows_with,
    tables,
)
from dashboards.components import card, icon, page_header
from dashboards.components.choosers import chooser, options
from dashboards.components.paged_tables import Heading, paged_table, pager
from dashboards.components.tables import Column, cells, definitions
from dashboards.pages.csv_files import csv_response, plain
from dashboards.pages.explore.filters import filter_form, filter_pills, register_form
from dashboards.pages.explore.words import label
from dashboards.pages.page import Page
from dashboards.queries import explore as queries
from dashboards.queries.explore import PAGE_SIZE, Place
from dashboards.text import formatting
from dashboards.warehouse import Row, UnknownName, Warehouse, WarehouseError

Kinds = Mapping[str, str]

SHOWN_AS = {"string": "text", "boolean": "flag", "date": "day", "timestamp": "moment"}


@dataclass(frozen=True)
class Shown:
    """The rows of a page, how many come before them, and how many there are."""

    rows: list[Row]
    preceding: int
    total: int


def layout(warehouse: Warehouse, state: Address) -> Component:
    selection = read_selection(warehouse, state)
    kinds = selection.table.kinds(warehouse)
    shown = read_page(warehouse, selection, state.get("page", ""))
    return html.Div(
        [
            page_header(
                "Explore",
                "Every field of every charge, invoice, customer and subscription",
                download_link(selection),
            ),
            tabs(warehouse, selection),
            html.Section(
                [
                    filter_form(selection.table, kinds),
                    filter_pills(selection, kinds),
                    columns_chooser(selection, kinds),
                ],
                className="card explore-form",
                **{"aria-label": "Filters and columns"},
            ),
            rows_card(selection, kinds, shown),
        ]
    )


def read_page(warehouse: Warehouse, selection: Selection, page: str) -> Shown:
    """The page that the address names: from the start, the end, or a row."""
    ask, table = warehouse.query, selection.table
    start, is_backwards, size = None, page == "last", PAGE_SIZE
    if is_backwards:
        total = ask(*queries.count(warehouse, selection, None))[0]["row_count"]
        size = total % PAGE_SIZE or PAGE_SIZE
    elif page:
        start, is_backwards = read_place(warehouse, selection, page)
    rows = ask(*queries.page(warehouse, selection, start, is_backwards, size))
    if is_backwards:
        rows.reverse()
    if start and is_backwards and len(rows) < PAGE_SIZE:
        page, rows = "", ask(*queries.page(warehouse, selection))
    if page and not rows:
        raise NotFound("There are no more rows.")
    first = None
    if page:
        row = rows[0]
        first = Place(row[selection.sorted_by], row[table.key], row["source_relation"])
    counted = ask(*queries.count(warehouse, selection, first))[0]
    return Shown(rows, int(counted["preceding_count"]), counted["row_count"])


def read_place(
    warehouse: Warehouse, selection: Selection, page: str
) -> tuple[Place, bool]:
    """The row that `after:<id>:<account>` names, and whether to go back from it."""
    direction, key, account = [*page.split(":", 2), "", ""][:3]
    if direction not in ("after", "before"):
        raise NotFound("There is no such page of rows.")
    found = {
        row["source_relation"]: row["sorted_value"]
        for row in warehouse.query(*queries.places(warehouse, selection, key))
    }
    if account not in found:
        raise NotFound("The row that this page begins at is no longer there.")
    return Place(found[account], key, account), direction == "before"


def tabs(warehouse: Warehouse, selection: Selection) -> Component:
    links = [
        html.A(
            table.label,
            href=address("/explore", table=table.name),
            className="explore-tab",
            **({"aria-current": "page"} if table.name == selection.table.name else {}),
        )
        for table in tables(warehouse).values()
    ]
    return html.Nav(links, className="explore-tabs", **{"aria-label": "Tables"})


def download_link(selection: Selection) -> Component:
    return html.A(
        [icon("download"), "Download CSV"],
        href=selection.address("/explore.csv"),
        className="button",
        download=f"{selection.table.name}.csv",
    )


def columns_chooser(selection: Selection, kinds: Kinds) -> Component:
    """All of them to choose from, taken when one leaves the field."""
    table = address("/explore", table=selection.table.name, columns="all")
    return html.Details(
        [
            html.Summary(f"Columns: {len(selection.columns)} of {len(kinds)}"),
            chooser(
                dmc.MultiSelect,
                "columns",
                list(selection.columns),
                label="Columns",
                data=options(
                    {column: label(column, selection.table) for column in kinds}
                ),
                searchable=True,
                debounce=True,
                hidePickedOptions=True,
                maxDropdownHeight=320,
            ),
            html.A("Show all columns", href=table),
        ],
        className="explore-columns",
    )


def rows_card(selection: Selection, kinds: Kinds, shown: Shown) -> Component:
    table, title = selection.table, selection.table.label
    if not shown.rows:
        return card(title, no_rows(selection), name="rows")
    columns = [
        Column(
            *(column, label(column, table), shown_as(column, table, kinds[column])),
            link(column),
        )
        for column in selection.columns
    ]
    headings = {
        column: Heading(selection.by(column).address(), direction(selection, column))
        for column in selection.columns
    }
    drawn = [grid_row(columns, table, row) for row in shown.rows]
    grid = paged_table("explore", columns, headings, drawn)
    meanings = definitions(None if table.title else table.relation, columns)
    return card(
        *(title, grid, steps(selection, shown)),
        name="rows",
        **{"data-definitions": json.dumps(meanings)},
    )


def no_rows(selection: Selection) -> Component:
    everything = address("/explore", table=selection.table.name)
    what = "No rows hold all of these conditions."
    if not selection.filters:
        what = "This account has none."
    return html.Div(
        [
            icon("empty"),
            html.P(what),
            html.A("Clear the filters", href=everything) if selection.filters else None,
        ],
        className="state",
        role="status",
        **{"data-state": "empty"},
    )


def steps(selection: Selection, shown: Shown) -> Component:
    table = selection.table
    first = shown.preceding + 1
    last = shown.preceding + len(shown.rows)

    def at(direction: str, row: Row) -> str:
        page = f"{direction}:{row[table.key]}:{row['source_relation']}"
        return selection.address(page=page)

    is_first, is_last = first == 1, last >= shown.total
    text = f"{first:,}–{last:,} of {shown.total:,}"  # noqa: RUF001
    return pager(
        text,
        [
            ("First", None if is_first else selection.address()),
            ("Previous", None if is_first else at("before", shown.rows[0])),
            ("Next", None if is_last else at("after", shown.rows[-1])),
            ("Last", None if is_last else selection.address(page="last")),
        ],
    )


def direction(selection: Selection, column: str) -> str | None:
    if column != selection.sorted_by:
        return None
    return "descending" if selection.is_descending else "ascending"


def shown_as(column: str, table: Table, kind: str) -> str:
    """How the cells of a column are written; see dashboards.components.tables."""
    if kind != "number":
        return SHOWN_AS[kind]
    if table.currency_of(column):
        return "money"
    return "days" if column.startswith("days_to_") else "number"


def link(column: str) -> Any:
    """Where the value of a column leads, as a function of its row."""
    links = {
        "customer_id": lambda row: address("/customer", customer_id=row[column]),
        "invoice_id": lambda row: address("/invoice", invoice_id=row[column]),
        "subscription_id": lambda row: rows_with("subscriptions", column, row[column]),
        "charge_id": lambda row: rows_with("charges", column, row[column]),
    }
    to = links.get(column)
    return to and (lambda row: to(row) if row[column] else None)


def grid_row(columns: Sequence[Column], table: Table, row: Row) -> dict[str, Any]:
    """The cells of a row; money says its currency, for a table may hold several."""
    made = cells(columns, {"currency": None, **row})
    for column in columns:
        if column.kind == "money":
            currency = row.get(table.currency_of(column.field))
            text = formatting.money(row[column.field], currency)
            made[f"{column.field}__text"] = text
    return made


def register(app: Dash, warehouse: Warehouse) -> None:
    register_form(app, warehouse)

    @app.server.route("/explore.csv")
    def download_rows() -> Response:
        """All rows of a selection, in its columns and its order."""
        try:
            state = read_state(request.query_string.decode("utf-8", "replace"))
            selection = read_selection(warehouse, state)
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
