"""Invoice Lookup: what was asked for, what was paid, and every attempt to charge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.address import State
from dashboards.address.errors import NoData, NotFound
from dashboards.address.selection import rows_with
from dashboards.components import (
    Column,
    defined,
    facts_card,
    page_header,
    pill,
    sums_card,
    table_card,
    tile,
    tiles,
)
from dashboards.pages.links import customer_address, invoice_address
from dashboards.pages.own import own_facts, own_rows, with_own
from dashboards.pages.page import Page
from dashboards.pages.stripe import (
    INVOICES,
    PAYMENTS,
    is_of_test_mode,
    stripe_column,
    with_stripe,
)
from dashboards.queries import invoice as queries
from dashboards.text import formatting
from dashboards.text.definitions import definition, known_definition
from dashboards.text.formatting import words
from dashboards.warehouse import Row, Warehouse

TITLE = "Invoice Lookup"
MART = "invoice_lookup"
NOT_OWED = {
    "draft": "a draft: not owed yet",
    "uncollectible": "written off: nothing is owed",
    "void": "void: nothing is owed",
}
NOT_OWED_LINES = {
    "draft": "Not owed yet",
    "uncollectible": "Written off",
    "void": "Voided",
}


def layout(warehouse: Warehouse, state: State) -> Component:
    invoice_id = state.get("invoice_id")
    if not invoice_id:
        newest = warehouse.query(queries.NEWEST)
        if not newest:
            raise NoData("There are no invoices yet.")
        return start(newest, as_of(warehouse))
    rows = warehouse.query(*queries.invoice(invoice_id))
    if not rows:
        raise NotFound("There is no invoice with this id.")
    account = state.get("account", rows[0]["source_relation"])
    row = next((row for row in rows if row["source_relation"] == account), None)
    if row is None:
        raise NotFound("This invoice is not in this Stripe account.")
    return about(warehouse, row)


def as_of(warehouse: Warehouse) -> str:
    return f"as of {formatting.day(warehouse.freshness().as_of)}"


def start(newest: Sequence[Row], standing: str) -> Component:
    columns = [
        Column("invoice_id", "Invoice", link=invoice_address),
        Column("created_date", "Created", "day"),
        Column("customer", "Customer", link=customer_address),
        Column("status", "Status", "words"),
        Column("attempt_count", "Attempts", "count"),
        Column("currency", "Currency", "code"),
        Column("total", "Total", "money"),
        Column("outstanding_amount", "Outstanding", "money"),
    ]
    rows = [{**row, "customer": row["email"] or row["customer_id"]} for row in newest]
    return html.Div(
        [
            page_header(TITLE, "Search for any invoice above, or open one of these."),
            table_card(
                "Invoices",
                columns,
                rows,
                name="newest",
                mart=MART,
                note=f"Open ones first, then the newest, {standing}",
                page_size=20,
            ),
        ]
    )


def about(warehouse: Warehouse, row: Row) -> Component:
    of_invoice = row["source_relation"], row["invoice_id"]
    attempts = warehouse.query(*queries.charges(*of_invoice))
    is_test = is_of_test_mode(warehouse, "fct_charges", "invoice_id", *of_invoice)
    return html.Div(
        [
            page_header(
                f"Invoice {row['invoice_id']}", standing(row, as_of(warehouse))
            ),
            tiles(figure_tiles(row)),
            html.Div(
                [adding_up(row), attributes(row, is_test)],
                className="cards cards-facts",
            ),
            *own_facts(warehouse, "invoice_id", *of_invoice),
            charges(
                *with_own(warehouse, "charge_id", of_invoice[0], attempts), is_test
            ),
            line_items(warehouse.query(*queries.line_items(*of_invoice))),
            *own_rows(warehouse, "invoice_id", *of_invoice),
        ]
    )


def standing(row: Row, day: str) -> list[Any]:
    late = row["days_past_due"] if row["is_past_due"] else None
    return [
        pill(words(row["status"]) or "Unknown status"),
        *([pill(f"{formatting.counted(late, 'day')} late")] if late else []),
        customer_link(row),
        f" · created {formatting.day(row['created_date'])} · {day}",
    ]


def customer_link(row: Row) -> Any:
    if not row["customer_id"]:
        return "no customer"
    return html.A(row["email"] or row["customer_id"], href=customer_address(row))


def figure_tiles(row: Row) -> list[Component]:
    currency = row["currency"]

    def amount(name: str, label: str, note: str | None = None) -> Component:
        return tile(
            *(name, label, row[name], "money", currency),
            note=note,
            definition=definition(MART, name),
        )

    return [
        amount("total", "Total"),
        amount("amount_paid", "Paid"),
        amount("outstanding_amount", "Outstanding", why_outstanding(row)),
        amount(
            "net_amount",
            "Net of charges",
            f"{formatting.money(row['gross_amount'], currency)} gross",
        ),
        amount("refund_amount", "Refunded"),
        amount(
            "failed_amount",
            "Failed",
            f"{formatting.count(row['failed_charge_count'])} of "
            f"{formatting.counted(row['charge_count'], 'charge')}",
        ),
        tile(
            *("attempt_count", "Attempts", row["attempt_count"], "count"),
            definition=definition(MART, "attempt_count"),
        ),
        tile(
            *("days_to_payment", "Time to payment", row["days_to_payment"], "days"),
            definition=definition(MART, "days_to_payment"),
        ),
    ]


def why_outstanding(row: Row) -> str | None:
    """When it is due; of what is owed no more, or not yet, why."""
    if row["outstanding_amount"]:
        return f"due {formatting.day(row['effective_due_date'])}"
    return NOT_OWED.get(row["status"])


def adding_up(row: Row) -> Component:
    not_owed = row["outstanding_below_remaining"]
    label = NOT_OWED_LINES.get(row["status"], "Paid after this day")
    lines = (
        ("subtotal", "Subtotal", False),
        ("discount_below_zero", "Discount", False),
        ("tax", "Tax", False),
        ("total", "Total", True),
        ("amount_due", "Amount due", False),
        ("amount_paid", "Paid", False),
        *([("outstanding_below_remaining", label, False)] if not_owed else []),
        ("outstanding_amount", "Outstanding", True),
    )
    return sums_card(
        "How it adds up",
        [
            (
                defined(label, known_definition(MART, name.replace("_below_zero", ""))),
                formatting.plain_money(row[name], row["currency"]),
                is_sum,
            )
            for name, label, is_sum in lines
        ],
        note=f"In {formatting.code(row['currency'])}." if row["currency"] else None,
        name="adding_up",
    )


def attributes(row: Row, is_test: bool) -> Component:
    currency = row["currency"]
    period = None
    if row["period_start_at"] and row["period_end_at"]:
        period = formatting.day_range(
            row["period_start_at"].date(), row["period_end_at"].date()
        )
    facts = [
        ("Customer", customer_link(row)),
        ("Id", with_stripe(row["invoice_id"], INVOICES, is_test)),
        ("Status", words(row["status"])),
        ("Receipt number", row["receipt_number"]),
        ("Reason", words(row["billing_reason"])),
        ("Description", row["description"]),
        ("Subscription", row["subscription_id"]),
        ("Created", formatting.moment(row["created_at"])),
        (
            "Due",
            None
            if row["status"] in NOT_OWED
            else formatting.day(row["effective_due_date"]),
        ),
        ("Paid on", formatting.day(row["paid_date"])),
        ("Next attempt", formatting.moment(row["next_payment_attempt_at"])),
        ("Period", period),
        ("Starting balance", formatting.money(row["starting_balance"], currency)),
        ("Ending balance", formatting.money(row["ending_balance"], currency)),
        (
            "Explore",
            html.Span(
                [
                    explore(row, "invoices", "All fields"),
                    " · ",
                    explore(row, "charges", "Charges"),
                ]
            ),
        ),
    ]
    return facts_card("Invoice", facts, name="invoice")


def charges(own: Sequence[Column], rows: Sequence[Row], is_test: bool) -> Component:
    links, rows = stripe_column(rows, PAYMENTS, "charge_id", is_test)
    columns = [
        Column("charge_id", "Charge"),
        Column("created_at", "Created", "moment"),
        Column("status", "Status", "words"),
        Column("failure_code", "Failure", "words"),
        Column("failure_message", "Bank's message", width=140, wraps=True),
        Column("amount", "Amount", "money"),
        Column("refund_amount", "Refunded", "money"),
        Column("net_amount", "Net", "money"),
        Column("days_to_payment", "Time to payment", "days"),
        *links,
        *own,
    ]
    return table_card(
        "Charges",
        columns,
        rows,
        name="charges",
        mart="invoice_lookup_charges",
        empty="Nothing was charged for this invoice.",
    )


def line_items(rows: Sequence[Row]) -> Component:
    columns = [
        Column("description", "Description", width=240, wraps=True),
        Column("what", "Plan"),
        Column("period_start_at", "From", "day"),
        Column("period_end_at", "To", "day"),
        Column("is_proration", "Proration", "flag"),
        Column("quantity", "Quantity", "count"),
        Column("amount", "Amount", "money"),
    ]
    shown = [
        {**row, "what": row["product_name"] or row["plan_name"] or row["plan_id"]}
        for row in rows
    ]
    return table_card(
        "Line items",
        columns,
        shown,
        name="line_items",
        mart="invoice_lookup_line_items",
        empty="No line items were delivered for this invoice.",
    )


def explore(row: Row, table: str, text: str) -> Component:
    return html.A(text, href=rows_with(table, "invoice_id", row["invoice_id"]))


PAGE = Page("/invoice", TITLE, "receipt", layout, needs=(MART,), is_named=True)
