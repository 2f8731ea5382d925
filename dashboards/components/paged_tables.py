"""Tables of which the server sorts and sends a page at a time; both are addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_ag_grid
from dash import html
from dash.development.base_component import Component

from dashboards.components.tables import THEME, Column, definitions_of

# Pixels of a letter, on average; of figures and dates, of which more is narrow.
HEADING_LETTER = 8.8
LETTER = 7.9
CAPITAL = 1.8  # more
FIGURE = 7.4
PADDING = 30
WIDEST = 360
NARROWEST = 90
ROW_HEIGHT = 36
TALLEST = 660


@dataclass(frozen=True)
class Heading:
    """A column's heading: the address that sorts by it, and how it sorts now."""

    href: str
    direction: str | None = None  # "ascending" or "descending"


def paged_table(
    name: str,
    columns: Sequence[Column],
    headings: Mapping[str, Heading],
    cells: Sequence[Mapping[str, Any]],
    key: str,
) -> Component:
    """A table of `cells` as dashboards.components.tables.cells makes them; the column
    `key` stays in sight."""
    return dash_ag_grid.AgGrid(
        id={"type": "table", "name": name},
        className="grid",
        columnDefs=[
            {
                **made,
                "minWidth": width(column, cells),
                "headerComponent": "SortLink",
                "headerComponentParams": {
                    "href": headings[column.field].href,
                    "direction": headings[column.field].direction,
                },
            }
            for column, made in zip(
                columns, definitions_of(columns, (), key), strict=True
            )
        ],
        rowData=list(cells),
        defaultColDef={"resizable": True, "sortable": False, "cellDataType": False},
        columnSize="responsiveSizeToFit",
        dashGridOptions={
            "theme": THEME,
            "rowHeight": ROW_HEIGHT,
            "rowBuffer": len(cells),
            "enableCellTextSelection": True,
            "ensureDomOrder": True,
        },
        # The headings stay in sight, and so does the bar that scrolls sideways.
        style={"height": min(TALLEST, ROW_HEIGHT * (len(cells) + 2) + 16)},
    )


def width(column: Column, cells: Sequence[Mapping[str, Any]]) -> int:
    """Wide enough for what the page shows of it."""
    heading = len(column.label) * HEADING_LETTER
    texts = [row[f"{column.field}__text"] for row in cells]
    if column.kind == "text":
        letters = max(len(text) * LETTER + capitals(text) * CAPITAL for text in texts)
    else:
        letters = max(map(len, texts)) * FIGURE
    return int(max(NARROWEST, min(WIDEST, max(heading, letters) + PADDING)))


def capitals(text: str) -> int:
    return sum(map(str.isupper, text))


def pager(
    text: str,
    links: Sequence[tuple[str, str | None]],
    label: str = "Pages of the table",
) -> Component:
    """Where one is, and links (text, address) from there; without address, none."""
    steps = [
        html.A(name, href=href, className="step")
        if href
        else html.Span(name, className="step", **{"aria-disabled": "true"})
        for name, href in links
    ]
    return html.Nav(
        [
            html.Span(text, className="pager-text", role="status"),
            html.Div(steps, className="steps"),
        ],
        className="pager",
        **{"aria-label": label},
    )
