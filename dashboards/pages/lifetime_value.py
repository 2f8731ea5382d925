"""Lifetime Value: what people bring since they first came, by cohort and by channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.address import State
from dashboards.address.errors import NoData, NotFound
from dashboards.address.scope import Scope, of_span, read_months
from dashboards.components import (
    Cell,
    Column,
    Series,
    as_rates,
    bars,
    card,
    chart_card,
    choice,
    defined,
    funnel_card,
    heat_table,
    lines,
    options,
    page_header,
    table_card,
    tile,
    tiles,
)
from dashboards.components.downloads import Csv
from dashboards.pages.lifetime_value_rows import CohortDrill
from dashboards.pages.links import Here
from dashboards.pages.page import Page
from dashboards.pages.scope import in_others, lacks_currency, money_choosers
from dashboards.queries import lifetime_value as queries
from dashboards.queries.lifetime_value import AGES
from dashboards.text import formatting
from dashboards.text.definitions import definition, meanings
from dashboards.text.formatting import plain_money
from dashboards.warehouse import Row, Warehouse

COHORTS, COST = "lifetime_value_cohorts", "acquisition_cost"
CUSTOMERS, ARRIVED = "customer_lifetime_value", "acquisition_funnel_daily"
REACHED, COMPANY = "acquisition_steps_daily", "company_lifetime_value"
MISSING = "There is no lifetime value in this currency."
SPANS = {"12": "12 months", "24": "24 months", "all": "All months"}
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
CHANNELS = (
    Column("channel", "Channel", "words", width=150),
    Column("user_count", "People", "count"),
    Column("conversion_rate", "Conversion", "rate", width=124),
    Column("customer_count", "Customers", "count", width=124),
    Column("cumulative_net_amount", "Lifetime value", "money", width=150),
    Column("net_amount_per_user", "Per person", "money", width=120),
    Column("net_amount_per_customer", "Per customer", "money", width=146),
    Column(
        *("predicted_amount", "Predicted", "money"),
        width=124,
        definition=definition(CUSTOMERS, "predicted_lifetime_value_amount"),
    ),
    Column(
        *("days_to_first_payment", "To first payment", "days"),
        width=166,
        definition=f"Mean of: {definition(CUSTOMERS, 'days_to_first_payment')}",
    ),
)
FUNNEL = (
    Column("channel", "Channel", "words", width=150),
    Column("visitor_count", "Visitors", "count"),
    Column("sign_up_count", "Sign-ups", "count"),
    Column("first_payment_count", "First payments", "count", width=156),
    Column(
        *("sign_up_rate", "Sign-up rate", "rate"),
        width=130,
        definition="Sign-ups ÷ visitors of the same months.",
    ),
    Column(
        *("first_payment_rate", "Payment rate", "rate"),
        width=136,
        definition="First payments ÷ visitors of the same months.",
    ),
)
COSTS = (
    Column("acquisition_month", "Acquired", "month"),
    Column("channel", "Channel", "words", width=150),
    Column("spend_amount", "Spend", "money"),
    Column("user_count", "People", "count"),
    Column("customer_count", "Customers", "count", width=124),
    Column("customer_acquisition_cost_amount", "CAC", "money"),
    Column("lifetime_value_amount", "Lifetime value", "money", width=150),
    Column("lifetime_value_to_cost_ratio", "LTV : CAC", "multiple", width=120),
    Column("payback_months", "Payback, months", "count", width=166),
)
COMPANIES = (
    Column("company", "Company", "text", width=220),
    Column("customer_count", "Customers", "count", width=124),
    Column("user_count", "Users", "count"),
    Column("lifetime_value_amount", "Net volume", "money", width=150),
    Column("mrr_amount", "MRR", "money", width=124),
)
STEPS = {
    "visit": ("Visitors", "visitor_count"),
    "sign_up": ("Sign-ups", "sign_up_count"),
    "first_payment": ("First payments", "first_payment_count"),
}
MEANT = {"predicted_amount": "predicted_lifetime_value_amount"}
ARRIVALS = (
    Series("sign_up_count", "Sign-ups", 1),
    Series("first_payment_count", "First payments", 2),
)
NO_SPEND = (
    "No ad spend in these months. The dbt variable ad_spend_relation names a table of "
    "it; then the cost of a customer, its return and its payback stand here."
)


def layout(warehouse: Warehouse, state: State) -> Component:
    offered = warehouse.query(queries.SCOPE)
    if not offered:
        raise NoData("Nobody has been acquired yet.")
    figure = state.get("figure") or "net_amount_per_user"
    if figure not in FIGURES:
        raise NotFound("There is no such figure of cohorts.")
    if lacking := lacks_currency("/lifetime-value", state, offered, MISSING):
        return html.Div(lacking)
    scope, choosers = read_scope(state, offered)
    ask = warehouse.query
    drill = CohortDrill(Here("/lifetime-value", state), scope)
    total = ask(*queries.totals(scope))[0]
    cost = ask(*queries.cost_totals(scope))[0]
    months = formatting.month_range(scope.first, scope.last)
    as_of = formatting.day(warehouse.freshness().as_of)
    return html.Div(
        [
            page_header(
                "Lifetime Value",
                f"People acquired {months}, and what they brought to {as_of}",
                choice("figure", "Curves of", figure, options(FIGURES), w=184),
                *choosers,
            ),
            *in_others(
                *("lifetime value", ask(*queries.in_others(scope))),
                *("/lifetime-value", state),
            ),
            tiles(total_tiles(total, cost, drill, as_of)),
            curves_card(ask(*queries.curves(scope)), figure, scope.currency),
            triangle_card(
                ask(*queries.triangle(scope, figure)), figure, scope.currency
            ),
            table_card(
                "Channels",
                drill.in_grid.linked(CHANNELS),
                ask(*queries.channels(scope)),
                name="channels",
                mart=COHORTS,
                note="By the channel of the first visit; people who never paid count",
                page_size=12,
            ),
            *funnel_cards(warehouse, scope),
            *companies_cards(ask(*queries.companies(scope))),
            table_card(
                "Acquisition cost",
                COSTS,
                ask(*queries.costs(scope)),
                name="costs",
                mart=COST,
                note="Of all Stripe accounts together",
                empty=NO_SPEND,
                page_size=12,
            ),
        ]
    )


def read_scope(state: State, offered: Sequence[Row]) -> tuple[Scope, list[Component]]:
    """What the address asks for, and the choosers of it."""
    known = read_months(state, offered, MISSING)
    span = state.get("months") or "all"
    if span not in SPANS:
        raise NotFound("There are no cohorts of these months.")
    scope = of_span(known, span)
    return scope, [
        choice("months", "Acquired in", span, options(SPANS)),
        *money_choosers(scope, offered),
    ]


def total_tiles(
    total: Row, cost: Row, drill: CohortDrill, as_of: str
) -> list[Component]:
    currency = drill.scope.currency

    def amount(
        name: str, label: str, note: str, row: Row = total, mart: str = COHORTS
    ) -> Component:
        column = MEANT.get(name, name)
        return tile(
            *(name, label, row[name], "money", currency),
            note=note,
            href=drill.of(name) if row[name] else None,
            definition=definition(mart, column),
        )

    converted = formatting.count(total["converted_user_count"])
    shown = [
        tile(
            "user_count",
            "People acquired",
            total["user_count"],
            "count",
            note="visitors, users and customers",
            definition=definition(COHORTS, "user_count"),
        ),
        tile(
            "conversion_rate",
            "Conversion",
            total["conversion_rate"],
            "rate",
            note=f"{converted} paid first in {currency.upper()}",
            definition=definition(COHORTS, "conversion_rate"),
        ),
        amount(
            *("cumulative_net_amount", "Lifetime value"),
            "net volume of known customers to date",
        ),
        amount("net_amount_per_user", "Per person", "paying or not"),
        amount("net_amount_per_customer", "Per customer", "who has paid"),
        amount(
            *("predicted_amount", "Predicted", f"from subscriptions of {as_of}"),
            mart=CUSTOMERS,
        ),
    ]
    spent = cost["spend_amount"]
    note = f"on {formatting.money(spent, currency)} spent" if spent else "no ad spend"
    return [
        *shown,
        amount("customer_acquisition_cost_amount", "CAC", note, cost, COST),
        tile(
            "lifetime_value_to_cost_ratio",
            "LTV : CAC",
            cost["lifetime_value_to_cost_ratio"],
            "multiple",
            note="lifetime value for each spent",
            definition=definition(COST, "lifetime_value_to_cost_ratio"),
        ),
    ]


def curves_card(rows: Sequence[Row], figure: str, currency: str) -> Component:
    """A line for each channel, over the months since people first came."""
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
        note=f"{MEANING[figure]}. At each age, of the cohorts that old",
        name="curves",
        definition=definition(COHORTS, figure),
    )


def triangle_card(rows: Sequence[Row], figure: str, currency: str) -> Component:
    """Cohorts below each other, so that one sees whether later ones do better."""
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
        definition=definition(COHORTS, figure),
    )


def funnel_cards(warehouse: Warehouse, scope: Scope) -> list[Component]:
    stages = warehouse.query(*queries.funnel_stages(scope))[0]
    steps = warehouse.query(*queries.funnel_steps(scope))
    if not stages["visitor_count"]:
        message = (
            "No visits in these months: no event source is loaded, or it is empty."
        )
        return [
            card(
                "Funnel",
                html.P(message, className="none"),
                note=without_a_visit(shown_stages(stages, steps)),
                name="funnel",
            )
        ]
    months = [
        {**row, "month": formatting.month(row["reporting_month"])}
        for row in warehouse.query(*queries.funnel_months(scope))
    ]
    return [
        html.Div(
            [stages_card(stages, steps), arrivals_card(months)], className="cards"
        ),
        table_card(
            "Funnel by channel",
            FUNNEL,
            warehouse.query(*queries.funnel(scope)),
            name="funnel_channels",
            mart=ARRIVED,
            note="Rates are of the visitors of these months; in all currencies",
            page_size=12,
        ),
    ]


@dataclass(frozen=True)
class Stage:
    """A step of the funnel: its people with a known visit, and those without."""

    label: str
    meaning: str | None
    people: int
    rate: Decimal | None
    untracked: int


def shown_stages(stages: Row, steps: Sequence[Row]) -> list[Stage]:
    """The steps that are listed, where events are among them, else the three."""
    if any(row["step"] not in STEPS for row in steps):
        meaning = definition(REACHED, "person_count")
        return [
            Stage(
                *(step_label(row["step"]), meaning, row["person_count"], row["rate"]),
                untracked=row["untracked_person_count"],
            )
            for row in steps
        ]
    return [
        Stage(
            *(label, definition(ARRIVED, name), stages[name]),
            rate=stages.get(f"{step}_rate", Decimal(1)),
            untracked=stages[f"untracked_{name}"],
        )
        for step, (label, name) in STEPS.items()
    ]


def stages_card(stages: Row, steps: Sequence[Row]) -> Component:
    shown = shown_stages(stages, steps)
    return funnel_card(
        "Funnel",
        [
            (defined(one.label, one.meaning), formatting.count(one.people), one.rate)
            for one in shown
        ],
        note=without_a_visit(shown),
        name="funnel",
    )


def without_a_visit(shown: Sequence[Stage]) -> str | None:
    """How many more the marts count at each step; nothing where there are none."""
    more = [
        f"{one.label[:1].lower()}{one.label[1:]} {formatting.count(one.untracked)}"
        for one in shown
        if one.untracked
    ]
    return f"Besides, without a known visit: {', '.join(more)}" if more else None


def step_label(step: str) -> str:
    return STEPS[step][0] if step in STEPS else str(formatting.words(step))


def companies_cards(rows: Sequence[Row]) -> list[Component]:
    """What companies brought; nothing where none is known in this currency."""
    if not rows:
        return []
    return [
        table_card(
            "Companies",
            COMPANIES,
            rows,
            name="companies",
            mart=COMPANY,
            note="Those that brought most to date, whenever their people came",
            page_size=queries.NAMED_COMPANIES,
        )
    ]


def arrivals_card(months: Sequence[Row]) -> Component:
    return chart_card(
        "Sign-ups and first payments by month",
        bars(months, "month", ARRIVALS, type="default"),
        header=["Month", "Visitors", *(one.label for one in ARRIVALS)],
        figures=[
            [
                Cell(row["month"], row["reporting_month"]),
                Cell.of("count", row["visitor_count"]),
                *(Cell.of("count", row[one.field]) for one in ARRIVALS),
            ]
            for row in months
        ],
        name="arrivals",
        definition=meanings(ARRIVED, {one.label: one.field for one in ARRIVALS}),
    )


PAGE = Page(
    "/lifetime-value", "Lifetime Value", "star", layout, needs=(CUSTOMERS, COHORTS)
)
