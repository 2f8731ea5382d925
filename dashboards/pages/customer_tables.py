"""What a customer was charged and invoiced for, by month and one by one."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components import (
    Column,
    Series,
    bars,
    chart_card,
    table_card,
)
from dashboards.components.cells import Cell
from dashboards.pages.links import ids_lead_to, invoice_address
from dashboards.pages.stripe import (
    INVOICES,
    PAYMENTS,
    SUBSCRIPTIONS,
    stripe_column,
)
from dashboards.queries import customer as queries
from dashboards.queries.customer import Key
from dashboards.text import formatting
from dashboards.text.definitions import definition, meanings
from dashboards.warehouse import Row

MART = "customer_lookup"


def over_time(months: Sequence[Row], currency: str) -> Component:
    series = [
        Series("gross_amount", "Successful", 1),
        Series("failed_amount", "Failed", 2, hangs=True),
        Series("refund_amount", "Refunded", 3, hangs=True),
    ]
    return chart_card(
        "Charges by month",
        bars(months, "reporting_month", series, currency=currency)
        if months
        else html.P("No charges in this currency.", className="none"),
        header=["Month", *(one.label for one in series)],
        figures=[
            [
                Cell(formatting.month(row["reporting_month"]), row["reporting_month"]),
                *(Cell.of("money", row[one.field], currency) for one in series),
            ]
            for row in months
        ],
        currency=currency,
        name="over_time",
        definition=meanings(
            MART,
            {
                "Successful": "gross_charge_amount",
                "Failed": "failed_charge_amount",
            },
        ),
    )


def invoices(rows: Sequence[Row], customer: Row, is_test: bool) -> Component:
    links, rows = stripe_column(rows, INVOICES, "invoice_id", is_test)
    columns = [
        Column("invoice_id", "Invoice", link=invoice_address),
        Column("created_date", "Created", "day"),
        Column("status", "Status", "words"),
        Column("attempt_count", "Attempts", "count"),
        Column("total", "Total", "money"),
        Column("amount_paid", "Paid", "money"),
        Column("outstanding_amount", "Outstanding", "money"),
        Column("refund_amount", "Refunded", "money"),
        Column(
            *("due_date", "Due", "day"),
            definition=definition("customer_lookup_invoices", "effective_due_date"),
        ),
        Column("paid_date", "Paid on", "day"),
        *links,
    ]
    return table_card(
        "Invoices",
        columns,
        rows,
        name="invoices",
        mart="customer_lookup_invoices",
        note=how_many(rows, customer["invoice_count"]),
        empty="No invoices in this currency.",
    )


def charges(
    rows: Sequence[Row],
    key: Key,
    has_invoices: bool,
    own: Sequence[Column],
    is_test: bool,
) -> Component:
    links, rows = stripe_column(rows, PAYMENTS, "charge_id", is_test)
    columns = [
        Column("charge_id", "Charge", link=ids_lead_to("charge_id")),
        Column("created_at", "Created", "moment"),
        Column("invoice_id", "Invoice", link=invoice_address if has_invoices else None),
        Column("status", "Status", "words"),
        Column("failure_code", "Failure", "words"),
        Column("attempted_amount", "Amount", "money"),
        Column("refunded_amount", "Refunded", "money"),
        Column("net_amount", "Net", "money"),
        *links,
        *own,
    ]
    return table_card(
        "Charges",
        columns,
        rows,
        name="charges",
        mart="fct_charges",
        note=how_many(rows, None),
        empty=f"No charges in {key.currency.upper()}.",
    )


def subscriptions(rows: Sequence[Row], is_test: bool) -> Component:
    links, rows = stripe_column(rows, SUBSCRIPTIONS, "subscription_id", is_test)
    columns = [
        Column("what", "Plan", link=of_subscription),
        Column("status", "Status", "words"),
        Column("quantity", "Quantity", "count"),
        Column("mrr_amount", "MRR", "money"),
        Column("period_amount", "A period", "money"),
        Column("start_date", "Started", "day"),
        Column("current_period_end_at", "Period ends", "moment"),
        Column("is_canceling_at_period_end", "Cancels then", "flag"),
        Column("ended_date", "Ended", "day"),
        *links,
    ]
    return table_card(
        "Subscriptions",
        columns,
        rows,
        name="subscriptions",
        mart="fct_subscriptions",
        empty="No subscriptions in this currency.",
    )


def of_subscription(row: Row) -> str | None:
    to = ids_lead_to("subscription_id")
    return to and to(row)


def how_many(rows: Sequence[Row], total: int | None) -> str | None:
    """Said only where some are left out."""
    if len(rows) < queries.MOST_ROWS:
        return None
    of_all = f" of {formatting.count(total)}" if total else ""
    return f"The latest {formatting.count(len(rows))}{of_all}; Explore has them all."
