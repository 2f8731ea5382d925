"""A table whose cells are the darker the larger their figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

Cell = tuple[str, Decimal | None] | None


def heat_table(
    label: str,
    header: Sequence[str],
    rows: Iterable[tuple[Sequence[str], Sequence[Cell]]],
) -> Component:
    """Rows of (texts, cells); a cell is (text, fraction of the largest), or nothing."""
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in header]))
    body = [
        html.Tr(
            [
                html.Th(texts[0], scope="row"),
                *map(html.Td, texts[1:]),
                *map(heat_cell, row),
            ]
        )
        for texts, row in rows
    ]
    return html.Div(
        html.Table([head, html.Tbody(body)], className="heat"),
        className="heat-scroll",
        tabIndex=0,
        role="region",
        **{"aria-label": label},
    )


def heat_cell(cell: Cell) -> Component:
    if cell is None:
        return html.Td()
    text, fraction = cell
    # Up to here the text is legible on it, light or dark.
    strength = f"{max(0.0, min(1.0, float(fraction or 0))) * 45:.1f}%"
    return html.Td(text, className="heat-cell", style={"--heat": strength})
