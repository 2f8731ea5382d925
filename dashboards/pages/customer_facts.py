"""Who a customer is and where it came from, as facts."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from dash import html
from dash.development.base_component import Component

from dashboards.address.selection import rows_with
from dashboards.components import (
    defined,
    facts_card,
)
from dashboards.pages.stripe import (
    CUSTOMERS,
    with_stripe,
)
from dashboards.text import formatting
from dashboards.text.definitions import definition
from dashboards.text.formatting import words
from dashboards.warehouse import Row

MART = "customer_lookup"


def attributes(
    row: Row,
    absent: AbstractSet[str],
    emails: Component | str | None,
    is_test: bool,
    more: Sequence[tuple[Component | str, str]],
) -> Component:
    currency = row["currency"]
    amounts = {
        "net_volume_amount": "Net volume",
        "fee_amount": "Fees",
        "bad_debt_amount": "Written off",
    }
    facts = [
        ("E-mail", emails),
        ("Name", row["description"]),
        ("Id", with_stripe(row["customer_id"], CUSTOMERS, is_test)),
        ("Created", formatting.day(row["created_date"])),
        *more,
        (
            meaning("Home currency", "home_currency"),
            formatting.code(row["home_currency"]),
        ),
        (meaning("Delinquent", "is_delinquent"), formatting.flag(row["is_delinquent"])),
        *(
            (meaning(label, column), written(row[column]))
            for label, column, written in (
                ("Past due", "is_past_due", formatting.flag),
                ("Disputes", "dispute_count", formatting.count),
            )
            if column not in absent
        ),
        *(
            (meaning(label, column), formatting.money(row[column], currency))
            for column, label in amounts.items()
            if column not in absent
        ),
        (
            "Explore",
            html.A(
                "All charges",
                href=rows_with("charges", "customer_id", row["customer_id"]),
            ),
        ),
    ]
    return facts_card("Customer", facts, name="customer")


def meaning(label: str, column: str) -> Component | str:
    return defined(label, definition(MART, column))


def acquisition(row: Row) -> Component:
    facts = [
        (
            meaning("First channel", "first_touch_channel"),
            words(row["first_touch_channel"]),
        ),
        ("Campaign", row["first_touch_campaign"]),
        (
            meaning("Last channel", "last_touch_channel"),
            words(row["last_touch_channel"]),
        ),
        ("First touch", formatting.day(row["first_touch_at"])),
        (
            meaning("First attempted charge", "first_charge_at"),
            formatting.day(row["first_charge_at"]),
        ),
        (
            meaning("Last attempted charge", "last_charge_at"),
            formatting.day(row["last_charge_at"]),
        ),
        ("User id", row["user_id"]),
    ]
    return facts_card("Acquisition", facts, name="acquisition")
