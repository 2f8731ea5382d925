"""The tables of Lifetime Value: channels, companies, and what people cost."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.address.scope import Scope
from dashboards.components import (
    Column,
    table_card,
)
from dashboards.pages.lifetime_value.rows import CohortDrill
from dashboards.queries import lifetime_value as queries
from dashboards.text.definitions import definition
from dashboards.warehouse import Row

COHORTS, COST = "lifetime_value_cohorts", "acquisition_cost"
CUSTOMERS, COMPANY = "customer_lifetime_value", "company_lifetime_value"
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
NO_SPEND = (
    "No ad spend in these months. The dbt variable ad_spend_relation names a table of "
    "it; then the cost of a customer, its return and its payback stand here."
)


def channels_card(rows: Sequence[Row], drill: CohortDrill) -> Component:
    return table_card(
        "Channels",
        drill.in_grid.linked(CHANNELS),
        rows,
        name="channels",
        mart=drill.scope.mart(COHORTS),
        note="By the channel of the first visit; people who never paid count",
        page_size=12,
    )


def costs_card(rows: Sequence[Row], scope: Scope) -> Component:
    return table_card(
        "Acquisition cost",
        COSTS,
        rows,
        name="costs",
        mart=scope.mart(COST),
        note="Of all Stripe accounts together",
        empty=NO_SPEND,
        page_size=12,
    )


def companies_cards(rows: Sequence[Row], scope: Scope) -> list[Component]:
    """What companies brought; nothing where none is known in this currency."""
    if not rows:
        return []
    return [
        table_card(
            "Companies",
            COMPANIES,
            rows,
            name="companies",
            mart=scope.mart(COMPANY),
            note="Those that brought most to date, whenever their people came",
            page_size=queries.NAMED_COMPANIES,
        )
    ]
