"""The Executive Summary: its tiles are the marts' figures, its choosers its address."""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from harness.browser import Visit, serving, watched
from playwright.sync_api import Browser, Page, expect

from dashboards.address.scope import ComparedScope
from dashboards.pages.executive_summary import page as executive_summary
from dashboards.pages.executive_summary.tiles import Figure
from dashboards.queries.executive_summary import DAILY
from dashboards.text import formatting
from dashboards.warehouse.duckdb_copy import DuckdbCopy

TILES = (*executive_summary.FIGURES, executive_summary.TIME)
MONTH = """
select * from executive_summary_monthly
where currency = ? and reporting_month = cast(? as date)
"""
UNCAPTURED = """
select reporting_month
from executive_summary_daily
where currency = 'usd' and extract(day from reporting_date) <= 28
group by reporting_month
having sum(succeeded_charge_count) > sum(gross_charge_count)
order by reporting_month
limit 1
"""
# Quotients of six decimals, one by floating point.
EXACTNESS = Decimal("0.000001")


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
def test_tiles_and_their_changes_equal_the_monthly_mart(
    visit: Visit, warehouse: DuckdbCopy, days: str, month: str, currency: str
) -> None:
    page = visit(f"/?currency={currency}&days={days}")

    mart = warehouse.query(MONTH, [currency, month])[0]
    assert len(TILES) > 9
    for figure in TILES:
        name = figure.name
        shown, expected = exact(page, name), mart[name]
        tolerance = EXACTNESS if name.endswith(("_rate", "_payment")) else 0
        assert (shown is None) == (expected is None), name
        assert expected is None or abs(shown - expected) <= tolerance, name
        check_change(page, figure, mart[f"{name}_change"])


def check_change(page: Page, figure: Figure, moved: Decimal | None) -> None:
    """The change of a tile is the mart's, in the colour of what its owner thinks."""
    name = figure.name
    change = page.locator(f"[data-tile={name}] .change")
    if moved is None:
        expect(change.filter(has_text="%")).to_have_count(0)
        return
    describe = formatting.points if name.endswith("_rate") else formatting.change
    good = (moved < 0) == (figure.better == "down")
    word = "neutral" if not moved else "better" if good else "worse"
    expect(change).to_contain_text(f"{describe(moved)} ({word})")
    expect(change).to_have_class(f"change change-{word}")


@pytest.mark.parametrize("currency", ["usd", "jpy"])
def test_what_stands_today_equals_the_marts(
    visit: Visit, warehouse: DuckdbCopy, currency: str
) -> None:
    page = visit(f"/?currency={currency}")

    now = warehouse.query(MONTH, [currency, "2026-10-01"])[0]
    assert exact(page, "unpaid_invoice_amount") == now["unpaid_invoice_amount"]
    assert exact(page, "delinquent_customer_count") == now["delinquent_customer_count"]
    unpaid = page.locator("[data-tile=unpaid_invoice_amount]")
    expect(unpaid).to_contain_text(f"{now['unpaid_invoice_count']} unpaid invoice")
    expect(unpaid).to_contain_text("as of 20 Oct 2026")
    expect(unpaid).not_to_contain_text("estimated")


def test_of_days_that_are_over_it_shows_what_was_owed_at_their_end(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/?currency=usd&days=2026-07-05,2026-08-11")

    for name, mart, column in (
        ("closing_mrr_amount", "mrr_monthly", "closing_mrr_amount"),
        ("unpaid_invoice_amount", "receivables_monthly", "closing_amount"),
    ):
        month = warehouse.query(
            f"select {column} as amount from {mart} where currency = 'usd'"
            " and reporting_month = cast('2026-08-01' as date)"
        )
        assert exact(page, name) == month[0]["amount"], name
    unpaid = page.locator("[data-tile=unpaid_invoice_amount]")
    expect(unpaid).to_contain_text("as of 31 Aug 2026, estimated")
    # Of Stripe's flag there is no history.
    delinquent = page.locator("[data-tile=delinquent_customer_count]")
    expect(delinquent).to_contain_text("as of 20 Oct 2026")


def test_money_has_the_decimals_of_its_currency(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    for currency, places in {"jpy": 0, "kwd": 3, "usd": 2}.items():
        gross = warehouse.query(MONTH, [currency, "2026-10-01"])[0][
            "gross_charge_amount"
        ]
        tile = visit(f"/?currency={currency}").locator(
            "[data-tile=gross_charge_amount]"
        )
        expect(tile).to_contain_text(f"{gross:,.{places}f} {currency.upper()}")


HANG_BELOW_ZERO = """
() => {
  const boxes = (name) => [...document.querySelectorAll(`path[name=${name}]`)]
    .map((bar) => bar.getBBox());
  const above = boxes("gross_charge_amount");
  const below = [...boxes("failed_charge_amount"), ...boxes("refund_amount")];
  const zero = Math.max(...above.map((box) => box.y + box.height));
  return above.length > 0 && below.some((box) => box.height > 0)
    && below.every((box) => box.y >= zero - 1);
}
"""


def test_failures_and_refunds_hang_below_zero(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/?days=2026-09-01,2026-09-30")
    card = page.locator("[data-card^=gross_charge_amount]")
    page.wait_for_function(HANG_BELOW_ZERO)
    # What a bar says has the sign of the table, not that of the drawing.
    says = """([value, isUnsigned]) => dashMantineFunctions.money(
        value, { currency: "USD", places: 2, isUnsigned })"""
    assert page.evaluate(says, [-3.5, True]) == "3.50 USD"
    assert page.evaluate(says, [-3.5, False]) == "-3.50 USD"

    card.get_by_text("Show the numbers").click()
    days = warehouse.query(
        "select failed_charge_amount as failed, refund_amount as refunded"
        " from executive_summary_daily where currency = 'usd'"
        " and reporting_date between date '2026-09-01' and date '2026-09-30'"
        " order by reporting_date"
    )
    rows = card.locator("tbody tr")
    expect(rows).to_have_count(30)
    above = [formatting.money(day["failed"], "usd") for day in days]
    assert rows.locator("td:nth-child(3)").all_inner_texts() == above
    above = [formatting.money(day["refunded"], "usd") for day in days]
    assert rows.locator("td:nth-child(4)").all_inner_texts() == above


def test_the_shares_of_the_charge_status(visit: Visit, warehouse: DuckdbCopy) -> None:
    page = visit("/?days=2026-09-01,2026-09-30")

    mart = warehouse.query(MONTH, ["usd", "2026-09-01"])[0]
    card = page.locator("[data-card=charge_status]")
    attempted = mart["attempted_charge_count"]
    expect(card).to_contain_text(f"{attempted} charges attempted")
    for status in ("succeeded", "failed", "pending"):
        number = mart[f"{status}_charge_count"]
        row = card.locator("li", has_text=status.capitalize())
        expect(row.locator(".share-figure")).to_have_text(str(number))
        share = formatting.rate(Decimal(number) / attempted)
        expect(row.locator(".share-rate")).to_have_text(share)


def test_figures_that_differ_by_definition_say_so(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    month = warehouse.query(UNCAPTURED)[0]["reporting_month"]
    mart = warehouse.query(MONTH, ["usd", month])[0]
    page = visit(f"/?currency=usd&days={month},{month.replace(day=28)}")

    for name, said in {
        "gross_charge_amount": "captured charge",
        "net_charge_amount": "before fees",
        "net_volume_amount": "after fees, of all that settles in USD",
        "charge_success_rate": "by attempt, without pending",
        "payment_success_rate": "by payment, retries folded",
    }.items():
        expect(page.locator(f"[data-tile={name}] .tile-note")).to_contain_text(said)
    status = page.locator("[data-card=charge_status]")
    expect(status).to_contain_text("attempted, pending included")
    assert mart["succeeded_charge_count"] > mart["gross_charge_count"]
    expect(status).to_contain_text(re.compile(r"Succeeded, \d+ not captured"))


def test_a_chosen_currency_is_in_the_address_and_comes_back(visit: Visit) -> None:
    page = visit("/")
    gross = page.locator("[data-tile=gross_charge_amount]")
    expect(gross).to_contain_text("USD")

    page.get_by_role("textbox", name="Currency").click()
    page.get_by_role("option", name="JPY").click()

    page.wait_for_url("**/?currency=jpy")
    expect(gross).to_contain_text("JPY")
    page.go_back()
    expect(gross).to_contain_text("USD")


def test_chosen_days_are_in_the_address_and_come_back(visit: Visit) -> None:
    page = visit("/?currency=jpy")

    page.get_by_role("button", name="Days").click()
    page.get_by_role("button", name="Last month", exact=True).click()

    page.wait_for_url("**/?currency=jpy&days=2026-09-01%2C2026-09-30")
    subtitle = page.locator(".subtitle")
    expect(subtitle).to_have_text(
        "1–30 Sep 2026, compared with 1–31 Aug 2026"  # noqa: RUF001
    )
    page.go_back()
    expect(subtitle).to_contain_text("20 Oct 2026")


def test_a_year_is_drawn_by_week(visit: Visit) -> None:
    page = visit("/?days=2025-10-21,2026-10-20")

    expect(page.get_by_role("heading", name="Net charges by week")).to_be_visible()


@pytest.mark.parametrize(
    "search", ["?currency=xyz", "?days=1900-01-01,1900-02-01", "?account=nobody"]
)
def test_what_is_not_there_is_not_found(visit: Visit, search: str) -> None:
    page = visit(f"/{search}")

    expect(page.locator("[data-state=not-found]")).to_be_visible()


def test_days_beyond_the_data_are_cut_to_it(visit: Visit) -> None:
    page = visit("/?days=0001-01-01,9999-12-31")

    expect(page.locator("[data-tile=gross_charge_amount]")).to_be_visible()
    expect(page.locator(".subtitle")).to_contain_text("20 Oct 2026, compared with")


@pytest.fixture(scope="module")
def two_accounts(
    warehouse: DuckdbCopy, tmp_path_factory: pytest.TempPathFactory
) -> DuckdbCopy:
    """The sample account beside another one that has the same in US dollars only."""
    folder: Path = tmp_path_factory.mktemp("two")
    copy = Path(shutil.copy(warehouse.path, folder / "two.serving.duckdb"))
    with duckdb.connect(str(copy)) as connection:
        for table in (
            "executive_summary_daily",
            "executive_summary_monthly",
            "mrr_monthly",
            "receivables_monthly",
        ):
            connection.execute(
                f"insert into analytics.{table} select * replace ('other' as"
                f" source_relation) from analytics.{table} where currency = 'usd'"
            )
        connection.execute(
            "insert into analytics.dim_accounts values ('other', 'Ben''s shop')"
        )
    return DuckdbCopy(copy)


def test_accounts_are_added_until_one_is_chosen(
    browser: Browser, warehouse: DuckdbCopy, two_accounts: DuckdbCopy
) -> None:
    gross = warehouse.query(MONTH, ["usd", "2026-10-01"])[0]["gross_charge_amount"]
    with serving(two_accounts) as address, watched(browser) as page:
        page.goto(address)
        tile = page.locator("[data-tile=gross_charge_amount]")
        expect(tile).to_have_attribute("data-exact", f"{2 * gross:f}")

        page.get_by_role("textbox", name="Account").click()
        page.get_by_role("option", name="Ben's shop").click()

        expect(tile).to_have_attribute("data-exact", f"{gross:f}")
        expect(page).to_have_url(re.compile("account=other"))
        page.get_by_role("textbox", name="Currency").click()
        expect(page.get_by_role("option", name="EUR")).to_be_visible()
        page.get_by_role("option", name="EUR").click()
        expect(page.locator("[data-state=not-found]")).to_be_visible()


def test_net_volume_of_all_accounts_is_not_that_of_some(
    warehouse: DuckdbCopy, two_accounts: DuckdbCopy, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(two_accounts.path, tmp_path / two_accounts.path.name))
    with duckdb.connect(str(copy)) as connection:
        connection.execute(
            "update analytics.executive_summary_daily set net_volume_amount = null "
            "where source_relation = 'other'"
        )
    days = [date(2026, 9, 1), date(2026, 9, 30), date(2026, 8, 1), date(2026, 8, 31)]
    asked = DAILY.totals(ComparedScope("usd", None, *days))

    one, both = (each.query(*asked)[0] for each in (warehouse, DuckdbCopy(copy)))

    assert one["net_volume_amount"] > 0
    assert both["net_volume_amount"] is both["previous_net_volume_amount"] is None
    assert both["gross_charge_amount"] == 2 * one["gross_charge_amount"]
    assert "All accounts" in str(executive_summary.layout(DuckdbCopy(copy), {}))


def test_one_account_has_no_chooser(visit: Visit) -> None:
    expect(visit("/").get_by_role("textbox", name="Account")).to_have_count(0)
