"""Charts over rows as the database gave them: SVG, in the theme's colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import dash_mantine_components as dmc
from dash.development.base_component import Component

from dashboards.text import formatting

Rows = Sequence[Mapping[str, Any]]
HEIGHT = 300


@dataclass(frozen=True)
class Series:
    """A column to draw; `colour` is 1 (the accent) to 6 of the theme's."""

    field: str
    label: str
    colour: int = 1


def bars(
    rows: Rows,
    x: str,
    series: Sequence[Series],
    *,
    currency: str | None = None,
    **props,
) -> Component:
    """Stacked bars; figures below zero hang below the axis."""
    props = {
        "type": "stacked",
        "maxBarWidth": 28,
        "barChartProps": {"stackOffset": "sign"},
        **props,
    }
    return dmc.BarChart(**(common(rows, x, series, currency) | props))


def lines(
    rows: Rows,
    x: str,
    series: Sequence[Series],
    *,
    currency: str | None = None,
    **props,
) -> Component:
    props = {"curveType": "monotone", "withDots": len(rows) < 32, **props}
    return dmc.LineChart(**(common(rows, x, series, currency) | props))


def as_rates(**axis: object) -> dict[str, Any]:
    """Properties of a chart of fractions: 0.93 is 93%."""
    rate = {"function": "rate"}
    y_axis = {"width": 56, "tickFormatter": rate, **axis}
    return {"valueFormatter": rate, "yAxisProps": y_axis}


def common(
    rows: Rows, x: str, series: Sequence[Series], currency: str | None
) -> dict[str, Any]:
    fields = [one.field for one in series]
    label = labeller([row[x] for row in rows])
    return {
        "h": HEIGHT,
        "data": [
            {
                x: label(row[x]),
                **{field: drawable(row[field]) for field in fields},
                "row": place,
            }
            for place, row in enumerate(rows)
        ],
        "dataKey": x,
        "series": [
            {
                "name": one.field,
                "label": one.label,
                "color": f"var(--series-{one.colour})",
            }
            for one in series
        ],
        "withLegend": len(series) > 1,
        "legendProps": {"verticalAlign": "bottom"},
        "tickLine": "none",
        "gridAxis": "x",
        "valueFormatter": number_format(currency),
        "yAxisProps": {"width": 56, "tickFormatter": {"function": "compact"}},
        "xAxisProps": {"minTickGap": 24},
        "tooltipAnimationDuration": 0,
    }


def number_format(currency: str | None) -> dict[str, Any]:
    """The tooltip's format, in assets/formats.js."""
    if currency is None:
        return {"function": "plain"}
    places = formatting.decimal_places().get(currency, 2)
    options = {"currency": currency.upper(), "places": places}
    return {"function": "money", "options": options}


def labeller(values: Sequence[Any]) -> Callable[[Any], str]:
    """How to write what stands below the axis: months, days with or without year."""
    if not all(isinstance(value, date) for value in values):
        return str
    if len(values) > 1 and all(value.day == 1 for value in values):
        return formatting.month
    if len({value.year for value in values}) == 1:
        return formatting.day_of_year
    return formatting.day


def drawable(value: Any) -> Any:
    """Pixels need no more than floating point."""
    return float(value) if isinstance(value, Decimal) else value
