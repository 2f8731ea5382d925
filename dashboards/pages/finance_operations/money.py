"""What Finance Operations says of who owes and who pays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash.development.base_component import Component

from dashboards.address.scope import Standing
from dashboards.components import Column, defined, share_card, table_card
from dashboards.pages.links import customer_address, named
from dashboards.queries import finance_operations as queries
from dashboards.text import formatting
from dashboards.text.definitions import definition
from dashboards.warehouse import Row

AGES = dict(
    zip(
        queries.AGES,
        (
            "Not yet due",
            "1–30 days late",  # noqa: RUF001
            "31–60 days late",  # noqa: RUF001
            "61–90 days late",  # noqa: RUF001
            "Over 90 days late",
        ),
        strict=True,
    )
)
AGE_COLOURS = (6, 4, 3, 1, 2)  # from light to dark


def receivables(owed: Row, currency: str, standing: Standing) -> Component:
    parts = [
        (
            defined(label, definition("receivables_monthly", name)),
            formatting.money(owed[name], currency),
            owed[f"{name}_share"],
            colour,
        )
        for colour, (name, label) in zip(AGE_COLOURS, AGES.items(), strict=True)
    ]
    note = standing.text[:1].upper() + standing.text[1:]
    return share_card("Receivables by age", parts, note=note, name="ageing")


def owing(rows: Sequence[Row], today: date) -> Component:
    columns = [
        Column("customer", "Customer", link=customer_address),
        Column("is_delinquent", "Delinquent", "flag"),
        Column("past_due_amount", "Past due", "money"),
        Column("outstanding_amount", "Outstanding", "money"),
        Column("current_amount", "Not due", "money"),
        Column("days_1_30_amount", "1–30 days", "money"),  # noqa: RUF001
        Column("days_31_60_amount", "31–60 days", "money"),  # noqa: RUF001
        Column("days_61_90_amount", "61–90 days", "money"),  # noqa: RUF001
        Column("over_90_amount", "Over 90", "money"),
        Column("oldest_due_date", "Oldest due", "day"),
    ]
    return table_card(
        "Delinquent and past-due customers",
        columns,
        named(rows),
        name="owing",
        mart="finance_operations_delinquent_customers",
        note=f"{how_many(rows)}, as of {formatting.day(today)}",
        empty="Nobody is delinquent or past due.",
    )


def top_customers(rows: Sequence[Row]) -> Component:
    columns = [
        Column("customer", "Customer", link=customer_address),
        Column("description", "Name"),
        Column(
            *("charge_count", "Charges", "count"),
            definition=definition("customer_lookup", "gross_charge_count"),
        ),
        Column("gross_amount", "Gross", "money"),
        Column(
            *("refund_amount", "Refunded", "money"),
            definition=definition("fct_charges", "refunded_amount"),
        ),
        Column("net_amount", "Net", "money"),
    ]
    return table_card(
        "Top customers",
        columns,
        named(rows),
        name="top_customers",
        mart="fct_charges",
        note="By the net of their charges of these days, refunds to date taken off.",
        empty="No customer paid in these days.",
    )


def how_many(rows: Sequence[Row]) -> str:
    total = rows[0]["customer_count"] if rows else 0
    if total > len(rows):
        shown = formatting.count(len(rows))
        return f"The {shown} that owe most, of {formatting.count(total)}"
    return formatting.counted(total, "customer")
