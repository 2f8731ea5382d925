"""Links from the top of a long page to its cards, on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.address import State, address


def with_jumps(path: str, state: State, content: Sequence[Component]) -> html.Div:
    """The page, its links to its cards below its header, which comes first."""
    header, *others = content
    links = [
        html.A(title, href=f"{address(path, **state)}#{name}")
        for one in others
        for title, name in cards_in(one)
    ]
    label = {"aria-label": "On this page"}
    return html.Div([header, html.Nav(links, className="jumps", **label), *others])


def cards_in(content: Any) -> Iterator[tuple[str, str]]:
    """The title and the name of each card; there are none within a card."""
    name = getattr(content, "data-card", None)
    if name:
        title = next(part for part in content._traverse() if isinstance(part, html.H2))
        yield text_of(title.children), name
        return
    within = getattr(content, "children", ())
    for one in within if isinstance(within, list | tuple) else [within]:
        yield from cards_in(one)


def text_of(title: Any) -> str:
    """A title, without what it means."""
    return title if isinstance(title, str) else text_of(title.children)
