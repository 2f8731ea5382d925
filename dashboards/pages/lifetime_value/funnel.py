"""The funnel of Lifetime Value: who came, signed up and paid, by channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from dashboards.address.scope import Scope
from dashboards.components import (
    Cell,
    Column,
    Series,
    bars,
    card,
    chart_card,
    defined,
    funnel_card,
    table_card,
)
from dashboards.queries import lifetime_value as queries
from dashboards.text import formatting
from dashboards.text.definitions import definition, meanings
from dashboards.warehouse import Row, Warehouse

ARRIVED, REACHED = "acquisition_funnel_daily", "acquisition_steps_daily"
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
STEPS = {
    "visit": ("Visitors", "visitor_count"),
    "sign_up": ("Sign-ups", "sign_up_count"),
    "first_payment": ("First payments", "first_payment_count"),
}
ARRIVALS = (
    Series("sign_up_count", "Sign-ups", 1),
    Series("first_payment_count", "First payments", 2),
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
