"""Tiles: one figure each, with its change and its recent course."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.components.defined import defined
from dashboards.text import formatting


@dataclass(frozen=True)
class Change:
    """How a figure moved: `text` is shown, `good` is what an owner thinks of it.

    `good` is None where neither up nor down is good, or nothing moved.
    """

    text: str
    amount: Decimal
    good: bool | None = None

    @classmethod
    def of(cls, text: str, amount: Decimal | None, better: str | None) -> Change | None:
        """A change whose figure gets `better` when it goes "up" or "down"."""
        if amount is None:
            return None
        good = (
            None if better is None or not amount else (amount > 0) == (better == "up")
        )
        return cls(text, amount, good)

    @classmethod
    def by(cls, kind: str, amount: Decimal | None, better: str | None) -> Change | None:
        """Of a rate, by a difference; of anything else, by a fraction of it."""
        describe = formatting.points if kind == "rate" else formatting.change
        # What rounds to nothing did not move.
        moved = None if amount is None else formatting.rounded(amount * 100, 1)
        return cls.of(describe(amount), moved, better)


def tiles(children: Iterable[Component]) -> Component:
    return html.Div(list(children), className="tiles")


def tile(
    name: str,
    label: str,
    value: Decimal | int | None,
    kind: str,
    currency: str | None = None,
    *,
    note: str | None = None,
    change: Change | None = None,
    course: Sequence[Decimal | int | None] = (),
    href: str | None = None,
    definition: str | None = None,
) -> Component:
    """A tile; `name` is the column it shows, `kind` is as in formatting.shown.

    `href` opens the rows behind the figure, or a part of a page that explains it.
    """
    title = defined(label, definition)
    shown = formatting.shown(kind, value, currency)
    if href:
        # The whole tile, by style.css.
        shown = html.A(shown, href=href, **{"aria-label": f"{label}: {shown}"})
    below: list = [change_badge(change)] if change else []
    if note:
        below.append(html.Span(note, className="tile-note"))
    return html.Section(
        [
            html.H2(title, className="tile-label"),
            html.P(shown, className="tile-value"),
            html.P(below, className="tile-below"),
            sparkline(course),
        ],
        className="tile",
        **{"data-tile": name, "data-exact": "" if value is None else str(value)},
    )


def change_badge(change: Change) -> Component:
    words = {True: "better", False: "worse", None: "neutral"}[change.good]
    arrow = "▲ " if change.amount > 0 else "▼ " if change.amount < 0 else ""
    return html.Span(
        [
            html.Span(arrow, **{"aria-hidden": "true"}) if arrow else None,
            change.text,
            dmc.VisuallyHidden(f" ({words})"),
        ],
        className=f"change change-{words}",
    )


def sparkline(course: Sequence[Decimal | int | None]) -> Component:
    known = [float(value) for value in course if value is not None]
    if len(known) < 2:
        return html.Div(className="tile-course")
    return html.Div(
        dmc.Sparkline(
            data=known, h=32, color="var(--accent)", strokeWidth=1.5, fillOpacity=0.15
        ),
        className="tile-course",
        **{"aria-hidden": "true"},
    )
