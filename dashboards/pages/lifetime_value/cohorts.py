"""Cohorts of Lifetime Value: curves by channel, and months below each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from dash.development.base_component import Component

from dashboards.address.scope import Scope
from dashboards.components import (
    Cell,
    Series,
    as_rates,
    card,
    chart_card,
    heat_table,
    lines,
)
from dashboards.components.downloads import Csv
from dashboards.queries.lifetime_value import AGES
from dashboards.text import formatting
from dashboards.text.definitions import definition
from dashboards.text.formatting import plain_money
from dashboards.warehouse import Row

MART = "lifetime_value_cohorts"
FIGURES = {
    "net_amount_per_user": "Value per person",
    "net_amount_per_customer": "Value per customer",
    "conversion_rate": "Conversion",
}
MEANING = {
    "net_amount_per_user": "Net volume to date per person acquired, paying or not",
    "net_amount_per_customer": "Net volume to date per customer who has paid",
    "conversion_rate": "Of the people acquired, those who paid first in this currency",
}
# The same where all currencies are in one.
ALL_CURRENCIES = {"conversion_rate": "Of the people acquired, those who have paid"}


def curves_card(rows: Sequence[Row], figure: str, scope: Scope) -> Component:
    """A line for each channel, over the months since people first came."""
    currency = scope.currency
    meaning = (ALL_CURRENCIES if scope.is_converted else {}).get(figure)
    names = list(dict.fromkeys(row["channel"] for row in rows))
    series = [
        Series(f"channel_{place}", formatting.words(name), place)
        for place, name in enumerate(names, start=1)
    ]
    fields = {name: one.field for name, one in zip(names, series, strict=True)}
    by_age: dict[int, Row] = {}
    for row in rows:
        drawn = by_age.setdefault(row["months_since"], dict.fromkeys(fields.values()))
        drawn |= {"age": str(row["months_since"]), fields[row["channel"]]: row[figure]}
    ages = [by_age[age] for age in sorted(by_age)]
    is_rate = figure == "conversion_rate"
    kind = "rate" if is_rate else "money"
    chart = lines(
        ages,
        "age",
        series,
        currency=None if is_rate else currency,
        withDots=False,
        **(as_rates() if is_rate else {}),
    )
    return chart_card(
        f"{FIGURES[figure]} by channel and months since the first visit",
        chart,
        header=["Months since", *(one.label for one in series)],
        figures=[
            [row["age"], *(Cell.of(kind, row[one.field], currency) for one in series)]
            for row in ages
        ],
        currency=None if is_rate else currency,
        note=f"{meaning or MEANING[figure]}. At each age, of the cohorts that old",
        name="curves",
        definition=definition(scope.mart(MART), figure),
    )


def triangle_card(rows: Sequence[Row], figure: str, scope: Scope) -> Component:
    """Cohorts below each other, so that one sees whether later ones do better."""
    currency = scope.currency
    ages = [age for age in AGES if any(row["months_since"] == age for row in rows)]
    cohorts: dict[Any, dict[int, Row]] = {}
    for row in rows:
        cohorts.setdefault(row["acquisition_month"], {})[row["months_since"]] = row
    is_rate = figure == "conversion_rate"
    text = formatting.rate if is_rate else partial(plain_money, currency=currency)
    table = heat_table(
        "Cohorts",
        ["Acquired", "People", *(f"Month {age}" for age in ages)],
        [
            (
                [formatting.month(month), formatting.count(found[0]["user_count"])],
                [
                    (text(found[age]["figure"]), found[age]["heat"])
                    if age in found
                    else None
                    for age in ages
                ],
            )
            for month, found in cohorts.items()
        ],
    )
    unit = "" if is_rate else f", {currency.upper()}"
    csv = Csv(
        ["acquisition_month", "user_count", *(f"month_{age}" for age in ages)],
        [
            [
                month,
                found[0]["user_count"],
                *(found[age]["figure"] if age in found else None for age in ages),
            ]
            for month, found in cohorts.items()
        ],
    )
    return card(
        f"{FIGURES[figure]} by acquisition month{unit}",
        table,
        note="After so many months; the best of each age is darkest",
        name="triangle",
        csv=csv,
        definition=definition(scope.mart(MART), figure),
    )
