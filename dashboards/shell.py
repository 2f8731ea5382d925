"""What surrounds every page: header, navigation, footer."""

from __future__ import annotations

from collections.abc import Iterable

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import icon, loading_state
from dashboards.pages.page import Page

NAME = "Segment Stripe"
ACCENT = ["#f0f2ff", "#dfe3fd", "#bcc4f7", "#a3aef6", "#8f9df5", "#5e6edb", "#4454c4"]
THEME = {
    "primaryColor": "accent",
    "colors": {"accent": [*ACCENT, "#3a49ad", "#303d94", "#252f5e"]},
    "primaryShade": {"light": 6, "dark": 4},
    "defaultRadius": "md",
    "fontFamily": "Inter, ui-sans-serif, system-ui, 'Segoe UI', Roboto, sans-serif",
    "headings": {"fontWeight": "650"},
    "focusRing": "auto",
    "autoContrast": True,
}


def shell(pages: Iterable[Page]) -> Component:
    return dmc.MantineProvider(
        [
            html.A("Skip to content", href="#content", className="skip-link"),
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Store(id="page-title"),
            dcc.Store(id="arrival"),
            dcc.Store(id="opened"),
            dmc.AppShell(
                [
                    dmc.AppShellHeader(header()),
                    dmc.AppShellNavbar(navigation(pages), p="sm"),
                    dmc.AppShellMain(main()),
                ],
                id="frame",
                header={"height": 56},
                navbar={
                    "width": 240,
                    "breakpoint": "md",
                    "collapsed": {"mobile": True},
                },
                padding="lg",
            ),
        ],
        theme=THEME,
        defaultColorScheme="auto",
    )


def header() -> Component:
    return dmc.Group(
        [
            dmc.Burger(
                id="burger",
                opened=False,
                size="sm",
                hiddenFrom="md",
                **{"aria-label": "Navigation"},
            ),
            html.A(
                [icon("mark"), html.Span(NAME)],
                id="brand",
                href="/",
                className="brand",
                # Its text gives way on a phone.
                **{"aria-label": NAME},
            ),
            # assets/search.js fills it.
            html.Div(id="search", className="search"),
            dmc.ColorSchemeToggle(
                lightIcon=icon("sun"),
                darkIcon=icon("moon"),
                id="color-scheme",
                variant="subtle",
                color="gray",
                size="lg",
                **{"aria-label": "Light or dark"},
            ),
        ],
        h="100%",
        px="lg",
        gap="sm",
        wrap="nowrap",
    )


def navigation(pages: Iterable[Page]) -> Component:
    return html.Nav(
        [
            dmc.NavLink(
                id={"type": "navigation", "path": page.path},
                label=page.title,
                href=page.path,
                leftSection=icon(page.icon),
                active=False,
                noWrap=True,
            )
            for page in pages
            if page.in_navigation
        ],
        **{"aria-label": "Pages"},
    )


def main() -> Component:
    return html.Div(
        [
            html.Div(id="notice", role="alert"),
            dcc.Loading(
                html.Div(loading_state(), id="page"),
                custom_spinner=html.Span(className="progress", role="progressbar"),
                overlay_style={"visibility": "visible", "opacity": 0.6},
                delay_show=200,
            ),
            html.Footer(html.Span(id="freshness"), className="footer"),
        ],
        id="content",
        tabIndex=-1,
    )
