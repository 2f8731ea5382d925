"""The filters of the Explore: those that hold, and a form that adds one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from dashboards.address import read_state
from dashboards.address.errors import NotFound
from dashboards.address.selection import (
    EMPTINESS,
    OPERATORS,
    Filter,
    Selection,
    read_selection,
)
from dashboards.address.tables import Table
from dashboards.components import options
from dashboards.components.choosers import Options
from dashboards.pages.explore.words import label, operator_label, value_label
from dashboards.queries import explore as queries
from dashboards.text.accounts import account_name
from dashboards.warehouse import Warehouse

HINTS = {
    "number": "1234.50",
    "date": "YYYY-MM-DD",
    "timestamp": "YYYY-MM-DD",
    "boolean": "true or false",
}
# A million different values are no suggestion.
UNSUGGESTED = ("_id", "email", "description", "message", "number")


def filter_pills(selection: Selection, kinds: Mapping[str, str]) -> Component | None:
    """The filters that hold, each with a link that takes it off."""
    if not selection.filters:
        return None
    said = [
        (one, words(one, selection.table, kinds[one.column]))
        for one in selection.filters
    ]
    pills = [
        html.Li(
            [
                html.Span(text),
                html.A(
                    "×",  # noqa: RUF001
                    href=selection.without(one).address(),
                    **{"aria-label": f"Remove: {text}"},
                ),
            ]
        )
        for one, text in said
    ]
    return html.Ul(pills, className="pills", **{"aria-label": "Filters"})


def words(one: Filter, table: Table, kind: str) -> str:
    said = f"{label(one.column, table)} {operator_label(one.operator, kind)}"
    if one.operator in EMPTINESS:
        return said
    values = one.value.split("|") if one.operator == "in" else [one.value]
    if one.column == "source_relation":
        values = [account_name(value) for value in values]
    written = (value_label(one.column, table, value) for value in values)
    return f"{said} {', '.join(value or '(blank)' for value in written)}"


def filter_form(columns: Options) -> Component:
    return html.Div(
        [
            dmc.Select(
                id="filter-column",
                label="Filter by",
                placeholder="Column",
                data=columns,
                searchable=True,
                size="sm",
                maxDropdownHeight=320,
            ),
            dmc.Select(
                id="filter-operator",
                label="Condition",
                data=[],
                disabled=True,
                allowDeselect=False,
                size="sm",
            ),
            dmc.Autocomplete(
                id="filter-value", label="Value", disabled=True, value="", size="sm"
            ),
            dmc.Button("Add filter", id="filter-add", disabled=True, size="sm"),
            html.P(id="filter-problem", role="alert"),
        ],
        className="filter-form",
    )


def register_form(app: Dash, warehouse: Warehouse) -> None:
    @app.callback(
        Output("filter-operator", "data"),
        Output("filter-operator", "value"),
        Output("filter-operator", "disabled"),
        Output("filter-value", "data"),
        Output("filter-value", "placeholder"),
        Output("filter-value", "value"),
        Output("filter-add", "disabled"),
        Input("filter-column", "value"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def offer(column: str | None, search: str) -> tuple[Any, ...]:
        """What a column can be compared by, and values that it has."""
        table = read_selection(warehouse, read_state(search)).table
        kind = table.kinds(warehouse).get(column or "")
        if kind is None:
            return [], None, True, [], "", "", True
        labels = {one: operator_label(one, kind) for one in OPERATORS[kind]}
        values = suggestions(warehouse, table, column, kind)
        first = OPERATORS[kind][0]
        return options(labels), first, False, values, HINTS.get(kind, ""), "", False

    @app.callback(
        Output("filter-value", "disabled"),
        Input("filter-operator", "value"),
        prevent_initial_call=True,
    )
    def need_value(operator: str | None) -> bool:
        return operator is None or operator in EMPTINESS

    @app.callback(
        Output("address", "search", allow_duplicate=True),
        Output("filter-problem", "children"),
        Input("filter-add", "n_clicks"),
        Input("filter-value", "n_submit"),
        State("filter-column", "value"),
        State("filter-operator", "value"),
        State("filter-value", "value"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def add(
        clicks: int | None,
        submits: int | None,
        column: str | None,
        operator: str | None,
        value: str | None,
        search: str,
    ) -> tuple[Any, str]:
        """Write one more filter to the address, or say what is wrong with it."""
        if not (clicks or submits) or not column or not operator:
            return no_update, ""
        try:
            selection = read_selection(warehouse, read_state(search))
            more = Filter(column, operator, value or "")
            # Built only to hear what is wrong with the value.
            queries.condition(warehouse, selection.table, more)
        except NotFound as error:
            return no_update, str(error)
        kept = tuple(one for one in selection.filters if one != more)
        added = replace(selection, filters=(*kept, more)).address()
        return added.removeprefix("/explore"), ""


def suggestions(
    warehouse: Warehouse, table: Table, column: str, kind: str
) -> list[str]:
    if kind == "boolean":
        return ["true", "false"]
    if kind != "string" or column.endswith(UNSUGGESTED):
        return []
    found = warehouse.query(*queries.frequent_values(warehouse, table, column))
    values = [row["suggested"] for row in found if row["suggested"]]
    # An age is asked for by its code: its words are no code's.
    if column == "ageing_bucket":
        return values
    return [value_label(column, table, value) for value in values]
