"""What Finance Operations says of the Stripe balance: what moved it, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dash.development.base_component import Component

from dashboards.address.selection import Filter
from dashboards.components import Column, table_card
from dashboards.pages.drill import Drill, Rows, between, unless_none
from dashboards.queries import balance as queries
from dashboards.text import formatting
from dashboards.text.formatting import words
from dashboards.warehouse import Row, Warehouse

ACTIVITY = "balance_activity_monthly"
SUMMARY = "balance_summary_monthly"
MOVED = Rows("balance_transactions")
# By the column of Balance by month, what holds for its rows beside the month. Fees are
# taken from some rows and are others': there is no one set of them.
BEHIND = {
    "gross_amount": "is_payout:eq:false;reporting_category:ne:fee",
    "net_amount": "is_payout:eq:false",
    "payout_amount": "is_payout:eq:true;reporting_category:in:payout|transfer",
    "payout_reversal_amount": "is_payout:eq:true;"
    "reporting_category:in:payout_reversal|transfer_reversal",
}
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


def balance_cards(warehouse: Warehouse, drill: Drill, months: str) -> list[Component]:
    """What moved the balance in the `months` of the days, and how it stood by month."""
    scope = drill.scope
    if not warehouse.has(ACTIVITY, SUMMARY):
        return []
    return [
        by_category(warehouse, drill, months),
        by_month(warehouse.query(*queries.months(scope)), drill),
    ]


def by_category(warehouse: Warehouse, drill: Drill, months: str) -> Component:
    """What moved the balance, and by how much it changed in all."""
    scope = drill.scope
    rows = warehouse.query(*queries.categories(scope))
    named = [{**row, "category": category(row)} for row in rows]
    sums = warehouse.query(*queries.all_categories(scope))

    def rows_of(row: Row) -> str:
        months = between("reporting_month", drill.months)
        if row["category"] is None:
            return drill.to(MOVED, *months)
        return drill.to(
            MOVED,
            *months,
            Filter("reporting_category", "in", row["reporting_category"] or ""),
            Filter("is_payout", "eq", str(row["is_payout"]).lower()),
        )

    return table_card(
        "Balance by category",
        [
            replace(CATEGORIES[0], link=rows_of),
            *(replace(one, shares="category") for one in CATEGORIES[1:]),
        ],
        named,
        name="balance_categories",
        mart=ACTIVITY,
        note=f"What settled in {scope.currency.upper()} in {months}, before and after "
        "the fees taken from it; category Fee is billed by itself. The total is what "
        "the balance changed by",
        empty=f"Nothing settled in {scope.currency.upper()} in {months}.",
        page_size=25,
        total={**sums[0], "category": None} if sums else None,
    )


def by_month(rows: Sequence[Row], drill: Drill) -> Component:
    scope = drill.scope

    def moved(column: Column) -> Column:
        """With a link to what moved the balance in the month of a row."""

        def rows_of(row: Row) -> str:
            month = row["reporting_month"].isoformat()
            found = Filter("reporting_month", "eq", month)
            return drill.to(replace(MOVED, condition=BEHIND[column.field]), found)

        return replace(column, link=unless_none(column.field, rows_of))

    def stood(field: str, label: str, until: str) -> Column:
        """A balance is all that moved it up to the month, payouts included."""

        def rows_of(row: Row) -> str:
            month = row["reporting_month"].isoformat()
            return drill.to(MOVED, Filter("reporting_month", until, month))

        return Column(field, label, "money", unless_none(field, rows_of))

    returned = [moved(CAME_BACK)] if any(row[CAME_BACK.field] for row in rows) else []
    payouts = " + payouts returned" if returned else ""
    columns = [
        Column("reporting_month", "Month", "month"),
        stood("opening_balance_amount", "Opening", "lt"),
        moved(GROSS),
        FEES,
        moved(NET),
        moved(PAYOUTS),
        *returned,
        stood("closing_balance_amount", "Closing", "le"),
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
