"""Tables: sorted and filtered in the browser, with links that stay in the tab."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import dash_ag_grid
from dash import html
from dash.development.base_component import Component

from dashboards.components.cards import card
from dashboards.components.downloads import Csv
from dashboards.text import formatting
from dashboards.text.definitions import known_definition

Row = Mapping[str, Any]

PADDING, LETTER, CAPITAL, HEADER_LETTER, WIDEST = 20, 7.9, 1.4, 9.4, 340  # pixels
NUMBERS = {"money", "count", "rate", "days", "multiple", "number"}
THEME = {
    "function": """themeQuartz.withParams({
        accentColor: 'var(--accent)',
        backgroundColor: 'var(--surface)',
        foregroundColor: 'var(--text)',
        borderColor: 'var(--line)',
        headerBackgroundColor: 'var(--surface)',
        headerTextColor: 'var(--quiet)',
        headerFontWeight: 600,
        fontFamily: 'inherit',
        fontSize: 13,
        cellHorizontalPadding: 9,
        wrapperBorder: false,
        browserColorScheme: 'inherit'
    })"""
}


@dataclass(frozen=True)
class Column:
    """A column of a table. `kind` is money or one of formatting.FORMATS; money is in
    the row's `currency`. `link` gives the address that the value leads to, or None;
    `pinned` is the side at which it stays in sight, which is "left" for the first;
    `shares` names a column whose link it has too, unless it is nothing itself;
    `width` is its least in pixels where not what fits; `definition` stands where the
    table's mart has none of it."""

    field: str
    label: str
    kind: str = "text"
    link: Callable[[Row], str | None] | None = None
    width: int | None = None
    wraps: bool = False
    definition: str | None = None
    shares: str | None = None
    pinned: str | None = None


def table_card(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    name: str,
    mart: str | None = None,
    note: str | list[Any] | None = None,
    empty: str = "None.",
    page_size: int = 10,
    above: Sequence[Component] = (),
    total: Row | None = None,
) -> Component:
    """A table of rows of a mart, which says what its columns mean.

    A chooser may stand above it; a row of totals stays last, however it is sorted, and
    is called so where its key is nothing.
    """
    if not rows:
        none = html.P(empty, className="none")
        return card(title, *above, none, note=note, name=name)
    drawn = [cells(columns, row) for row in rows]
    totals = [{**cells(columns, total), **named(columns, total)}] if total else []
    grid = dash_ag_grid.AgGrid(
        id={"type": "table", "name": name},
        className="grid",
        columnDefs=definitions_of(columns, [*drawn, *map(bold, totals)]),
        rowData=drawn,
        defaultColDef={
            "resizable": False,
            "sortable": True,
            "cellDataType": False,
            "wrapHeaderText": True,
            "autoHeaderHeight": True,
        },
        columnSize="responsiveSizeToFit",
        dashGridOptions={
            "theme": THEME,
            "domLayout": "autoHeight",
            "pagination": len(rows) > page_size,
            "paginationPageSize": page_size,
            "paginationPageSizeSelector": [page_size, 25, 100],
            "suppressCellFocus": False,
            "enableCellTextSelection": True,
            "ensureDomOrder": True,
            **({"pinnedBottomRowData": totals} if totals else {}),
        },
        style={"height": None},
    )
    meanings = {"data-definitions": json.dumps(definitions(mart, columns))}
    csv = csv_of(columns, [*rows, *([total] if total else [])])
    return card(title, *above, grid, note=note, name=name, csv=csv, **meanings)


def named(columns: Sequence[Column], total: Row) -> Row:
    key = columns[0].field
    return {f"{key}__text": "Total"} if total[key] is None else {}


def csv_of(columns: Sequence[Column], rows: Sequence[Row]) -> Csv:
    """The columns by their names, and the currency where there is money."""
    header = [column.field for column in columns]
    has_money = any(column.kind == "money" for column in columns)
    if has_money and "currency" not in header:
        header.append("currency")
    return Csv(header, [[row[name] for name in header] for row in rows])


def definitions(mart: str | None, columns: Sequence[Column]) -> dict[str, str]:
    """{field: what it means} of the columns of which that is known."""
    found = {
        column.field: column.definition or known_definition(mart, column.field)
        for column in columns
    }
    return {field: meaning for field, meaning in found.items() if meaning}


def definitions_of(
    columns: Sequence[Column], rows: Sequence[Row], key: str | None = None
) -> list[dict[str, Any]]:
    """The columns of a grid, of which the key, or else the first, stays in sight."""
    shown = [column.field for column in columns]
    place = shown.index(key) if key in shown else 0
    made = [definition(column, rows) for column in columns]
    made[place]["pinned"] = "left"
    return made


def definition(column: Column, rows: Sequence[Row]) -> dict[str, Any]:
    """A column of the grid: sorts by the value, shows the text."""
    shown = {"function": f"params.data.{column.field}__text"}
    options: dict[str, Any] = {
        "field": column.field,
        "headerName": column.label,
        "valueFormatter": shown,
        "minWidth": column.width or width_of(column, rows),
        "pinned": column.pinned,
    }
    if column.kind in NUMBERS:
        options |= {"type": "rightAligned", "cellClass": "ag-right-aligned-cell figure"}
    if column.wraps:
        options |= {"wrapText": True, "autoHeight": True, "cellClass": "wrapped"}
    if column.link or column.shares:
        options["cellRenderer"] = "PageLink"
        options["cellRendererParams"] = {"of": column.shares or column.field}
    return options


def width_of(column: Column, rows: Sequence[Row]) -> int:
    """Pixels that the longest text takes, and the longest word of the header."""
    words = max(map(len, column.label.split()), default=0)
    texts = max((length(row[f"{column.field}__text"]) for row in rows), default=0)
    return min(PADDING + round(max(words * HEADER_LETTER, texts)), WIDEST)


def bold(total: Row) -> Row:
    """As long as its texts are when they are bold, for the widths."""
    return {
        name: f"{value}00" if name.endswith("__text") else value
        for name, value in total.items()
    }


def length(text: str) -> float:
    capitals = sum(map(str.isupper, text))
    return len(text) * LETTER + capitals * CAPITAL


def cells(columns: Sequence[Column], row: Row) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for column in columns:
        value = row[column.field]
        made[column.field] = sortable(value)
        made[f"{column.field}__text"] = text(column.kind, value, row)
        if column.link:
            made[f"{column.field}__link"] = column.link(row)
    return made


def text(kind: str, value: Any, row: Row) -> str:
    if kind == "money":
        return formatting.plain_money(value, row["currency"])
    return formatting.shown(kind, value)


def sortable(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
