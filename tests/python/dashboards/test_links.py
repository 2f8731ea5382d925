"""Links between pages: choices travel, and there is a way back."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from harness.browser import Visit, drawn, drawn_by_server
from playwright.sync_api import expect

from dashboards.address.selection import Filter
from dashboards.pages.links import Here
from dashboards.warehouse.duckdb_copy import DuckdbCopy

DAYS = "2026-09-01,2026-09-30"


def test_a_link_takes_the_choices_and_the_way_back_along() -> None:
    here = Here("/finance", {"days": DAYS, "duration": "days_to_payment", "from": "/"})

    found = here.rows("charges", Filter("status", "eq", "failed"), columns="charge_id")

    days = quote(DAYS, safe="")
    back = quote(f"/finance?days={days}&duration=days_to_payment", safe="")
    assert found == (
        "/explore?table=charges&filter=status%3Aeq%3Afailed&columns=charge_id"
        f"&days={days}&from={back}"
    )
    assert here.near("/revenue", "months") == f"/revenue?days={days}#months"


def test_a_way_back_that_is_too_long_is_left_out() -> None:
    here = Here("/explore", {"filter": "x" * 1999})
    assert here.to("/customer", customer_id="cus_1") == "/customer?customer_id=cus_1"


@pytest.mark.parametrize(
    "back", ["//example.com", "https://example.com", "/nowhere", "javascript:alert(1)"]
)
def test_the_way_back_leads_to_pages_only(warehouse: DuckdbCopy, back: str) -> None:
    shown = drawn_by_server(warehouse, f"/revenue?from={quote(back, safe='')}")
    assert '"className":"back"' not in shown
    assert '"className":"back"' in drawn_by_server(warehouse, "/revenue?from=/finance")


def test_choices_travel_through_the_navigation_and_back(visit: Visit) -> None:
    page = visit(f"/finance?days={DAYS}&currency=eur&duration=days_to_payment")
    navigation = page.get_by_role("navigation", name="Pages")

    navigation.get_by_role("link", name="Executive Summary").click()
    expect(page.locator(".subtitle")).to_contain_text("1–30 Sep 2026")  # noqa: RUF001
    assert "currency=eur" in page.url and "duration" not in page.url
    navigation.get_by_role("link", name="Revenue").click()
    expect(page.locator("h1")).to_have_text("Revenue")
    page.locator(".brand").click()
    expect(page.locator(".subtitle")).to_contain_text("1–30 Sep 2026")  # noqa: RUF001

    page.go_back()
    expect(page.locator("h1")).to_have_text("Revenue")


def test_a_page_leads_back_to_where_one_came_from(visit: Visit) -> None:
    back = quote(f"/finance?days={DAYS}", safe="")
    page = visit(f"/revenue?from={back}")

    page.get_by_role("link", name="← Finance Operations").click()

    expect(page.locator(".subtitle")).to_contain_text("1–30 Sep 2026")  # noqa: RUF001
    expect(page.locator(".back")).to_have_count(0)


def test_an_anchor_lands_on_its_card(visit: Visit) -> None:
    page = visit("/finance#owing")
    expect(page.locator("[data-card=owing] h2")).to_be_in_viewport()
    page.evaluate("history.pushState({}, '', '/revenue')")
    page.goto(page.url)
    drawn(page)
    page.evaluate(
        "() => { const link = document.createElement('a');"
        " link.setAttribute('href', '/finance#owing');"
        " document.body.append(link); link.click(); }"
    )
    expect(page.locator("[data-card=owing] h2")).to_be_in_viewport()


def test_links_to_other_pages_lead_back_too(visit: Visit) -> None:
    page = visit("/invoice?currency=usd")
    page.locator("[data-card] .ag-row a").first.click()
    expect(page.locator(".back")).to_have_text("← Invoice Lookup")
    page.locator("[data-card=invoice] a[href^='/customer']").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.locator(".back").click()
    page.wait_for_url("**/invoice?*invoice_id=*")


@pytest.mark.parametrize("path", ["/revenue", "/lifetime-value"])
def test_a_page_without_the_chosen_currency_says_which_it_has(
    visit: Visit, path: str
) -> None:
    page = visit(f"{path}?currency=chf&days={DAYS}")
    expect(page.locator("[data-state=not-found]")).to_contain_text("in this currency")
    page.get_by_role("link", name="EUR", exact=True).click()
    expect(page.locator(".tile-value").first).to_be_visible()
    assert "currency=eur" in page.url and "days=" in page.url
