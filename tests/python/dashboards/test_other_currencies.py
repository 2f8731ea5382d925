"""Of currencies beside the chosen one, the page says which and how much."""

from __future__ import annotations

from datetime import date

import pytest
from harness.browser import Visit, drawn, drawn_by_server
from playwright.sync_api import expect

from dashboards.address import address
from dashboards.address.scope import Scope
from dashboards.pages.scope import gross_in_others
from dashboards.text import formatting
from dashboards.warehouse.duckdb_copy import DuckdbCopy

OTHERS = {
    "/": "select currency, sum(gross_charge_amount) as amount"
    " from executive_summary_daily where reporting_month = date '2026-10-01'",
    "/finance": "select currency, sum(gross_charge_amount) as amount"
    " from executive_summary_daily where reporting_month = date '2026-10-01'",
    "/revenue": "select currency, sum(closing_mrr_amount) as amount"
    " from mrr_monthly where reporting_month = date '2026-10-01'",
    "/lifetime-value": "select currency, sum(lifetime_value_amount) as amount"
    " from customer_lifetime_value where true",
}


@pytest.mark.parametrize("path", OTHERS)
def test_the_other_currencies_stand_beside_one_another(
    visit: Visit, warehouse: DuckdbCopy, path: str
) -> None:
    sql = f"{OTHERS[path]} and currency <> 'eur' group by currency order by currency"
    amounts = [row for row in warehouse.query(sql) if row["amount"]]
    page = visit(f"{path}?currency=eur")

    links = page.locator(".others").first.locator("a")
    assert links.all_inner_texts() == [
        formatting.money(row["amount"], row["currency"]) for row in amounts
    ]
    assert len(amounts) > 1
    links.last.click()
    currency = amounts[-1]["currency"]
    page.wait_for_url(f"**{path}?currency={currency}")
    expect(drawn(page).locator(".others").first).to_contain_text("EUR")


@pytest.mark.parametrize("path", ["/finance", "/month-end"])
def test_failures_in_other_currencies_are_counted(
    warehouse: DuckdbCopy, path: str
) -> None:
    failed = warehouse.query(
        "select currency, count(*) as failed_count from fct_charges"
        " where is_failed and reporting_month = date '2026-09-01' and currency <> 'eur'"
        " group by currency order by currency"
    )
    days = "2026-09-01,2026-09-30"
    state = {"currency": "eur", "days": days, "month": "2026-09-01"}
    page = drawn_by_server(warehouse, address(path, **state))

    assert failed
    assert "Other currencies, failed charges: " in page
    for row in failed:
        assert f"{row['failed_count']} in {row['currency'].upper()}" in page
        assert f"currency={row['currency']}" in page


@pytest.mark.parametrize("path", ["/", "/finance", "/revenue", "/month-end"])
def test_all_currencies_without_a_reporting_currency_are_a_choice(
    warehouse: DuckdbCopy, path: str
) -> None:
    state = {"days": "2026-09-02,2026-09-11", "currency": "all"}
    page = drawn_by_server(warehouse, address(path, **state))

    assert "Choose a currency" in page and "Not found" not in page
    for currency in ("usd", "eur", "jpy"):
        assert address(path, **state | {"currency": currency}) in page
    in_no_account = address(path, **state, account="nobody")
    assert '"data-state":"not-found"' in drawn_by_server(warehouse, in_no_account)


def test_they_are_of_the_chosen_account_and_days(warehouse: DuckdbCopy) -> None:
    first, last = date(2026, 9, 2), date(2026, 9, 11)
    days = {"days": f"{first},{last}"}

    def shown(account: str | None) -> str:
        scope = Scope("usd", account, first, last)
        return str(gross_in_others(warehouse, scope, "/", days))

    eur = warehouse.query(
        "select sum(gross_charge_amount) as amount from executive_summary_daily"
        " where currency = 'eur' and reporting_date between ? and ?",
        [first, last],
    )[0]["amount"]
    assert formatting.money(eur, "eur") in shown(None)
    assert address("/", **days, currency="eur") in shown("stripe")
    assert shown("nobody") == "[]"


def test_a_customer_of_several_currencies(visit: Visit, warehouse: DuckdbCopy) -> None:
    sql = (
        "select customer_id, min(currency) as one, max(currency) as other"
        " from customer_lookup group by customer_id having count(*) = 2"
        " order by customer_id limit 1"
    )
    found = warehouse.query(sql)[0]
    state = {"customer_id": found["customer_id"], "currency": found["one"]}
    page = visit(address("/customer", **state))

    links = page.locator(".others a")
    expect(links).to_have_count(1)
    expect(links).to_contain_text(found["other"].upper())
