"""Figures of a table that HTML draws: their text, their value, and where they lead."""

from __future__ import annotations

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


def drawn(cell: Cell | str) -> Component | str:
    return linked(cell.text, cell.href) if isinstance(cell, Cell) else cell


def value_of(cell: Cell | str) -> Any:
    return cell.value if isinstance(cell, Cell) else cell
