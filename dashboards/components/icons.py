"""Icons, drawn in assets/icons.css."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def icon(name: str) -> Component:
    return html.Span(className=f"icon icon-{name}", **{"aria-hidden": "true"})
