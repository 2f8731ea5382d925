"""Invoice Lookup: found as one types, its figures the marts', its links in the tab."""

from __future__ import annotations

from decimal import Decimal

import pytest
from harness.browser import Visit, drawn
from playwright.sync_api import Page, expect

from dashboards.address import address
from dashboards.address.errors import NoData
from dashboards.pages import invoice, search_results
from dashboards.queries import customer as customer_queries
from dashboards.queries import invoice as queries
from dashboards.queries.customer import Key
from dashboards.text import formatting
from dashboards.warehouse import Parameters, Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy

TILES = (
    "total",
    "amount_paid",
    "outstanding_amount",
    "net_amount",
    "refund_amount",
    "failed_amount",
    "attempt_count",
    "days_to_payment",
)
CHOSEN = {
    "recovered": "failed_charge_count > 0 and refund_amount > 0",
    "past-due": "is_past_due and outstanding_amount > 0",
    "yen": "currency = 'jpy' and charge_count > 0",
    "without-charges": "charge_count = 0",
}


class Nothing(DuckdbCopy):
    """Marts without a row."""

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        return []


class WithoutCurrency(DuckdbCopy):
    """Invoices whose currency Segment has not delivered."""

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        rows = super().query(sql, parameters)
        return [row | dict.fromkeys(row.keys() & {"currency"}) for row in rows]


def one(warehouse: DuckdbCopy, condition: str) -> Row:
    """An invoice of a kind."""
    sql = f"select * from invoice_lookup where {condition} order by invoice_id limit 1"
    return warehouse.query(sql)[0]


def exact(page: Page) -> dict[str, Decimal | None]:
    """The exact values of the tiles."""
    texts = {
        name: page.locator(f"[data-tile={name}]").get_attribute("data-exact")
        for name in TILES
    }
    return {name: Decimal(text) if text else None for name, text in texts.items()}


def column(page: Page, table: str, field: str) -> list[str]:
    rows = page.locator(f"[data-card={table}] .ag-body .ag-row")
    expect(rows.first).to_be_visible()
    return rows.locator(f"[col-id={field}]").all_inner_texts()


@pytest.mark.parametrize("kind", CHOSEN)
def test_tiles_and_tables_equal_the_marts(
    visit: Visit, warehouse: DuckdbCopy, kind: str
) -> None:
    row = one(warehouse, CHOSEN[kind])
    page = visit(address("/invoice", invoice_id=row["invoice_id"]))

    assert exact(page) == {name: row[name] for name in TILES}
    expect(page.locator(".pill").first).to_have_text(row["status"].capitalize())
    total = formatting.plain_money(row["total"], row["currency"])
    expect(page.locator("[data-card=adding_up] .sum").first).to_contain_text(total)
    key = [row["source_relation"], row["invoice_id"]]
    for table, query in (
        ("charges", queries.charges),
        ("line_items", queries.line_items),
    ):
        amounts = [
            formatting.plain_money(each["amount"], each["currency"])
            for each in warehouse.query(*query(*key))
        ]
        if amounts:
            assert column(page, table, "amount") == amounts[:10]
        else:
            expect(page.locator(f"[data-card={table}] .none")).to_be_visible()


@pytest.mark.parametrize(
    ("status", "said", "line"),
    [
        ("void", "void: nothing is owed", "Voided"),
        ("uncollectible", "written off: nothing is owed", "Written off"),
        ("draft", "a draft: not owed yet", "Not owed yet"),
    ],
)
def test_what_is_not_owed_is_neither_outstanding_nor_due(
    warehouse: DuckdbCopy, status: str, said: str, line: str
) -> None:
    row = one(warehouse, f"status = '{status}' and amount_remaining > 0")
    shown = str(invoice.layout(warehouse, {"invoice_id": row["invoice_id"]}))

    nothing = formatting.money(Decimal(0), row["currency"])
    assert f"P(children='{nothing}', className='tile-value')" in shown
    assert f"children='{said}'" in shown and "children='due " not in shown
    taken_off = formatting.plain_money(-row["amount_remaining"], row["currency"])
    assert f"Dt('{line}'), Dd('{taken_off}')" in shown
    assert "Dt('Due'), Dd('–')" in shown  # noqa: RUF001


def test_open_invoices_come_first_wherever_they_are_listed(
    warehouse: DuckdbCopy,
) -> None:
    newest = [row["outstanding_amount"] > 0 for row in warehouse.query(queries.NEWEST)]
    assert newest == sorted(newest, reverse=True) and any(newest)
    owing = warehouse.query(
        "select source_relation, customer_id, currency from customer_lookup_invoices"
        " where customer_id is not null group by all"
        " having min(created_at) filter (outstanding_amount > 0)"
        " < max(created_at) filter (outstanding_amount = 0) limit 1"
    )[0]
    key = Key(owing["source_relation"], owing["customer_id"], owing["currency"])
    rows = warehouse.query(*customer_queries.invoices(key))
    owed = [row["outstanding_amount"] > 0 for row in rows]
    assert owed == sorted(owed, reverse=True) and any(owed) and not all(owed)
    assert [row["due_date"] is not None for row in rows] == owed


def test_an_invoice_that_is_late_says_so(visit: Visit, warehouse: DuckdbCopy) -> None:
    row = one(warehouse, "is_past_due and days_past_due > 1")
    page = visit(address("/invoice", invoice_id=row["invoice_id"]))

    late = formatting.count(row["days_past_due"])
    expect(page.locator(".pill").last).to_have_text(f"{late} days late")


def test_an_invoice_leads_to_its_customer_and_to_the_explore(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    row = one(warehouse, "customer_id is not null and email is not null")
    page = visit(address("/invoice", invoice_id=row["invoice_id"]))

    filtered = f"invoice_id:eq:{row['invoice_id']}"
    links = page.locator("[data-card=invoice]").get_by_role("link")
    assert [
        links.filter(has_text=text).get_attribute("href")
        for text in ("All fields", "Charges")
    ] == [
        address("/explore", table=table, filter=filtered)
        for table in ("invoices", "charges")
    ]
    page.get_by_role("link", name=row["email"]).first.click()
    page.wait_for_url(f"**/customer?customer_id={row['customer_id']}&currency=*")
    drawn(page)
    page.go_back()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(f"Invoice {row['invoice_id']}")


def test_the_newest_lead_to_their_page(visit: Visit, warehouse: DuckdbCopy) -> None:
    newest = warehouse.query(queries.NEWEST)
    page = visit("/invoice")
    assert column(page, "newest", "total") == [
        formatting.plain_money(row["total"], row["currency"]) for row in newest
    ]

    page.get_by_role("link", name=newest[0]["invoice_id"]).click()

    page.wait_for_url(f"**/invoice?invoice_id={newest[0]['invoice_id']}*")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(newest[0]["invoice_id"])


def test_what_is_not_there_is_not_found(visit: Visit, warehouse: DuckdbCopy) -> None:
    invoice_id = one(warehouse, "true")["invoice_id"]
    for state in (
        {"invoice_id": "in_nothing"},
        {"invoice_id": "' or 1=1 --"},
        {"invoice_id": invoice_id, "account": "'; drop table fct_invoices; --"},
    ):
        page = visit(address("/invoice", **state))
        expect(page.locator("[data-state=not-found]")).to_be_visible()


def test_without_invoices_it_says_so(warehouse: DuckdbCopy) -> None:
    with pytest.raises(NoData, match="no invoices yet"):
        invoice.layout(Nothing(warehouse.path), {})


def test_an_invoice_without_a_currency_has_its_page(warehouse: DuckdbCopy) -> None:
    row = one(warehouse, "total > 1 and charge_count > 0") | {"currency": None}
    without = WithoutCurrency(warehouse.path)

    shown = str(invoice.layout(without, {"invoice_id": row["invoice_id"]}))

    total = formatting.plain_money(row["total"], None)
    assert f"P(children='{total}', className='tile-value')" in shown
    assert "'currency__text': '–'" in str(invoice.layout(without, {}))  # noqa: RUF001
    found = search_results.option("invoices", row | {"account": None})
    assert found["detail"].startswith(f"{total} · ")


def test_one_is_not_said_as_many(warehouse: DuckdbCopy) -> None:
    row = one(warehouse, "is_past_due")
    once = row | {"failed_charge_count": 0, "charge_count": 1, "days_past_due": 1}

    assert "'0 of 1 charge'" in str(invoice.figure_tiles(once))
    assert "'1 day late'" in str(invoice.standing(once, "as of 20 Oct 2026"))
