"""Words that say what they mean to who points at them, or comes to them by keyboard.

assets/definitions.js shows it.
"""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def defined(text: str, definition: str | None) -> Component | str:
    """A label with its definition."""
    if not definition:
        return text
    says = {"className": "defined", "aria-description": definition}
    return html.Span(text, tabIndex=0, **says)
