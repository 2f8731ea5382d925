"""What Finance Operations says of who owes, who pays and what is in the balance."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards import formatting
from dashboards.components import Column, share_card, table_card
from dashboards.pages.links import customer_address, named
from dashboards.queries import finance_operations as queries
from dashboards.warehouse import Row

BUCKETS = {
    "current": "Not yet due",
    "1_30": "1–30 days late",  # noqa: RUF001
    "31_60": "31–60 days late",  # noqa: RUF001
    "61_90": "61–90 days late",  # noqa: RUF001
    "over_90": "Over 90 days late",
}
AGE_COLOURS = (6, 4, 3, 1, 2)  # from light to dark
BALANCE_LABELS = {
    "charge_amount": "Charges",
    "refund_amount": "Refunds",
    "partial_capture_reversal_amount": "Partial captures",
    "dispute_amount": "Disputes",
    "fee_amount": "Fees",
    "transfer_amount": "Transfers",
    "platform_earning_amount": "Platform earnings",
    "other_amount": "Other",
    "unclassified_amount": "Unclassified",
    "payout_amount": "Payouts",
}


def receivables(buckets: Sequence[Row], currency: str, as_of: str) -> Component:
    parts = [
        (
            BUCKETS[row["ageing_bucket"]],
            formatting.money(row["outstanding_amount"], currency),
            row["share"],
            colour,
        )
        for colour, row in zip(AGE_COLOURS, buckets, strict=False)
    ]
    return share_card("Receivables by age", parts, note=as_of, name="ageing")


def owing(rows: Sequence[Row], as_of: str) -> Component:
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
        note=f"{as_of} {how_many(rows)}",
        empty="Nobody is delinquent or past due.",
    )


def top_customers(rows: Sequence[Row]) -> Component:
    columns = [
        Column("customer", "Customer", link=customer_address),
        Column("description", "Name"),
        Column("charge_count", "Charges", "count"),
        Column("gross_amount", "Gross", "money"),
        Column("refund_amount", "Refunded", "money"),
        Column("net_amount", "Net", "money"),
    ]
    return table_card(
        "Top customers",
        columns,
        named(rows),
        name="top_customers",
        note="By the net of their charges of these days, refunds to date taken off.",
        empty="No customer paid in these days.",
    )


def balances(rows: Sequence[Row], currency: str) -> Component:
    columns = [
        Column("reporting_month", "Month", "month"),
        Column("opening_balance_amount", "Opening", "money"),
        *(
            Column(figure, BALANCE_LABELS[figure], "money")
            for figure in queries.BALANCE_FIGURES
            if any(row[figure] for row in rows)
        ),
        Column("closing_balance_amount", "Closing", "money"),
    ]
    return table_card(
        "Balance by month",
        columns,
        rows,
        name="balance",
        note="What settles in this currency, net of fees; payouts are taken off.",
        empty=f"Nothing settles in {currency.upper()}.",
        page_size=12,
    )


def how_many(rows: Sequence[Row]) -> str:
    total = rows[0]["customer_count"] if rows else 0
    if total > len(rows):
        shown = formatting.count(len(rows))
        return f"The {shown} that owe most, of {formatting.count(total)}."
    return f"{formatting.counted(total, 'customer')}."
