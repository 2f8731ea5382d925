"""What a page shows when it has no figures to show."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.components.icons import icon


def empty_state(message: str) -> Component:
    return state("empty", "Nothing to show", message)


def not_found_state(message: str) -> Component:
    return state("not-found", "Not found", message)


def error_state(message: str) -> Component:
    return state("error", "Something went wrong", message, role="alert")


def state(kind: str, title: str, message: str, role: str = "status") -> Component:
    return html.Div(
        [icon(kind), html.H1(title), html.P(message)],
        className="state",
        role=role,
        **{"data-state": kind},
    )


def loading_state() -> Component:
    """Grey shapes where the page will be."""
    shapes = [dmc.Skeleton(height=116) for _ in range(8)]
    return html.Div(
        [
            dmc.Skeleton(height=32, width=260, mb="lg"),
            html.Div(shapes, className="tiles"),
            dmc.Skeleton(height=320, mt="md"),
        ],
        **{"aria-label": "Loading", "aria-busy": "true"},
    )
