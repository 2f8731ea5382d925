"""The list of delinquent and past-due customers: who, how much, why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from harness.browser import Visit, drawn
from playwright.sync_api import expect

from dashboards.address.scope import Scope
from dashboards.pages.finance_operations.owing import KINDS, why
from dashboards.queries import owing as queries
from dashboards.text import formatting
from dashboards.warehouse.duckdb_copy import DuckdbCopy

SCOPE = Scope("usd", None, date(2026, 10, 1), date(2026, 10, 20))
MART = queries.MART
PEOPLE = (
    f"select * from {MART} where currency = 'usd' and (is_delinquent or is_past_due)"
)


def test_a_link_lands_on_the_list(visit: Visit) -> None:
    page = visit("/finance?currency=usd#delinquent")
    expect(page.locator("[data-card=owing] h2")).to_be_in_viewport()
    box = page.locator("[data-card=owing] h2").bounding_box()
    assert box and box["y"] > 56, "the header covers it"


def test_it_is_narrowed_by_the_address_and_says_totals(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/finance?currency=usd")
    card = page.locator("[data-card=owing]")
    card.get_by_text("Without debt", exact=True).click()
    page.wait_for_url("**owing=no_debt**")
    drawn(page)

    names = card.locator(".ag-body [col-id=description]")
    people = warehouse.query(
        f"{PEOPLE} and is_delinquent and outstanding_amount = 0 order by customer_id"
    )
    assert people
    expect(names).to_have_text([one["description"] or "–" for one in people])  # noqa: RUF001
    why = card.locator(".ag-body [col-id=why]")
    expect(why.first).to_contain_text("Owes nothing")

    page.goto(page.url.replace("owing=no_debt", "owing=all"))
    drawn(page)
    owed = sum(one["outstanding_amount"] for one in warehouse.query(PEOPLE))
    bottom = card.locator(".ag-floating-bottom [col-id=outstanding_amount]")
    expect(bottom).to_have_text(formatting.plain_money(owed, "usd"))
    euros = warehouse.query(
        f"select sum(outstanding_amount) as owed from {MART}"
        " where currency = 'eur' and (is_delinquent or is_past_due)"
    )[0]["owed"]
    card.get_by_role("link", name=formatting.money(euros, "eur")).click()
    page.wait_for_url("**currency=eur**")


def test_a_list_that_does_not_exist_is_not_found(visit: Visit) -> None:
    page = visit("/finance?owing=x")
    expect(page.locator("[data-state=not-found]")).to_be_visible()


def test_the_last_failure_is_the_customers_newest(warehouse: DuckdbCopy) -> None:
    seen = 0
    for kind in KINDS:
        for row in warehouse.query(*queries.listed(SCOPE, kind)):
            failed = warehouse.query(
                "select * from fct_charges where customer_id = ? and is_failed"
                " order by created_at desc, charge_id desc limit 1",
                [row["customer_id"]],
            )
            code, day = row["failure_code"], row["failed_date"]
            assert [(code, day)] == [
                (one["failure_code"], one["reporting_date"]) for one in failed
            ] or (not failed and day is None)
            seen += len(failed)
    assert seen


def test_each_customer_is_listed_once(warehouse: DuckdbCopy) -> None:
    ids = [row["customer_id"] for row in warehouse.query(*queries.listed(SCOPE, "all"))]
    people = warehouse.query(PEOPLE)
    assert sorted(ids) == sorted(one["customer_id"] for one in people)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"past_due_invoice_count": 1, "max_days_past_due": 1},
            "1 invoice, 1 day late",
        ),
        (
            {"past_due_invoice_count": 2, "max_days_past_due": 40},
            "2 invoices, up to 40 days late",
        ),
        ({"open_invoice_count": 1}, "A payment failed; what is open is not due yet"),
        ({"other_currencies": "EUR, JPY"}, "Owes in EUR, JPY"),
        (
            {"bad_debt_amount": Decimal(19)},
            "Owes nothing: 19.00 USD were written off",
        ),
        ({"last_invoice_status": "void"}, "Owes nothing: the last invoice was voided"),
        (
            {"last_invoice_status": "paid"},
            "Owes nothing: the last invoice is paid, the flag stayed",
        ),
        ({}, "Owes nothing: no invoice is delivered"),
    ],
)
def test_why_somebody_is_listed_is_said_in_words(
    change: dict[str, object], said: str
) -> None:
    row = {
        "currency": "usd",
        "past_due_invoice_count": 0,
        "max_days_past_due": None,
        "open_invoice_count": 0,
        "other_currencies": None,
        "bad_debt_amount": Decimal(0),
        "last_invoice_status": None,
    }
    assert why(row | change) == said
