"""What a page shows when it has no figures to show, or old ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.address import address
from dashboards.components.icons import icon
from dashboards.text import formatting
from dashboards.text.accounts import account_name

# Segment delivers every few hours; a quiet weekend is no fault.
STALE_DAYS = 3


def stale_notes(accounts: Sequence[Mapping[str, Any]], today: date) -> list[Component]:
    """`Data through 20 Oct 2026, 38 days old`: of each account that is behind."""
    notes = []
    for account in accounts:
        age = (today - account["data_through"]).days
        if age > STALE_DAYS:
            name = account_name(account["source_relation"])
            of = f" of {name}" if len(accounts) > 1 else ""
            text = f"Data{of} through {formatting.day(account['data_through'])}, "
            notes.append(f"{text}{formatting.counted(age, 'day')} old")
    if not notes:
        return []
    return [html.P(" · ".join(notes), className="stale", role="status")]


def empty_state(message: str) -> Component:
    return state("empty", "Nothing to show", message)


def not_found_state(message: str, asked: str | None = None) -> Component:
    """With a search for what was asked, where that is known."""
    href = address("/search", q=asked) if asked else None
    link = html.A(f"Search for “{asked}”", href=href) if href else None
    return state("not-found", "Not found", message, link)


def error_state(message: str) -> Component:
    return state("error", "Something went wrong", message, role="alert")


def state(
    kind: str,
    title: str,
    message: str,
    link: Component | None = None,
    role: str = "status",
) -> Component:
    return html.Div(
        [icon(kind), html.H1(title), html.P(message), *([link] if link else [])],
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
