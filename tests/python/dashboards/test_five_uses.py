"""What five kinds of users come for, from the address bar, in three clicks at most."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness.browser import PHONE, drawn, watched
from playwright.sync_api import Browser, Locator, Page, expect

from dashboards.warehouse.duckdb_copy import DuckdbCopy

MOST_CLICKS = 3
CALLER = """
select cards.last4, cards.brand, customers.customer_id, customers.email
from customer_lookup_cards as cards
inner join dim_customers as customers
    on cards.customer_id = customers.customer_id
inner join fct_charges as charges
    on cards.customer_id = charges.customer_id
where charges.is_failed and customers.email is not null
order by charges.created_at desc, charges.charge_id limit 1
"""


@dataclass
class Visitor:
    """Somebody who clicks; typing is none."""

    page: Page
    clicks: int = 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1


@pytest.fixture
def visitor(browser: Browser, dashboards: str) -> Iterator[Visitor]:
    """Opens the first page; at the end, has not clicked too often."""
    with watched(browser, color_scheme="light") as page:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(dashboards)
        visitor = Visitor(drawn(page))
        yield visitor
        assert 0 < visitor.clicks <= MOST_CLICKS


def test_an_executive_sees_why_the_month_is_another(visitor: Visitor) -> None:
    page = visitor.page
    visitor.click(page.locator("[data-tile=net_charge_amount] .tile-value a"))
    expect(page.locator("[data-card=net_change] h2")).to_be_in_viewport()
    expect(page.locator("[data-card=net_change] .card-note")).to_contain_text("charges")


def test_finance_operations_has_the_charges_that_failed(
    visitor: Visitor, warehouse: DuckdbCopy
) -> None:
    page = visitor.page
    visitor.click(page.locator("[data-tile=failed_charge_amount] .tile-value a"))
    failed = warehouse.query(
        "select count(*) as n from fct_charges where is_failed and currency = 'usd'"
        " and reporting_month = date '2026-10-01'"
    )[0]["n"]
    page.wait_for_url("**/explore?table=charges**")
    expect(page.locator(".pager-text")).to_contain_text(f"of {failed:,}")


def test_support_has_the_caller_on_the_phone(
    visitor: Visitor, warehouse: DuckdbCopy
) -> None:
    page, caller = visitor.page, warehouse.query(CALLER)[0]
    page.set_viewport_size(PHONE)
    field = page.get_by_role("combobox", name="Search everything")
    visitor.click(field)
    page.keyboard.type(f"{caller['brand']} {caller['last4']}")
    found = page.get_by_role("option").filter(has_text=caller["email"]).first
    visitor.click(found)
    page.wait_for_url(f"**/customer?customer_id={caller['customer_id']}**")
    said = page.locator("[data-card=customer]")
    for fact in ("Last payment", "Last failed charge", "Next renewal"):
        expect(said).to_contain_text(fact)
    jumps = page.get_by_role("navigation", name="On this page")
    visitor.click(jumps.get_by_role("link", name="Charges", exact=True))
    expect(page.locator("[data-card=charges] h2")).to_be_in_viewport()


def test_an_accountant_prints_the_month(visitor: Visitor) -> None:
    page = visitor.page
    visitor.click(page.get_by_role("link", name="Month-end pack"))
    page.wait_for_url("**/month-end*")
    drawn(page)
    page.evaluate(
        "() => { window.printed = 0; window.print = () => window.printed++; }"
    )
    visitor.click(page.get_by_role("button", name="Print"))
    assert page.evaluate("window.printed") == 1


def test_an_analyst_takes_any_field_along(
    visitor: Visitor, warehouse: DuckdbCopy
) -> None:
    page = visitor.page
    visitor.click(page.get_by_role("link", name="Explore", exact=True))
    visitor.click(page.get_by_role("link", name="All fields"))
    page.wait_for_url("**columns=all**")
    download_link = page.get_by_role("link", name="Download CSV")
    expect(download_link).to_have_attribute("href", re.compile("columns=all"))
    with page.expect_download() as download:
        visitor.click(download_link)
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    assert {*warehouse.columns("fct_charges"), "customer__email"} <= {*header}
