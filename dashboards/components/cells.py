"""Figures of a table that HTML draws: their text, their value, and where they lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.text import formatting


@dataclass(frozen=True)
class Cell:
    """`value` is what a download says; `href` opens the rows behind it; `field`
    is the series of a chart that draws it."""

    text: str
    value: Any
    href: str | None = None
    field: str | None = None

    @classmethod
    def of(
        cls,
        kind: str,
        value: Any,
        currency: str | None = None,
        href: str | None = None,
        field: str | None = None,
    ) -> Cell:
        """A value, written as formatting.shown writes its kind."""
        return cls(formatting.shown(kind, value, currency), value, href, field)


def linked(text: str, href: str | None) -> Component | str:
    return html.A(text, href=href, className="to-rows") if href else text


def element(kind: str, children: Any, **props: Any) -> dict[str, Any]:
    """A component of dash.html as it is sent: there are thousands of cells on a page,
    and objects of all of them would take most of its time."""
    props = {"children": children, **props}
    return {"type": kind, "namespace": "dash_html_components", "props": props}


def row_of(cells: Sequence[Cell | str], **props: Any) -> dict[str, Any]:
    """A line of a table."""
    return element("Tr", [number_cell(cell) for cell in cells], **props)


def number_cell(cell: Cell | str) -> dict[str, Any]:
    if not isinstance(cell, Cell):
        return element("Td", cell)
    text: Any = cell.text
    if cell.href:
        text = element("A", text, href=cell.href, className="to-rows")
    return element("Td", text, **({"data-field": cell.field} if cell.field else {}))


def value_of(cell: Cell | str) -> Any:
    return cell.value if isinstance(cell, Cell) else cell
