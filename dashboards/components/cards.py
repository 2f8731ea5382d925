"""Cards: a titled surface around a chart, a table or a few facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.components.cells import Cell, number_cell, row_of, value_of
from dashboards.components.defined import defined
from dashboards.components.downloads import Csv, csv_link, with_csv
from dashboards.text import formatting

Label = Component | str


def page_header(title: str, subtitle: str, *choosers: Component) -> Component:
    return html.Header(
        [
            html.Div([html.H1(title), html.P(subtitle, className="subtitle")]),
            html.Div(list(choosers), className="choosers"),
        ],
        className="page-header",
    )


def card(
    title: str,
    *children: Component,
    note: str | list[Any] | None = None,
    name: str | None = None,
    definition: str | None = None,
    csv: Csv | None = None,
    **attributes: str,
) -> Component:
    """A titled surface; one with a table says it as `csv`, to be downloaded."""
    name = name or title
    head: list = [html.H2(defined(title, definition))]
    if csv:
        head.append(csv_link(name, title))
    if note:
        head.append(html.P(note, className="card-note"))
    section = html.Section(
        [html.Div(head, className="card-head"), *children],
        className="card",
        **{"data-card": name},
        **attributes,
    )
    return with_csv(section, csv)


def chart_card(
    title: str,
    chart: Component,
    *,
    header: Sequence[str],
    figures: Iterable[Sequence[Cell | str]],
    currency: str | None = None,
    note: str | None = None,
    name: str | None = None,
    definition: str | None = None,
    tools: Sequence[Component] = (),
) -> Component:
    """A chart, and the same figures as a table for those who cannot see or want it.

    A click on a bar or point follows the link of its figure in the table, whose rows
    are in the chart's order; `currency` is that of its money, for the file.
    """
    name, figures = name or title, list(figures)
    for one in (chart, *chart._traverse()):
        if isinstance(one, dmc.BarChart | dmc.LineChart):
            one.id = {"type": "chart", "name": name}
    numbers = html.Details(
        [
            html.Summary("Show the numbers"),
            html.Div(
                html.Table(
                    [
                        html.Thead(
                            html.Tr([html.Th(text, scope="col") for text in header])
                        ),
                        html.Tbody([row_of(row) for row in figures]),
                    ],
                    className="numbers",
                ),
                className="numbers-scroll",
                tabIndex=0,
                role="region",
                **{"aria-label": f"{title}: numbers"},
            ),
        ]
    )
    drawing = html.Div(chart, role="img", **{"aria-label": f"{title}: chart"})
    values = [[*map(value_of, row)] for row in figures]
    csv = Csv(header, values)
    if currency:
        csv = Csv([*header, "Currency"], [[*row, currency] for row in values])
    return card(
        *(title, *tools, drawing, numbers),
        note=note,
        name=name,
        definition=definition,
        csv=csv,
    )


def figures_card(
    title: str,
    *,
    header: Sequence[str],
    figures: Sequence[Sequence[Cell | str]],
    note: str | list[Any] | None = None,
    name: str | None = None,
    currency: str | None = None,
) -> Component:
    """A few figures below one another, the last line their sum."""
    values = [[*map(value_of, row)] for row in figures]
    body = [
        html.Tr(
            [html.Th(row[0], scope="row"), *map(number_cell, row[1:])],
            className="sum" if row is figures[-1] else None,
        )
        for row in figures
    ]
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(text, scope="col") for text in header])),
            html.Tbody(body),
        ],
        className="numbers",
    )
    csv = Csv([*header, "Currency"], [[*row, currency] for row in values])
    scroll = html.Div(
        table,
        className="numbers-scroll",
        tabIndex=0,
        role="region",
        **{"aria-label": title},
    )
    return card(title, scroll, note=note, name=name, csv=csv)


def share_card(
    title: str,
    parts: Sequence[tuple[Label, Label, Decimal | None, int]],
    *,
    note: str | None = None,
    name: str | None = None,
    definition: str | None = None,
    csv: Csv | None = None,
) -> Component:
    """Parts of a whole as (label, figure, fraction, colour 1 to 6)."""
    sections = [
        dmc.ProgressSection(
            value=float(fraction * 100), color=f"var(--series-{colour})"
        )
        for _, _, fraction, colour in parts
        if fraction
    ]
    legend = [
        html.Li(
            [
                html.Span(className=f"dot series-{colour}"),
                html.Span(label),
                html.Span(figure, className="share-figure"),
                html.Span(formatting.rate(fraction), className="share-rate"),
            ]
        )
        for label, figure, fraction, colour in parts
    ]
    return card(
        title,
        html.Div(dmc.ProgressRoot(sections, size=18), **{"aria-hidden": "true"}),
        html.Ul(legend, className="legend"),
        note=note,
        name=name,
        definition=definition,
        csv=csv,
    )


def ranked_card(
    title: str,
    parts: Sequence[tuple[Label, Label, Decimal | None]],
    *,
    note: str | None = None,
    name: str | None = None,
    definition: str | None = None,
    empty: str = "None.",
) -> Component:
    """The largest first, as (label, figure, fraction of the whole): a bar for each."""
    longest = max((fraction or 0 for _, _, fraction in parts), default=0) or 1
    rows = [
        html.Li(
            [
                html.Span(
                    className="ranked-bar",
                    style={"width": f"{float((fraction or 0) / longest * 100):.1f}%"},
                ),
                html.Span(label, className="ranked-label"),
                html.Span(figure, className="share-figure"),
                html.Span(formatting.rate(fraction), className="share-rate"),
            ]
        )
        for label, figure, fraction in parts
    ]
    return card(
        title,
        html.Ol(rows, className="ranked") if rows else html.P(empty, className="none"),
        note=note,
        name=name,
        definition=definition,
    )


def sums_card(
    title: str,
    lines: Iterable[tuple[Label, str, bool]],
    *,
    note: str | list[Any] | None = None,
    name: str | None = None,
    csv: Csv | None = None,
) -> Component:
    """Amounts below one another as on a bill: (label, figure, is it a sum)."""
    rows = [
        html.Div([html.Dt(label), html.Dd(figure)], className="sum" if is_sum else None)
        for label, figure, is_sum in lines
    ]
    return card(title, html.Dl(rows, className="sums"), note=note, name=name, csv=csv)


def pill(text: str) -> Component:
    """A state in a word."""
    return html.Span(text, className="pill")


def funnel_card(
    title: str,
    stages: Sequence[tuple[Label, str, Decimal | None]],
    *,
    note: str | None = None,
    name: str | None = None,
    definition: str | None = None,
) -> Component:
    """Stages as (label, figure, fraction of the first), each with a bar."""
    bars = [
        html.Li(
            [
                html.Span(label),
                html.Span(figure, className="share-figure"),
                html.Span(formatting.rate(fraction), className="share-rate"),
                html.Span(
                    className="funnel-bar",
                    style={"--share": f"{min(1.0, float(fraction or 0)) * 100:.2f}%"},
                    **{"aria-hidden": "true"},
                ),
            ]
        )
        for label, figure, fraction in stages
    ]
    return card(
        title,
        html.Ol(bars, className="funnel"),
        note=note,
        name=name,
        definition=definition,
    )


def facts_card(
    title: str, facts: Iterable[tuple[Label, object]], name: str | None = None
) -> Component:
    """Attributes of one thing: (label, text, link or nothing)."""
    rows = [
        html.Div(
            [html.Dt(label), html.Dd(value or formatting.NOTHING)],
            className="wide"
            if len(str(getattr(value, "children", value))) > 22
            else None,
        )
        for label, value in facts
    ]
    return card(title, html.Dl(rows, className="facts"), name=name)
