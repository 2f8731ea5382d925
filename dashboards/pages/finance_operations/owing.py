"""Who is delinquent or past due: how much, since when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.address import State
from dashboards.address.errors import NotFound
from dashboards.address.scope import Scope
from dashboards.components import Column, chooser, options, table_card
from dashboards.pages.links import Here, customer_address, named
from dashboards.queries import owing as queries
from dashboards.text import formatting
from dashboards.warehouse import Row, Warehouse

ANCHOR = "delinquent"
KINDS = {
    "all": "All",
    "delinquent": "Delinquent",
    "past_due": "Past due",
    "no_debt": "Without debt",
}
EMPTY = {
    "all": "Nobody is delinquent or past due.",
    "delinquent": "Nobody is delinquent.",
    "past_due": "Nobody is past due.",
    "no_debt": "Nobody is delinquent without a debt.",
}
FLAG = (
    "Stripe's flag is what happened last to any invoice of the customer: a payment "
    "that failed or a due date that passed sets it, a paid invoice takes it away. "
    "An invoice that was voided or written off owes nothing, and the flag may stay."
)
NO_DEBT = {
    None: "Owes nothing: no invoice is delivered",
    "paid": "Owes nothing: the last invoice is paid, the flag stayed",
    "void": "Owes nothing: the last invoice was voided",
    "draft": "Owes nothing: the next invoice is a draft",
    "uncollectible": "Owes nothing: the last invoice was written off",
    "open": "Owes nothing: nothing remains of the last invoice",
}


def owing(warehouse: Warehouse, scope: Scope, state: State, today: date) -> Component:
    kind = state.get("owing", "all")
    if kind not in KINDS:
        raise NotFound("There is no such list of customers.")
    here = Here("/finance", state)
    rows = warehouse.query(*queries.listed(scope, kind))
    totals = {
        row["currency"]: row for row in warehouse.query(*queries.totals(scope, kind))
    }
    total = totals.pop(scope.currency, None)
    card = table_card(
        "Delinquent and past-due customers",
        columns(),
        [{**row, "why": why(row)} for row in named(rows)],
        name="owing",
        mart=queries.MART,
        note=[
            f"{how_many(rows, total)}, as of {formatting.day(today)}",
            *in_others(totals.values(), here),
        ],
        empty=EMPTY[kind],
        above=[switch(kind)],
        total=of_all(total) if total and len(rows) > 1 else None,
    )
    return html.Div(card, id=ANCHOR)


def switch(kind: str) -> Component:
    control = chooser(
        dmc.SegmentedControl,
        "owing",
        kind,
        data=options(KINDS),
        **{"aria-label": "Which customers"},
    )
    return html.Div(control, className="card-tools")


def columns() -> list[Column]:
    return [
        Column("customer", "Customer", link=customer_address),
        Column("description", "Name"),
        Column("past_due_amount", "Past due", "money", width=100),
        Column("outstanding_amount", "Outstanding", "money", width=125),
        Column("why", "Why", width=180, wraps=True, definition=FLAG),
        Column("failure_code", "Last failure", "words", width=130, wraps=True),
        Column(
            "failed_date",
            "Failed on",
            "day",
            definition="The last charge of the customer that failed, in any currency.",
        ),
        Column(
            "next_attempt_at",
            "Next attempt",
            "day",
            definition="When an open invoice is tried next, if Segment delivers it.",
        ),
        Column("is_delinquent", "Delinquent", "flag"),
        Column("current_amount", "Not due", "money"),
        Column("days_1_30_amount", "1–30 days", "money"),  # noqa: RUF001
        Column("days_31_60_amount", "31–60 days", "money"),  # noqa: RUF001
        Column("days_61_90_amount", "61–90 days", "money"),  # noqa: RUF001
        Column("over_90_amount", "Over 90", "money"),
        Column("oldest_due_date", "Oldest due", "day"),
    ]


def why(row: Row) -> str:
    """Why the customer is on the list, in words."""
    if row["past_due_invoice_count"]:
        late = formatting.counted(row["past_due_invoice_count"], "invoice")
        days = formatting.counted(row["max_days_past_due"], "day")
        up_to = "" if row["past_due_invoice_count"] == 1 else "up to "
        return f"{late}, {up_to}{days} late"
    if row["open_invoice_count"]:
        return "A payment failed; what is open is not due yet"
    if row["other_currencies"]:
        return f"Owes in {row['other_currencies']}"
    if row["bad_debt_amount"]:
        written_off = formatting.money(row["bad_debt_amount"], row["currency"])
        return f"Owes nothing: {written_off} were written off"
    return NO_DEBT.get(row["last_invoice_status"], NO_DEBT["paid"])


def of_all(total: Row) -> Row:
    """The row of totals, which is nobody's."""
    empty = dict.fromkeys(column.field for column in columns())
    name = formatting.counted(total["customer_count"], "customer")
    return {**empty, "customer_id": None, **total, "customer": name}


def how_many(rows: Sequence[Row], total: Row | None) -> str:
    count = total["customer_count"] if total else 0
    if count > len(rows):
        shown = formatting.count(len(rows))
        return f"The {shown} that owe most, of {formatting.count(count)}"
    return formatting.counted(count, "customer")


def in_others(totals: Sequence[Row], here: Here) -> list[Component | str]:
    """What is owed in the other currencies, each a link to its list."""
    links: list[Component | str] = []
    for row in totals:
        text = formatting.money(row["outstanding_amount"], row["currency"])
        if not row["outstanding_amount"]:
            count = formatting.counted(row["customer_count"], "customer")
            text = f"{count} in {formatting.code(row['currency'])}"
        href = here.near(
            "/finance",
            anchor=ANCHOR,
            currency=row["currency"],
            owing=here.state.get("owing"),
        )
        links += [
            " · " if links else "; in other currencies: ",
            html.A(text, href=href),
        ]
    return links
