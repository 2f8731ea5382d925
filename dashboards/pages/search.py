"""Search: all that was found, of each kind, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.address import State, address
from dashboards.address.errors import NotFound
from dashboards.components import Column, page_header, table_card
from dashboards.components.paged_tables import pager
from dashboards.components.states import state as state_of
from dashboards.pages.links import Here
from dashboards.pages.page import Page
from dashboards.pages.search_box import LONGEST
from dashboards.pages.search_results import TITLES, best_of, card_name, find, place
from dashboards.text import formatting
from dashboards.warehouse import Row, Warehouse

TITLE = "Search"
SHOWN = 5  # of each kind while all kinds are shown
OF_PAGE = 25
LAST_PAGE = 400
HINT = (
    "Names, parts of e-mails, ids of anything, receipt numbers, or a card as "
    "“visa 4242”."
)
DATED = Column("created_date", "Created", "day")
ACCOUNT = Column("account_name", "Account")
PEOPLE = (
    Column("email", "E-mail"),
    Column("country", "Country"),
    DATED,
    Column("customer_id", "Id"),
    Column("is_delinquent", "Delinquent", "flag"),
)
MONEY = (
    Column("status", "Status", "words"),
    Column("currency", "Currency", "code"),
)
RECEIPT = Column("receipt_number", "Receipt number")
OF_CHARGES = (
    Column("charge_id", "Charge"),
    Column("reason", "Reason", "words"),
    *MONEY,
    Column("amount", "Amount", "money"),
    DATED,
)
COLUMNS = {
    "customers": ("Customer", (PEOPLE[0], Column("card", "Card"), *PEOPLE[1:])),
    "cards": ("Card", (Column("customer", "Customer"), *PEOPLE)),
    "invoices": (
        "Invoice",
        (
            Column("email", "E-mail"),
            RECEIPT,
            *MONEY,
            Column("total", "Total", "money"),
            DATED,
        ),
    ),
    "charges": (
        "Charge",
        (
            Column("email", "Receipt sent to"),
            RECEIPT,
            *MONEY,
            Column("failure_code", "Failure", "words"),
            Column("attempted_amount", "Amount", "money"),
            DATED,
        ),
    ),
    "refunds": ("Refund", OF_CHARGES),
    "disputes": ("Dispute", OF_CHARGES),
    "subscriptions": (
        "Subscription",
        (Column("plan", "Plan"), *MONEY, Column("amount", "MRR", "money"), DATED),
    ),
    "balance_transactions": (
        "Balance transaction",
        (
            Column("category", "Category", "words"),
            Column("source_id", "Of"),
            *MONEY,
            Column("amount", "Net", "money"),
            DATED,
        ),
    ),
}


def layout(warehouse: Warehouse, state: State) -> Component:
    text = state.get("q", "")[:LONGEST].strip()
    if not text:
        return html.Div(page_header(TITLE, HINT))
    here, kind = Here("/search", state), state.get("kind")
    number = page_number(state)
    if kind is None:
        found = find(warehouse, text, SHOWN)
        below = {k: more(k, rows, here) for k, rows in found.items()}
    else:
        found = find(warehouse, text, OF_PAGE, kind, (number - 1) * OF_PAGE)
        below = {k: pages(k, rows, number, here) for k, rows in found.items()}
    tables = [listed(k, rows, below[k]) for k, rows in found.items()]
    if not tables:
        return nothing(text)
    return html.Div([page_header(f"“{text}”", summary(found)), *tables])


def page_number(state: State) -> int:
    text = state.get("page", "1")
    if state.get("kind") not in (None, *TITLES):
        raise NotFound("There is nothing of this kind to search.")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LAST_PAGE:
        raise NotFound("There is no such page of results.")
    return int(text)


def summary(found: Mapping[str, Sequence[Row]]) -> str:
    return " · ".join(
        formatting.counted(rows[0]["found_count"], TITLES[kind][:-1].lower())
        for kind, rows in found.items()
    )


def nothing(text: str) -> Component:
    return state_of("not-found", "Nothing found", f"Nothing holds “{text}”. {HINT}")


def listed(kind: str, rows: Sequence[Row], below: Sequence[Component]) -> Component:
    label, columns = COLUMNS[kind]
    name = Column("name", label, link=lambda row: link(kind, row))
    accounts = [ACCOUNT] if rows[0]["account"] else []
    table = table_card(
        TITLES[kind],
        [name, *columns, *accounts],
        [named(kind, row) for row in rows],
        name=kind,
        page_size=OF_PAGE,
    )
    return html.Div([table, *below], className="found")


def named(kind: str, row: Row) -> Row:
    """With its name, and of a card whose it is."""
    if kind == "customers":
        return {**row, "name": best_of(row)}
    if kind == "cards":
        return {**row, "name": card_name(row), "customer": best_of(row)}
    return {**row, "name": row[f"{kind[:-1]}_id"]}


def link(kind: str, row: Row) -> str:
    path, state = place(kind, row)
    return address(path, **state)


def more(kind: str, rows: Sequence[Row], here: Here) -> list[Component]:
    """To all of a kind, where some are left out."""
    count = rows[0]["found_count"]
    if count <= len(rows):
        return []
    noun = TITLES[kind].lower()
    link = html.A(f"All {formatting.count(count)} {noun}", href=of_kind(here, kind, 1))
    return [html.P(link, className="more")]


def pages(kind: str, rows: Sequence[Row], number: int, here: Here) -> list[Component]:
    count = rows[0]["found_count"]
    last = min(-(-count // OF_PAGE), LAST_PAGE)
    start = (number - 1) * OF_PAGE
    text = f"{start + 1:,}–{start + len(rows):,} of {count:,}"  # noqa: RUF001
    before = of_kind(here, kind, number - 1) if number > 1 else None
    after = of_kind(here, kind, number + 1) if number < last else None
    return [pager(text, [("Previous", before), ("Next", after)], "Pages of results")]


def of_kind(here: Here, kind: str, number: int) -> str:
    page = number if number > 1 else None
    return here.near("/search", q=here.state["q"], kind=kind, page=page)


PAGE = Page("/search", TITLE, "not-found", layout, is_named=True, in_navigation=False)
