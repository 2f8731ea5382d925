"""Search as you type: a field whose choice is an address."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, no_update
from dash.development.base_component import Component

from dashboards.components.icons import icon

Options = Sequence[dict[str, str]]


def lookup(name: str, label: str, placeholder: str) -> Component:
    """The field; `register_lookup` fills it. One of a name stands on a page."""
    return dmc.Select(
        id={"type": "lookup", "name": name},
        label=label,
        placeholder=placeholder,
        data=[],
        value=None,
        searchable=True,
        nothingFoundMessage="Nothing found",
        leftSection=icon("not-found"),
        rightSection=" ",
        maxDropdownHeight=360,
        size="sm",
        className="lookup",
    )


def register_lookup(app: Dash, name: str, find: Callable[[str], Options]) -> None:
    """Ask `find` for options, {"value": address, "label": text}, at every letter.

    The browser shows only those whose label holds what was typed.
    """
    field = {"type": "lookup", "name": name}

    @app.callback(
        Output(field, "data"),
        Input(field, "searchValue"),
        prevent_initial_call=True,
    )
    def search(text: str | None) -> Options:
        return find(text[:200]) if text and text.strip() else no_update

    app.clientside_callback(
        ClientsideFunction("shell", "follow"),
        Output("address", "search", allow_duplicate=True),
        Input(field, "value"),
        prevent_initial_call=True,
    )
