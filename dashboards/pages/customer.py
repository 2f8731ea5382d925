"""Customer Lookup: who it is, what it paid, owes and is worth, and every charge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.address import State, address
from dashboards.address.errors import NoData, NotFound
from dashboards.address.scope import CONVERTED
from dashboards.components import (
    Column,
    currency_choice,
    other_currencies,
    page_header,
    pill,
    table_card,
    tile,
    tiles,
)
from dashboards.components.jumps import with_jumps
from dashboards.pages import customer_details as details
from dashboards.pages import customer_facts as facts
from dashboards.pages import customer_tables as tables
from dashboards.pages.links import best_name, named
from dashboards.pages.own import own_facts, own_rows, with_own
from dashboards.pages.page import Page
from dashboards.queries import customer as queries
from dashboards.queries import customer_details as detail_queries
from dashboards.queries.customer import Key
from dashboards.text import formatting
from dashboards.text.definitions import definition, meanings
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
    return about(warehouse, state, *chosen(rows, state))


def chosen(rows: Sequence[Row], state: State) -> tuple[Row, Sequence[Row]]:
    """The row that the address asks for, and all rows of its account."""
    account = state.get("account", rows[0]["source_relation"])
    rows = [row for row in rows if row["source_relation"] == account]
    if not rows:
        raise NotFound("This customer is not in this Stripe account.")
    currency = state.get("currency", CONVERTED)
    if currency == CONVERTED:
        currency = rows[0]["currency"]
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
            page_header(TITLE, "Search for anybody above, or open one of the newest."),
            table_card("Newest customers", columns, rows, name="newest", page_size=20),
        ]
    )


def about(
    warehouse: Warehouse, state: State, row: Row, rows: Sequence[Row]
) -> Component:
    key = Key(row["source_relation"], row["customer_id"], row["currency"])
    absent = absent_figures(warehouse)
    of_customer = "customer_id", key.account, key.customer_id
    charges = warehouse.query(*detail_queries.charges(key))
    has_subscriptions = warehouse.has("fct_subscriptions")
    subscriptions = (
        warehouse.query(*detail_queries.subscriptions(key)) if has_subscriptions else []
    )
    is_test = details.is_of_test_mode([*charges, *subscriptions])
    emails = details.emails(charges, row["email"])
    charges = in_currency(charges, key)
    subscriptions = in_currency(subscriptions, key) if has_subscriptions else None
    more = details.facts(charges, subscriptions, key.currency)
    months = warehouse.query(*queries.charges_over_time(key))
    today = warehouse.freshness().as_of
    return with_jumps(
        "/customer",
        state,
        [
            page_header(
                best_name(row),
                standing(row, formatting.day(today)),
                *choosers(row, rows),
            ),
            *in_others(row, rows),
            tiles(figure_tiles(row, absent)),
            facts.attributes(row, absent, emails, is_test, more),
            *details.cards(warehouse, key, today),
            *([] if "user_id" in absent else [facts.acquisition(row)]),
            *own_facts(warehouse, *of_customer),
            tables.over_time(months, key.currency),
            *of_domains(warehouse, key, row, charges, subscriptions, is_test),
            *own_rows(warehouse, *of_customer),
        ],
    )


def in_currency(rows: Iterable[Row], key: Key) -> list[Row]:
    return [row for row in rows if row["currency"] == key.currency]


def absent_figures(warehouse: Warehouse) -> set[str]:
    """Columns that say nothing, for what they are summed from is switched off."""
    return {
        column
        for mart, columns in FIGURES_OF.items()
        for column in columns
        if not warehouse.has(mart)
    }


def of_domains(
    warehouse: Warehouse,
    key: Key,
    row: Row,
    charges: Sequence[Row],
    subscriptions: Sequence[Row] | None,
    is_test: bool,
) -> Iterator[Component]:
    """Invoices, charges, what came back of them, subscriptions, as far as there are."""
    has_invoices = warehouse.has("customer_lookup_invoices")
    if has_invoices:
        yield tables.invoices(warehouse.query(*queries.invoices(key)), row, is_test)
    latest = charges[: queries.MOST_ROWS]
    own, rows = with_own(warehouse, "charge_id", key.account, latest)
    yield tables.charges(rows, key, has_invoices, own, is_test)
    yield from details.refunds(warehouse, key, is_test)
    yield from details.disputes(warehouse, key, is_test)
    if subscriptions is not None:
        yield tables.subscriptions(subscriptions[: queries.MOST_ROWS], is_test)


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


def home_address(row: Row) -> str:
    """In the currency that the page chooses."""
    return address("/customer", customer_id=row["customer_id"])


PAGE = Page("/customer", TITLE, "person", layout, is_named=True)
