"""What Customer Lookup says beside figures: cards, refunds, disputes, addresses, and
what renews next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards.components import Column, defined, table_card
from dashboards.pages.links import ids_lead_to
from dashboards.pages.search_results import card_name
from dashboards.pages.stripe import DISPUTES, PAYMENTS, stripe_column
from dashboards.queries import customer_details as queries
from dashboards.queries.customer import Key
from dashboards.text import formatting, zone
from dashboards.text.definitions import definition
from dashboards.warehouse import Row, Warehouse


def facts(
    charges: Sequence[Row], subscriptions: Sequence[Row] | None, currency: str
) -> list[tuple[Component | str, str]]:
    """What was paid last, what failed last and what renews next, of those in the
    currency."""
    paid = next((row for row in charges if row["is_gross"]), None)
    failed = next((row for row in charges if row["is_failed"]), None)
    found: list[tuple[Component | str, str]] = [
        ("Last payment", charged(paid, currency) if paid else "None"),
        ("Last failed charge", failure(failed, currency) if failed else "None"),
    ]
    if subscriptions is None:
        return found
    renewal = next_day([row for row in subscriptions if row["is_renewing"]])
    label = defined("Next renewal", definition("fct_subscriptions", "period_amount"))
    return [*found, (label, renewing(renewal, currency) if renewal else "None")]


def is_of_test_mode(rows: Iterable[Row]) -> bool:
    """Whether any charge or subscription of the customer is."""
    return any(row["is_livemode"] is False for row in rows)


def next_day(renewals: Sequence[Row]) -> Row | None:
    """What renews on the first day, in the reporting zone, on which anything does."""
    days = [zone.local(row["current_period_end_at"]).date() for row in renewals]
    first = min(days, default=None)
    rows = [row for row, day in zip(renewals, days, strict=True) if day == first]
    if not rows:
        return None
    amounts = [row["period_amount"] for row in rows if row["period_amount"] is not None]
    return {
        "renewal_date": first,
        "subscription_count": len(rows),
        "period_amount": sum(amounts) if amounts else None,
        "excluded_item_count": sum(row["excluded_item_count"] or 0 for row in rows),
    }


def renewing(row: Row, currency: str) -> str:
    """`49.00 USD on 12 Nov 2026`."""
    several = row["subscription_count"] > 1
    amount = formatting.money(row["period_amount"], currency)
    return ", ".join(
        [
            f"{amount} on {formatting.day(row['renewal_date'])}",
            *([f"{row['subscription_count']} subscriptions"] if several else []),
            *(["and usage"] if row["excluded_item_count"] else []),
        ]
    )


def charged(row: Row, currency: str) -> str:
    """`49.00 USD on 12 Oct 2026`."""
    amount = formatting.money(row["amount"], currency)
    return f"{amount} on {formatting.day(row['reporting_date'])}"


def failure(row: Row, currency: str) -> str:
    """`49.00 USD on 12 Oct 2026, insufficient funds`."""
    code = (formatting.words(row["failure_code"]) or "no reason delivered").lower()
    return f"{charged(row, currency)}, {code}"


def emails(charges: Sequence[Row], own: str | None) -> Component | str | None:
    """The customer's own address, and others that receipts went to, the last first."""
    known = dict.fromkeys(row["email"] for row in charges)
    others = [email for email in known if email and email != (own or "").lower()]
    if not others:
        return own
    lines = [html.Span(f"{email}, on receipts") for email in others]
    return html.Span([*([html.Span(own)] if own else []), *lines], className="lines")


def cards(warehouse: Warehouse, key: Key, today: date) -> list[Component]:
    """Nothing where no card is known, or none may be."""
    if not warehouse.has("customer_lookup_cards"):
        return []
    rows = warehouse.query(*queries.cards(key))
    if not rows:
        return []
    shown = [
        {**row, "card": card_name(row), "expires": expiry(row, today)} for row in rows
    ]
    columns = [
        Column("card", "Card"),
        Column("expires", "Expires"),
        Column("country", "Country"),
        Column("is_default", "Charged by default", "flag"),
        Column("is_deleted", "Removed", "flag"),
        Column("card_id", "Id", link=ids_lead_to("card_id")),
    ]
    return [
        table_card("Cards", columns, shown, name="cards", mart="customer_lookup_cards")
    ]


def expiry(row: Row, today: date) -> str:
    """`06/2027`, or with `expired` beside it."""
    month, year = row["exp_month"], row["exp_year"]
    if not month or not year:
        return formatting.NOTHING
    is_over = (year, month) < (today.year, today.month)
    return f"{month:02}/{year}{', expired' if is_over else ''}"


def refunds(warehouse: Warehouse, key: Key, is_test: bool) -> list[Component]:
    rows = warehouse.query(*queries.refunds(key))
    if not rows:
        return []
    links, rows = stripe_column(rows, PAYMENTS, "charge_id", is_test)
    columns = [
        Column("refund_id", "Refund", link=ids_lead_to("refund_id")),
        Column("created_at", "Created", "moment"),
        Column("charge_id", "Charge", link=ids_lead_to("charge_id")),
        Column("status", "Status", "words"),
        Column("reason", "Reason", "words"),
        Column("requested_amount", "Asked for", "money"),
        Column("refund_amount", "Refunded", "money"),
        Column("receipt_number", "Receipt number"),
        *links,
    ]
    return [table_card("Refunds", columns, rows, name="refunds", mart="fct_refunds")]


def disputes(warehouse: Warehouse, key: Key, is_test: bool) -> list[Component]:
    if not warehouse.has("fct_disputes"):
        return []
    rows: Sequence[Row] = warehouse.query(*queries.disputes(key))
    if not rows:
        return []
    links, rows = stripe_column(rows, DISPUTES, "dispute_id", is_test)
    columns = [
        Column("dispute_id", "Dispute", link=ids_lead_to("dispute_id")),
        Column("created_at", "Created", "moment"),
        Column("charge_id", "Charge", link=ids_lead_to("charge_id")),
        Column("status", "Status", "words"),
        Column("reason", "Reason", "words"),
        Column("disputed_amount", "Amount", "money"),
        *links,
    ]
    return [table_card("Disputes", columns, rows, name="disputes", mart="fct_disputes")]
