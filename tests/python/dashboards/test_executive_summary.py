"""The Executive Summary: its tiles are the marts' figures, its choosers its address."""

from __future__ import annotations

from decimal import Decimal

import pytest
from harness.browser import Visit, drawn
from playwright.sync_api import Page, expect

from dashboards.duckdb_copy import DuckdbCopy

FIGURES = (
    "gross_charge_amount",
    "refund_amount",
    "net_charge_amount",
    "net_volume_amount",
    "charge_success_rate",
    "payment_success_rate",
    "failed_charge_amount",
    "dispute_amount",
    "new_customer_count",
)
OF_TODAY = ("unpaid_invoice_amount", "delinquent_customer_count")


def exact(page: Page, name: str) -> Decimal | None:
    """The exact value of a tile."""
    text = page.locator(f"[data-tile={name}]").get_attribute("data-exact")
    return Decimal(text) if text else None


@pytest.mark.parametrize(
    ("days", "month"),
    [("", "2026-10-01"), ("2026-09-01,2026-09-30", "2026-09-01")],
    ids=["month-so-far", "month-that-is-over"],
)
@pytest.mark.parametrize("currency", ["usd", "jpy", "kwd"])
def test_tiles_equal_the_monthly_mart(
    visit: Visit, warehouse: DuckdbCopy, days: str, month: str, currency: str
) -> None:
    page = visit(f"/?currency={currency}&days={days}")

    sql = "select * from executive_summary_monthly"
    where = " where currency = ? and reporting_month = cast(? as date)"
    mart = warehouse.query(sql + where, [currency, month])[0]
    shown = {name: exact(page, name) for name in FIGURES}
    assert shown == {name: mart[name] for name in FIGURES}


def test_a_chosen_currency_is_in_the_address_and_comes_back(visit: Visit) -> None:
    page = visit("/")
    expect(page.locator("[data-tile=gross_charge_amount]")).to_contain_text("USD")
    page.get_by_role("textbox", name="Currency").click()
    page.get_by_role("option", name="JPY").click()

    page.wait_for_url("**/?currency=jpy")
    expect(page.locator("[data-tile=gross_charge_amount]")).to_contain_text("JPY")
    page.go_back()
    expect(page.locator("[data-tile=gross_charge_amount]")).to_contain_text("USD")
    drawn(page)


@pytest.mark.parametrize(
    "search",
    [
        "?currency=xyz",
        "?currency=%27%3B%20drop%20table%20fct_charges%3B--",
        "?days=2026-13-01,2026-10-20",
        "?days=1900-01-01,1900-02-01",
        "?days=%00%27",
        "?account=nobody",
    ],
)
def test_what_is_not_there_is_not_found(visit: Visit, search: str) -> None:
    page = visit(f"/{search}")

    expect(page.locator("[data-state=not-found]")).to_be_visible()
