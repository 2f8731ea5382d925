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
    """A column to draw; `colour` is 1 (the accent) to 6 of the theme's. One that takes
    away `hangs` below the axis; its figures stay above zero, as in the marts."""

    field: str
    label: str
    colour: int = 1
    hangs: bool = False


def bars(
    rows: Rows,
    x: str,
    series: Sequence[Series],
    *,
    currency: str | None = None,
    **props,
) -> Component:
    """Stacked bars; what takes away hangs below the axis."""
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
    label = labeller([row[x] for row in rows])
    return {
        "h": HEIGHT,
        "data": [
            {
                x: label(row[x]),
                **{one.field: drawable(row[one.field], one.hangs) for one in series},
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
        "valueFormatter": number_format(currency, any(one.hangs for one in series)),
        "yAxisProps": {"width": 56, "tickFormatter": {"function": "compact"}},
        "xAxisProps": {"minTickGap": 24},
        "tooltipAnimationDuration": 0,
    }


def number_format(currency: str | None, is_unsigned: bool) -> dict[str, Any]:
    """The tooltip's format, in assets/formats.js."""
    if currency is None:
        return {"function": "plain", "options": {"isUnsigned": is_unsigned}}
    places = formatting.decimal_places().get(currency, 2)
    options = {"currency": currency.upper(), "places": places}
    return {"function": "money", "options": options | {"isUnsigned": is_unsigned}}


def labeller(values: Sequence[Any]) -> Callable[[Any], str]:
    """How to write what stands below the axis: months, days with or without year."""
    if not all(isinstance(value, date) for value in values):
        return str
    if len(values) > 1 and all(value.day == 1 for value in values):
        return formatting.month
    if len({value.year for value in values}) == 1:
        return formatting.day_of_year
    return formatting.day


def drawable(value: Any, hangs: bool = False) -> Any:
    """Pixels need no more than floating point."""
    if hangs and value is not None:
        value = -value
    return float(value) if isinstance(value, Decimal) else value
