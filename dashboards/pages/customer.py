"""Customer Lookup: who it is, what it paid, owes and is worth, and every charge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from dash import Dash, html
from dash.development.base_component import Component

from dashboards.address import State, address
from dashboards.address.errors import NoData, NotFound
from dashboards.address.selection import rows_with
from dashboards.components import (
    Cell,
    Column,
    Series,
    bars,
    chart_card,
    currency_choice,
    defined,
    facts_card,
    lookup,
    other_currencies,
    page_header,
    pill,
    register_lookup,
    table_card,
    tile,
    tiles,
)
from dashboards.pages.links import best_name, invoice_address, named
from dashboards.pages.own import own_facts, own_rows, with_own
from dashboards.pages.page import Page
from dashboards.queries import customer as queries
from dashboards.queries.customer import Key
from dashboards.text import formatting
from dashboards.text.definitions import definition, meanings
from dashboards.text.formatting import words
from dashboards.warehouse import Row, Warehouse

TITLE = "Customer Lookup"
MART = "customer_lookup"
# What is shown of a domain, by a mart that is gone with it.
FIGURES_OF = {
    "fct_subscriptions": ("mrr_amount",),
    "fct_balance_transactions": ("net_volume_amount", "fee_amount"),
    "fct_disputes": ("dispute_count",),
    "customer_lookup_invoices": (
        "outstanding_amount",
        "is_past_due",
        "bad_debt_amount",
    ),
    "customer_lifetime_value": ("lifetime_value_amount", "user_id"),
}
# Figures that stand in another one's tile.
BESIDE = {
    "lifetime_value_amount": {
        "Lifetime value": "lifetime_value_amount",
        "Predicted": "predicted_lifetime_value_amount",
    },
    "outstanding_amount": {
        "Outstanding": "outstanding_amount",
        "Past due": "past_due_amount",
    },
}


def layout(warehouse: Warehouse, state: State) -> Component:
    customer_id = state.get("customer_id")
    if not customer_id:
        return start(warehouse.query(queries.NEWEST))
    rows = warehouse.query(*queries.customer(customer_id))
    if not rows:
        raise NotFound("There is no customer with this id.")
    return about(warehouse, *chosen(rows, state))


def chosen(rows: Sequence[Row], state: State) -> tuple[Row, Sequence[Row]]:
    """The row that the address asks for, and all rows of its account."""
    account = state.get("account", rows[0]["source_relation"])
    rows = [row for row in rows if row["source_relation"] == account]
    if not rows:
        raise NotFound("This customer is not in this Stripe account.")
    currency = state.get("currency", rows[0]["currency"])
    found = next((row for row in rows if row["currency"] == currency), None)
    if not found:
        raise NotFound("This customer has no figures in this currency.")
    return found, rows


def start(newest: Sequence[Row]) -> Component:
    if not newest:
        raise NoData("There are no customers yet.")
    columns = [
        Column("customer", "Customer", link=home_address),
        Column("description", "Name"),
        Column("customer_id", "Id"),
        Column("currency", "Currency", "code"),
        Column("is_delinquent", "Delinquent", "flag"),
        Column("created_date", "Created", "day"),
    ]
    rows = named(newest)
    return html.Div(
        [
            page_header(TITLE, "Search for anybody, or open one of the newest."),
            search_field(),
            table_card("Newest customers", columns, rows, name="newest", page_size=20),
        ]
    )


def search_field() -> Component:
    return lookup("customer", "Find a customer", "E-mail, name or id")


def about(warehouse: Warehouse, row: Row, rows: Sequence[Row]) -> Component:
    as_of = formatting.day(warehouse.freshness().as_of)
    key = Key(row["source_relation"], row["customer_id"], row["currency"])
    absent = absent_figures(warehouse)
    of_customer = "customer_id", key.account, key.customer_id
    return html.Div(
        [
            search_field(),
            page_header(best_name(row), standing(row, as_of), *choosers(row, rows)),
            *in_others(row, rows),
            tiles(figure_tiles(row, absent)),
            attributes(row, absent),
            *([] if "user_id" in absent else [acquisition(row)]),
            *own_facts(warehouse, *of_customer),
            over_time(warehouse.query(*queries.charges_over_time(key)), key.currency),
            *of_domains(warehouse, key, row),
            *own_rows(warehouse, *of_customer),
        ]
    )


def absent_figures(warehouse: Warehouse) -> set[str]:
    """Columns that say nothing, for what they are summed from is switched off."""
    return {
        column
        for mart, columns in FIGURES_OF.items()
        for column in columns
        if not warehouse.has(mart)
    }


def of_domains(warehouse: Warehouse, key: Key, row: Row) -> Iterator[Component]:
    """The customer's invoices, charges and subscriptions, as far as they are there."""
    has_invoices = warehouse.has("customer_lookup_invoices")
    if has_invoices:
        yield invoices(warehouse.query(*queries.invoices(key)), row)
    rows = warehouse.query(*queries.charges(key))
    own, rows = with_own(warehouse, "charge_id", key.account, rows)
    yield charges(rows, key, has_invoices, own)
    if warehouse.has("fct_subscriptions"):
        yield subscriptions(warehouse.query(*queries.subscriptions(key)))


def choosers(row: Row, rows: Sequence[Row]) -> list[Component]:
    """A customer of several currencies has its figures in one at a time."""
    if len(rows) == 1:
        return []
    return [currency_choice(row["currency"], (each["currency"] for each in rows))]


def in_others(row: Row, rows: Sequence[Row]) -> list[Component]:
    others = [
        {"currency": each["currency"], "amount": each["gross_charge_amount"]}
        for each in rows
        if each["currency"] != row["currency"]
    ]
    return other_currencies(
        *("gross charges", others),
        lambda currency: address(
            "/customer", customer_id=row["customer_id"], currency=currency
        ),
    )


def standing(row: Row, as_of: str) -> list[Any]:
    states = {
        "Deleted": row["is_deleted"],
        "Delinquent": row["is_delinquent"],
        "Past due": row["is_past_due"],
        "No customer record": not row["has_customer_record"],
    }
    name = row["description"] if row["email"] else None
    since = row["created_date"]
    known = [
        name,
        f"customer since {formatting.day(since)}" if since else None,
        f"figures in {row['currency'].upper()} as of {as_of}",
    ]
    return [
        *(pill(text) for text, is_so in states.items() if is_so),
        " · ".join(text for text in known if text),
    ]


def figure_tiles(row: Row, absent: AbstractSet[str]) -> list[Component]:
    currency, counted = row["currency"], formatting.counted

    def amount(name: str, label: str, note: str | None = None) -> Component | None:
        if name in absent:
            return None
        return tile(
            *(name, label, row[name], "money", currency),
            note=note,
            definition=meanings(MART, BESIDE[name])
            if name in BESIDE
            else definition(MART, name),
        )

    predicted = formatting.money(row["predicted_lifetime_value_amount"], currency)
    late = row["past_due_amount"]
    past_due = f", {formatting.money(late, currency)} past due" if late else ""
    found = [
        amount(
            "gross_charge_amount",
            "Gross charges",
            counted(row["gross_charge_count"], "charge"),
        ),
        amount("refund_amount", "Refunds", counted(row["refund_count"], "refund")),
        amount("net_charge_amount", "Net charges"),
        amount(
            "failed_charge_amount",
            "Failed charges",
            counted(row["failed_charge_count"], "charge"),
        ),
        amount("mrr_amount", "MRR"),
        amount("lifetime_value_amount", "Lifetime value", f"predicted {predicted}"),
        amount(
            "outstanding_amount",
            "Outstanding",
            counted(row["unpaid_invoice_count"], "open invoice") + past_due,
        ),
        amount("balance_amount", "Balance", whose_balance(row["balance_amount"])),
    ]
    return [each for each in found if each is not None]


def whose_balance(balance: Any) -> str | None:
    if not balance:
        return None
    return "credit of the customer" if balance < 0 else "added to the next invoice"


def attributes(row: Row, absent: AbstractSet[str]) -> Component:
    currency = row["currency"]
    amounts = {
        "net_volume_amount": "Net volume",
        "fee_amount": "Fees",
        "bad_debt_amount": "Written off",
    }
    facts = [
        ("E-mail", row["email"]),
        ("Name", row["description"]),
        ("Id", row["customer_id"]),
        ("Created", formatting.day(row["created_date"])),
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
        ("First charge", formatting.day(row["first_charge_at"])),
        ("Last charge", formatting.day(row["last_charge_at"])),
        ("User id", row["user_id"]),
    ]
    return facts_card("Acquisition", facts, name="acquisition")


def over_time(months: Sequence[Row], currency: str) -> Component:
    series = [
        Series("gross_amount", "Successful", 1),
        Series("failed_below_zero", "Failed", 2),
        Series("refunded_below_zero", "Refunded", 3),
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


def invoices(rows: Sequence[Row], customer: Row) -> Component:
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
    rows: Sequence[Row], key: Key, has_invoices: bool, own: Sequence[Column]
) -> Component:
    columns = [
        Column("created_at", "Created", "moment"),
        Column("charge_id", "Charge"),
        Column("invoice_id", "Invoice", link=invoice_address if has_invoices else None),
        Column("status", "Status", "words"),
        Column("failure_code", "Failure", "words"),
        Column("attempted_amount", "Amount", "money"),
        Column("refunded_amount", "Refunded", "money"),
        Column("net_amount", "Net", "money"),
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


def subscriptions(rows: Sequence[Row]) -> Component:
    columns = [
        Column("what", "Plan"),
        Column("status", "Status", "words"),
        Column("quantity", "Quantity", "count"),
        Column("mrr_amount", "MRR", "money"),
        Column("start_date", "Started", "day"),
        Column("current_period_end_at", "Period ends", "moment"),
        Column("is_canceling_at_period_end", "Cancels then", "flag"),
        Column("ended_date", "Ended", "day"),
    ]
    return table_card(
        "Subscriptions",
        columns,
        rows,
        name="subscriptions",
        mart="fct_subscriptions",
        empty="No subscriptions in this currency.",
    )


def how_many(rows: Sequence[Row], total: int | None) -> str | None:
    """Said only where some are left out."""
    if len(rows) < queries.MOST_ROWS:
        return None
    of_all = f" of {formatting.count(total)}" if total else ""
    return f"The latest {formatting.count(len(rows))}{of_all}; Explore has them all."


def home_address(row: Row) -> str:
    """In the currency that the page chooses."""
    return address("/customer", customer_id=row["customer_id"])


def register(app: Dash, warehouse: Warehouse) -> None:
    def find(text: str) -> list[dict[str, str]]:
        return [
            {
                "value": address("", customer_id=row["customer_id"]),
                "label": " · ".join(
                    filter(None, [row["email"], row["description"], row["customer_id"]])
                ),
            }
            for row in warehouse.query(*queries.search(text))
        ]

    register_lookup(app, "customer", find)


PAGE = Page("/customer", TITLE, "person", layout, register)
