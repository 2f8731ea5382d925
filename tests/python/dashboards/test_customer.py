"""Customer Lookup: found as one types, its figures the marts', its links in the tab."""

from __future__ import annotations

from decimal import Decimal

import pytest
from harness.browser import Visit, drawn
from playwright.sync_api import Page, expect

from dashboards.address import address
from dashboards.address.errors import NoData
from dashboards.pages import customer
from dashboards.queries import customer as queries
from dashboards.text import formatting
from dashboards.warehouse import Parameters, Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy

TILES = (
    "gross_charge_amount",
    "refund_amount",
    "net_charge_amount",
    "failed_charge_amount",
    "mrr_amount",
    "lifetime_value_amount",
    "outstanding_amount",
    "balance_amount",
)
OF_TWO_CURRENCIES = """
select customer_id
from customer_lookup
where gross_charge_amount > 0 or net_volume_amount > 0
group by customer_id
having count(*) > 1
order by customer_id
limit 1
"""
BUSY = """
select * from customer_lookup
where refund_count > 0 and failed_charge_count > 0 and invoice_count > 1
order by attempted_charge_count, customer_id
limit 1
"""


class Nothing(DuckdbCopy):
    """Marts without a row."""

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        return []


@pytest.fixture(scope="module")
def busy(warehouse: DuckdbCopy) -> Row:
    """A customer with refunds, failures and invoices."""
    return warehouse.query(BUSY)[0]


def exact(page: Page) -> dict[str, Decimal | None]:
    """The exact values of the tiles."""
    texts = {
        name: page.locator(f"[data-tile={name}]").get_attribute("data-exact")
        for name in TILES
    }
    return {name: Decimal(text) if text else None for name, text in texts.items()}


def test_tiles_equal_the_mart_in_each_currency(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    customer_id = warehouse.query(OF_TWO_CURRENCIES)[0]["customer_id"]
    first, second = warehouse.query(*queries.customer(customer_id))[:2]
    page = visit(address("/customer", customer_id=customer_id))
    assert exact(page) == {name: first[name] for name in TILES}

    page.get_by_role("textbox", name="Currency").click()
    page.get_by_role("option", name=second["currency"].upper()).click()

    page.wait_for_url(f"**/customer?customer_id={customer_id}&currency=*")
    gross = page.locator("[data-tile=gross_charge_amount]")
    expect(gross).to_contain_text(second["currency"].upper())
    assert exact(page) == {name: second[name] for name in TILES}
    page.go_back()
    expect(gross).to_contain_text(first["currency"].upper())


def test_invoices_and_charges_equal_the_marts_and_lead_on(
    visit: Visit, warehouse: DuckdbCopy, busy: Row
) -> None:
    page = visit(address("/customer", customer_id=busy["customer_id"]))

    invoices = page.locator("[data-card=invoices] .ag-center-cols-container .ag-row")
    sql = (
        "select * from customer_lookup_invoices where customer_id = ? and currency = ?"
    )
    key = [busy["customer_id"], busy["currency"]]
    rows = warehouse.query(f"{sql} order by created_at desc, invoice_id", key)
    expect(invoices).to_have_count(min(len(rows), 10))
    assert invoices.locator("[col-id=total]").all_inner_texts() == [
        formatting.plain_money(row["total"], row["currency"]) for row in rows[:10]
    ]
    sql = "select * from fct_charges where customer_id = ? and currency = ?"
    rows = warehouse.query(f"{sql} order by created_at desc, charge_id", key)
    charges = page.locator("[data-card=charges] .ag-center-cols-container .ag-row")
    assert charges.locator("[col-id=net_amount]").all_inner_texts() == [
        formatting.plain_money(row["net_amount"], row["currency"]) for row in rows[:10]
    ]

    link = page.locator("[data-card=invoices] .ag-pinned-left-cols-container a").first
    invoice_id = link.inner_text()
    link.click()
    page.wait_for_url(f"**/invoice?invoice_id={invoice_id}*")
    drawn(page)
    page.go_back()
    expect(page.locator("[data-card=invoices]")).to_be_visible()
    explore = page.get_by_role("link", name="All charges").get_attribute("href")
    assert explore == address(
        "/explore", table="charges", filter=f"customer_id:eq:{busy['customer_id']}"
    )


def test_the_months_add_up_to_the_customer(warehouse: DuckdbCopy) -> None:
    sql = "select * from customer_lookup where attempted_charge_count > 0"
    for row in warehouse.query(f"{sql} order by customer_id limit 100"):
        key = queries.Key(row["source_relation"], row["customer_id"], row["currency"])
        months = warehouse.query(*queries.charges_over_time(key))
        sums = [
            sum(month[name] for month in months)
            for name in ("gross_amount", "failed_amount", "refund_amount")
        ]
        assert sums == [
            row["gross_charge_amount"],
            row["failed_charge_amount"],
            row["refund_amount"],
        ]


def test_the_newest_lead_to_their_page(visit: Visit, warehouse: DuckdbCopy) -> None:
    newest = warehouse.query(queries.NEWEST)[0]
    page = visit("/customer")

    page.locator("[data-card=newest] .ag-row a").first.click()

    page.wait_for_url(f"**/customer?customer_id={newest['customer_id']}*")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(customer.best_name(newest))


def test_a_customer_without_charges_or_e_mail_has_its_page(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    sql = (
        "select * from customer_lookup"
        " where email is null and attempted_charge_count = 0 order by customer_id"
    )
    row = warehouse.query(sql)[0]
    page = visit(address("/customer", customer_id=row["customer_id"]))

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(row["description"] or row["customer_id"])
    for name in ("over_time", "charges"):
        expect(page.locator(f"[data-card={name}]")).to_contain_text("No charges in")


def test_what_is_not_there_is_not_found(visit: Visit, busy: Row) -> None:
    customer_id = busy["customer_id"]
    for state in (
        {"customer_id": "cus_nobody"},
        {"customer_id": "' or 1=1 --"},
        {"customer_id": customer_id, "currency": "xyz"},
        {"customer_id": customer_id, "currency": "'; drop table fct_charges; --"},
        {"customer_id": customer_id, "account": '" or 1=1 --'},
    ):
        page = visit(address("/customer", **state))
        expect(page.locator("[data-state=not-found]")).to_be_visible()


def test_without_customers_it_says_so(warehouse: DuckdbCopy) -> None:
    with pytest.raises(NoData, match="no customers yet"):
        customer.layout(Nothing(warehouse.path), {})


def test_one_is_not_said_as_many(busy: Row) -> None:
    counts = (
        *("gross_charge_count", "failed_charge_count"),
        *("refund_count", "unpaid_invoice_count"),
    )
    once = busy | dict.fromkeys(counts, 1) | {"past_due_amount": None}

    notes = str(customer.figure_tiles(once, frozenset()))

    assert notes.count("'1 charge'") == 2
    assert "'1 refund'" in notes
    assert "'1 open invoice'" in notes
