"""What Finance Operations says of the Stripe balance: what moved it, month by month."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.address.scope import Scope
from dashboards.components import Column, table_card
from dashboards.queries import balance as queries
from dashboards.text import formatting
from dashboards.text.formatting import words
from dashboards.warehouse import Row, Warehouse

ACTIVITY = "balance_activity_monthly"
SUMMARY = "balance_summary_monthly"
CATEGORIES = (
    Column("category", "Category", width=200),
    Column("transaction_count", "Transactions", "count", width=130),
    Column("gross_amount", "Gross", "money"),
    Column("fee_amount", "Fees", "money"),
    Column("net_amount", "Net", "money"),
)
GROSS = Column(
    *("gross_amount", "Gross", "money"),
    definition="What activity moved before fees; payouts are none.",
)
FEES = Column(
    *("fee_amount", "Fees", "money"),
    definition="Fees taken from charges, refunds and disputes, and fees that Stripe "
    "bills by themselves.",
)
NET = Column(
    *("net_amount", "Net", "money"),
    definition="Gross less fees: the balance change from activity.",
)
PAYOUTS = Column(
    *("payout_amount", "Payouts", "money"),
    definition="Sent to the account's own bank, negative as it leaves the balance.",
)
CAME_BACK = Column(
    *("payout_reversal_amount", "Payouts returned", "money"),
    definition="Payouts that the bank sent back: failed and reversed ones.",
)


def balance_cards(warehouse: Warehouse, scope: Scope, months: str) -> list[Component]:
    """What moved the balance in the `months` of the days, and how it stood by month."""
    if not warehouse.has(ACTIVITY, SUMMARY):
        return []
    return [
        by_category(warehouse.query(*queries.categories(scope)), scope, months),
        by_month(warehouse.query(*queries.months(scope)), scope),
    ]


def by_category(rows: Sequence[Row], scope: Scope, months: str) -> Component:
    named = [{**row, "category": category(row)} for row in rows]
    return table_card(
        "Balance by category",
        CATEGORIES,
        named,
        name="balance_categories",
        mart=ACTIVITY,
        note=f"What settled in {scope.currency.upper()} in {months}, before and after "
        "the fees taken from it; category Fee is billed by itself",
        empty=f"Nothing settled in {scope.currency.upper()} in {months}.",
        page_size=25,
    )


def by_month(rows: Sequence[Row], scope: Scope) -> Component:
    returned = [CAME_BACK] if any(row[CAME_BACK.field] for row in rows) else []
    payouts = " + payouts returned" if returned else ""
    columns = [
        Column("reporting_month", "Month", "month"),
        Column("opening_balance_amount", "Opening", "money"),
        GROSS,
        FEES,
        NET,
        PAYOUTS,
        *returned,
        Column("closing_balance_amount", "Closing", "money"),
    ]
    return table_card(
        "Balance by month",
        columns,
        rows,
        name="balance",
        mart=SUMMARY,
        note=f"What settles in {scope.currency.upper()}: gross − fees = net, and "  # noqa: RUF001
        f"opening + net + payouts{payouts} = closing",
        empty=f"Nothing settles in {scope.currency.upper()}.",
        page_size=queries.MONTHS,
    )


def category(row: Row) -> str:
    """Older accounts have transfers to the own bank where others have payouts."""
    name = words(row["reporting_category"]) or formatting.NOTHING
    is_transfer = row["is_payout"] and "payout" not in row["reporting_category"]
    return f"{name} to the bank" if is_transfer else name
