"""The Explore in a browser: its choosers, links and states, all in the address."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from harness.browser import PHONE, Visit, drawn, serving, watched
from playwright.sync_api import Browser, Locator, Page, expect

from dashboards.address.selection import Filter
from dashboards.text import formatting
from dashboards.warehouse import Parameters, QueryFailed, Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy

INJECTION = "\"'; drop table fct_charges; -- <script>alert(1)</script> %s ? \\;"


def cell(page: Page, row: int, column: str) -> Locator:
    return page.locator(f"[row-index='{row}'] [col-id={column}]")


def state_of(page: Page) -> dict[str, str]:
    found = parse_qs(urlsplit(page.url).query)
    return {name: values[-1] for name, values in found.items()}


def count(warehouse: DuckdbCopy, condition: str, relation: str = "fct_charges") -> str:
    sql = f"select count(*) as n from {relation} where {condition}"
    return f"of {warehouse.query(sql)[0]['n']:,}"


def go(page: Page, address: str) -> Page:
    """To another address as a link would, without loading the application again."""
    page.evaluate(
        "address => { history.pushState({}, '', address);"
        " dispatchEvent(new CustomEvent('_dashprivate_pushstate')); }",
        address,
    )
    return page


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("textbox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def add_filter(page: Page, column: str, operator: str, value: str | None) -> None:
    choose(page, "Filter by", column)
    expect(page.locator("#filter-operator")).to_be_enabled()
    choose(page, "Condition", operator)
    if value is not None:
        page.locator("#filter-value").fill(value)
    page.get_by_role("button", name="Add filter").click()


def test_the_first_page_shows_the_latest_charges(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/explore")

    sql = "select * from fct_charges order by created_at desc, charge_id limit 1"
    latest = warehouse.query(sql)[0]
    expect(cell(page, 0, "charge_id")).to_have_text(latest["charge_id"])
    expect(cell(page, 0, "created_at")).to_have_text(
        formatting.moment(latest["created_at"])
    )
    money = formatting.money(latest["net_amount"], latest["currency"])
    expect(cell(page, 0, "net_amount")).to_have_text(money)
    pager = page.locator(".pager-text")
    expect(pager).to_have_text(f"1–50 {count(warehouse, 'true')}")  # noqa: RUF001


def test_money_is_written_as_its_currency_is(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/explore")
    for currency, places in {"usd": 2, "jpy": 0, "kwd": 3}.items():
        go(page, f"/explore?filter=currency:eq:{currency}&sort=charge_id")
        sql = "select * from fct_charges where currency = ? order by charge_id limit 1"
        first = warehouse.query(sql, [currency])[0]
        amount = f"{first['attempted_amount']:,.{places}f} {currency.upper()}"
        expect(cell(page, 0, "charge_id")).to_have_text(first["charge_id"])
        expect(cell(page, 0, "attempted_amount")).to_have_text(amount)


def test_pages_lead_on_and_back(visit: Visit, warehouse: DuckdbCopy) -> None:
    page = visit("/explore?table=customers")
    text = page.locator(".pager-text")
    total = count(warehouse, "true", "dim_customers")
    page.evaluate("window.stayed = true")

    expect(page.locator(".steps a")).to_have_text(["Next", "Last"])
    page.get_by_role("link", name="Next").click()
    expect(text).to_have_text(f"51–100 {total}")  # noqa: RUF001
    page.get_by_role("link", name="Last").click()
    expect(text).to_contain_text(f"{total.removeprefix('of ')} {total}")
    expect(page.locator(".steps a")).to_have_text(["First", "Previous"])
    page.go_back()
    expect(text).to_have_text(f"51–100 {total}")  # noqa: RUF001
    page.get_by_role("link", name="Previous").click()
    expect(text).to_have_text(f"1–50 {total}")  # noqa: RUF001
    assert page.evaluate("window.stayed"), "the application was loaded again"


def test_a_heading_sorts_up_then_down_and_starts_anew(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/explore?table=invoices")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".pager-text")).to_contain_text("51")

    heading = page.locator(".ag-header-cell[col-id=total] a")
    for mark, order in (("↑", "asc"), ("↓", "desc")):
        heading.click()
        expect(heading).to_contain_text(mark)
        sql = f"select * from fct_invoices order by total {order}, invoice_id limit 1"
        first = warehouse.query(sql)[0]
        expect(cell(page, 0, "invoice_id")).to_have_text(first["invoice_id"])
    assert state_of(page) == {"table": "invoices", "sort": "-total"}


def test_filters_are_added_and_taken_off(visit: Visit, warehouse: DuckdbCopy) -> None:
    page = visit("/explore")
    text = page.locator(".pager-text")

    add_filter(page, "Status", "is", "failed")
    expect(text).to_contain_text(count(warehouse, "status = 'failed'"))
    add_filter(page, "Attempted amount", "is more than", "100")
    both = count(warehouse, "status = 'failed' and attempted_amount > 100")
    expect(text).to_contain_text(both)
    assert state_of(page)["filter"] == "status:eq:failed;attempted_amount:gt:100"

    page.reload()
    expect(drawn(page).locator(".pager-text")).to_contain_text(both)
    page.get_by_role("link", name="Remove: Status is failed").click()
    expect(text).to_contain_text(count(warehouse, "attempted_amount > 100"))
    page.go_back()
    expect(text).to_contain_text(both)


def test_a_condition_without_value_needs_none(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/explore?table=invoices")

    add_filter(page, "Charge ID", "is empty", None)

    without = count(warehouse, "charge_id is null", "fct_invoices")
    expect(page.locator(".pager-text")).to_contain_text(without)
    assert state_of(page)["filter"] == "charge_id:null"


def test_values_are_suggested_and_taken_on_enter(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/explore")

    choose(page, "Filter by", "Currency")
    page.locator("#filter-value").click()
    page.get_by_role("option", name="jpy").click()
    page.locator("#filter-value").press("Enter")

    expect(page.locator(".pager-text")).to_contain_text(
        count(warehouse, "currency = 'jpy'")
    )


def test_a_value_of_another_kind_is_refused_in_the_form(visit: Visit) -> None:
    page = visit("/explore")
    before = page.url

    for column, operator, value, problem in (
        ("Attempted amount", "is", "a lot", "'a lot' is no number"),
        ("Created at", "is after", "last week", "'last week' is no day"),
        ("Is refunded", "is", "perhaps", "true or false, not 'perhaps'"),
    ):
        add_filter(page, column, operator, value)
        expect(page.locator("#filter-problem")).to_contain_text(problem)
    assert page.url == before


def test_columns_are_chosen(visit: Visit) -> None:
    page = visit("/explore?table=customers&sort=email&columns=email,customer_id")

    page.get_by_text("Columns: 2 of").click()
    choose(page, "Columns", "Description")
    page.locator("h1").click()

    expect(page.locator(".ag-header-cell[col-id=description]")).to_be_visible()
    assert state_of(page) == {
        "table": "customers",
        "columns": "email,customer_id,description",
        "sort": "email",
    }
    page.go_back()
    expect(page.get_by_text("Columns: 2 of")).to_be_visible()


def test_every_table_is_a_tab(visit: Visit) -> None:
    page = visit("/explore?filter=currency:eq:usd")
    for table in ("invoices", "customers", "subscriptions", "charges"):
        page.get_by_role("link", name=table.capitalize(), exact=True).click()
        current = page.locator(".explore-tab[aria-current=page]")
        expect(current).to_have_text(table.capitalize())
        expect(cell(page, 0, "created_at")).to_be_visible()
        assert state_of(page) == {"table": table}


def test_every_column_can_be_shown(visit: Visit, warehouse: DuckdbCopy) -> None:
    page = visit("/explore?table=invoices")

    page.get_by_role("link", name="All fields").click()

    columns = len(warehouse.columns("fct_invoices")) + 2  # e-mail and name
    expect(page.get_by_text(f"Columns: {columns} of {columns}")).to_be_visible()
    expect(cell(page, 0, "source_relation")).to_be_visible()


def test_ids_lead_to_their_pages(visit: Visit) -> None:
    page = visit("/explore")
    page.evaluate("window.stayed = true")
    for column, path in (("customer_id", "/customer"), ("invoice_id", "/invoice")):
        go(page, f"/explore?columns={column}&filter={column}:not_null")
        expect(cell(page, 0, "created_at")).to_have_count(0)
        link = cell(page, 0, column).locator("a")
        named = link.inner_text()
        link.click()
        page.wait_for_url(f"**{path}?{column}={named}&from=*")
        page.go_back()
        expect(cell(page, 0, column)).to_have_text(named)
    assert page.evaluate("window.stayed"), "the application was loaded again"


def test_a_link_to_the_charges_of_an_invoice(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    sql = (
        "select invoice_id from fct_invoices where charge_count > 1 "
        "order by invoice_id limit 1"
    )
    invoice = warehouse.query(sql)[0]["invoice_id"]

    page = visit(f"/explore?table=charges&filter=invoice_id%3Aeq%3A{invoice}")

    expect(page.locator(".pager-text")).to_contain_text(
        count(warehouse, f"invoice_id = '{invoice}'")
    )
    expect(page.locator(".pills li")).to_contain_text(f"Invoice ID is {invoice}")


def test_a_download_is_all_of_what_is_shown(
    visit: Visit, warehouse: DuckdbCopy, tmp_path: Path
) -> None:
    page = visit("/explore?filter=status:eq:succeeded&sort=net_amount")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()

    file = tmp_path / "charges.csv"
    download.value.save_as(file)
    assert download.value.suggested_filename == "charges.csv"
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    mart = warehouse.query(
        "select charge_id, net_amount from fct_charges where status = 'succeeded' "
        "order by net_amount, charge_id"
    )
    assert len(mart) > 50
    assert [(row["charge_id"], Decimal(row["net_amount"])) for row in rows] == [
        (row["charge_id"], row["net_amount"]) for row in mart
    ]


def test_what_holds_for_no_row_is_empty_and_can_be_cleared(visit: Visit) -> None:
    page = visit("/explore?table=invoices&filter=status:eq:nonsense")

    expect(page.locator("[data-state=empty]")).to_contain_text("No rows hold")
    page.get_by_role("link", name="Clear the filters").click()
    expect(page.locator(".pager-text")).to_contain_text("1–50")  # noqa: RUF001
    assert state_of(page) == {"table": "invoices"}


def test_nothing_in_the_address_is_taken_for_sql(visit: Visit) -> None:
    page = visit("/explore")
    for name, value in {
        "table": INJECTION,
        "columns": INJECTION,
        "sort": INJECTION,
        "page": f"after:{INJECTION}:{INJECTION}",
        "filter": f"{INJECTION}:eq:1",
    }.items():
        go(page, "/explore")
        expect(page.locator(".pager")).to_be_visible()
        go(page, f"/explore?{urlencode({name: value})}")
        expect(page.locator("[data-state=not-found]")).to_be_visible()
    condition = Filter("description", "contains", INJECTION)
    go(page, f"/explore?{urlencode({'filter': str(condition)})}")
    expect(page.locator("[data-state=empty]")).to_be_visible()
    expect(page.locator(".pills li")).to_contain_text(INJECTION)


class Failing(DuckdbCopy):
    """Counts, and then finds the disk gone."""

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        raise QueryFailed("The disk is gone.")

    def batches(self, *statement: Any) -> Any:
        raise QueryFailed("The disk is gone.")
        yield


def test_a_query_that_fails_is_an_error_state(
    browser: Browser, warehouse: DuckdbCopy
) -> None:
    with serving(Failing(warehouse.path)) as address, watched(browser) as page:
        page.goto(f"{address}/explore")
        expect(page.locator("[data-state=error]")).to_contain_text("The disk is gone.")
        answer = page.request.get(f"{address}/explore.csv")
        assert (answer.status, answer.text()) == (503, "The disk is gone.")


def test_a_phone_shows_it_without_scrolling_sideways(
    browser: Browser, dashboards: str
) -> None:
    with watched(browser, viewport=PHONE) as page:
        page.goto(f"{dashboards}/explore?filter=status:eq:failed")
        expect(drawn(page).locator(".pager")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
