"""The tiles of Lifetime Value: what all people brought, and what they cost."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.components import (
    tile,
)
from dashboards.pages.lifetime_value.rows import CohortDrill
from dashboards.text import formatting
from dashboards.text.definitions import definition
from dashboards.warehouse import Row

COHORTS, COST, CUSTOMERS = (
    "lifetime_value_cohorts",
    "acquisition_cost",
    "customer_lifetime_value",
)
MEANT = {"predicted_amount": "predicted_lifetime_value_amount"}


def total_tiles(
    total: Row, cost: Row, drill: CohortDrill, as_of: str
) -> list[Component]:
    scope, currency = drill.scope, drill.scope.currency
    code = currency.upper()

    def amount(
        name: str, label: str, note: str, row: Row = total, mart: str = COHORTS
    ) -> Component:
        column = MEANT.get(name, name)
        return tile(
            *(name, label, row[name], "money", currency),
            note=note,
            href=drill.of(name) if row[name] else None,
            definition=definition(scope.mart(mart), column),
        )

    paid = formatting.count(total["converted_user_count"])
    where = "have paid" if scope.is_converted else f"paid first in {code}"
    shown = [
        tile(
            "user_count",
            "People acquired",
            total["user_count"],
            "count",
            note="visitors, users and customers",
            definition=definition(scope.mart(COHORTS), "user_count"),
        ),
        tile(
            "conversion_rate",
            "Conversion",
            total["conversion_rate"],
            "rate",
            note=f"{paid} {where}",
            definition=definition(scope.mart(COHORTS), "conversion_rate"),
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
    if spent is None and cost["spend_count"]:
        note = "spend without a rate"
    return [
        *shown,
        amount("customer_acquisition_cost_amount", "CAC", note, cost, COST),
        tile(
            "lifetime_value_to_cost_ratio",
            "LTV : CAC",
            cost["lifetime_value_to_cost_ratio"],
            "multiple",
            note="lifetime value for each spent",
            definition=definition(scope.mart(COST), "lifetime_value_to_cost_ratio"),
        ),
    ]
