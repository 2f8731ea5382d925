"""Words that say what they mean to who points at them, or comes to them by keyboard.

assets/definitions.js shows it.
"""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def defined(
    text: str, definition: str | None, href: str | None = None
) -> Component | str:
    """A label with its definition, which may be a link too."""
    if href:
        meaning = says(definition) if definition else {}
        return html.A(text, href=href, **meaning)
    if not definition:
        return text
    return html.Span(text, tabIndex=0, **says(definition))


def says(definition: str) -> dict[str, str]:
    return {"className": "defined", "aria-description": definition}
