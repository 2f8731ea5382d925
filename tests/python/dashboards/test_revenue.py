"""Revenue: its figures are the marts', its choosers its address."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from harness.browser import PHONE, Visit, drawn, watched
from playwright.sync_api import Browser, Page, expect

from dashboards.address.errors import NoData, NotFound
from dashboards.address.scope import Scope
from dashboards.pages.revenue import page as revenue
from dashboards.queries import churn
from dashboards.queries import revenue as queries
from dashboards.text import formatting
from dashboards.warehouse import Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy

TILES = (
    "closing_mrr_amount",
    "arr_amount",
    "closing_customer_count",
    "arpa_amount",
    "net_revenue_retention",
    "gross_revenue_retention",
    "customer_churn_rate",
    "quick_ratio",
)
FIGURES = (*queries.AMOUNTS, *queries.COUNTS, *queries.RATES, "is_estimated")


def scope(warehouse: DuckdbCopy, **state: str) -> Scope:
    return revenue.read_scope(state, warehouse.query(queries.SCOPE))[0]


def mart(warehouse: DuckdbCopy, currency: str) -> list[Row]:
    return warehouse.query(
        "select * from mrr_monthly where currency = ? order by reporting_month",
        [currency],
    )


def exact(page: Page, name: str) -> Decimal | None:
    text = page.locator(f"[data-tile={name}]").get_attribute("data-exact")
    return Decimal(text) if text else None


@pytest.mark.parametrize("currency", ["usd", "eur", "jpy", "kwd"])
def test_every_month_is_the_mart_s(warehouse: DuckdbCopy, currency: str) -> None:
    wanted = mart(warehouse, currency)

    months = warehouse.query(*queries.months(scope(warehouse, currency=currency)))

    assert len(months) == len(wanted) > 12
    for month, row in zip(months, wanted, strict=True):
        assert {name: month[name] for name in FIGURES} == {
            name: row[name] for name in FIGURES
        }


@pytest.mark.parametrize("currency", ["usd", "jpy"])
def test_receivables_are_the_mart_s_and_roll_forward(
    warehouse: DuckdbCopy, currency: str
) -> None:
    figures = (*queries.ROLLED, "days_sales_outstanding", "reporting_month")
    rows = warehouse.query(*queries.receivables(scope(warehouse, currency=currency)))

    wanted = warehouse.query(
        "select * from receivables_monthly where currency = ? "
        "and reporting_month >= ? order by reporting_month",
        [currency, rows[0]["reporting_month"]],
    )
    assert [{name: row[name] for name in figures} for row in rows] == [
        {name: row[name] for name in figures} for row in wanted
    ]
    for row in rows:
        assert row["closing_amount"] == (
            row["opening_amount"]
            + row["invoiced_amount"]
            - row["paid_amount"]
            - row["written_off_amount"]
        )


@pytest.mark.parametrize("currency", ["usd", "jpy"])
def test_churn_and_trials_are_the_marts(warehouse: DuckdbCopy, currency: str) -> None:
    asked = scope(warehouse, currency=currency)
    for statement, figures in (
        (churn.kinds(asked), (*churn.AMOUNTS, *churn.COUNTS, *churn.RATES)),
        (churn.trials(asked), (*churn.OUTCOMES, "trial_conversion_rate")),
    ):
        rows = warehouse.query(*statement)
        name = churn.MRR if figures[0] in churn.AMOUNTS else churn.TRIALS
        wanted = warehouse.query(
            f"select * from {name} where currency = ? and reporting_month >= ?"
            " order by reporting_month",
            [currency, rows[0]["reporting_month"]],
        )
        assert [[row[figure] for figure in figures] for row in rows] == [
            [row[figure] for figure in figures] for row in wanted
        ]


@pytest.fixture
def united(warehouse: DuckdbCopy, tmp_path: Path) -> DuckdbCopy:
    """The same account twice, the second time with other customers and thrice the
    money."""
    changed = tmp_path / warehouse.path.name
    shutil.copy(warehouse.path, changed)
    with duckdb.connect(changed) as connection:
        connection.execute("set search_path = 'analytics'")
        thrice = ", ".join(f"3 * {amount} as {amount}" for amount in queries.AMOUNTS)
        connection.execute(
            f"insert into mrr_monthly select * replace ('stripe_eu' as source_relation,"
            f" {thrice}, 7 as net_revenue_retention, false as is_estimated)"
            " from mrr_monthly where currency = 'usd'"
        )
    return DuckdbCopy(changed)


def test_united_accounts_are_added_up_and_rates_taken_again(
    united: DuckdbCopy, warehouse: DuckdbCopy
) -> None:
    months = united.query(*queries.months(scope(united, currency="usd")))
    one = warehouse.query(*queries.months(scope(warehouse, currency="usd")))
    other = united.query(*queries.months(scope(united, account="stripe_eu")))

    for together, single in zip(months, one, strict=True):
        for amount in queries.AMOUNTS:
            assert together[amount] == 4 * single[amount]
        # Both have the same rate, so that both together have it too.
        rate = single["net_revenue_retention"]
        found = together["net_revenue_retention"]
        assert found == rate or abs(found - rate) <= Decimal("0.000001")
        assert together["is_estimated"] == single["is_estimated"]
    assert {row["net_revenue_retention"] for row in other} == {Decimal(7)}


def test_an_account_is_chosen_where_there_are_several(
    united: DuckdbCopy, warehouse: DuckdbCopy
) -> None:
    def labels(copy: DuckdbCopy) -> str:
        return str(revenue.layout(copy, {}))

    assert "All accounts" in labels(united)
    assert "All accounts" not in labels(warehouse)


def test_tiles_equal_the_mart(visit: Visit, warehouse: DuckdbCopy) -> None:
    currency = "jpy"
    page = visit(f"/revenue?currency={currency}")

    last = mart(warehouse, currency)[-1]
    assert {name: exact(page, name) for name in TILES} == {
        name: last[name] for name in TILES
    }
    text = formatting.money(last["closing_mrr_amount"], currency)
    expect(page.locator("[data-tile=closing_mrr_amount]")).to_contain_text(text)


def test_choosers_are_in_the_address_and_come_back(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/revenue")
    rows = page.locator("[data-card=movements] tbody tr")
    tile = page.locator("[data-tile=closing_mrr_amount]")
    expect(rows).to_have_count(len(mart(warehouse, "usd")))

    # Each choice is made when the page of the last one stands.
    for label, option, shown in (
        ("Show", "12 months", "end of 20 Oct 2026"),
        ("Through", "Aug 2026", "end of Aug 2026"),
        ("Currency", "EUR", "EUR"),
    ):
        page.get_by_role("textbox", name=label).click()
        page.get_by_role("option", name=option, exact=True).click()
        expect(page.get_by_role("textbox", name=label)).to_have_value(option)
        expect(rows).to_have_count(12)
        expect(tile).to_contain_text(shown)

    page.wait_for_url("**/revenue?months=12&through=2026-08-01&currency=eur")
    august = mart(warehouse, "eur")[-3]
    expect(tile).to_contain_text(formatting.money(august["closing_mrr_amount"], "eur"))
    expect(tile).to_contain_text("end of Aug 2026")
    expect(rows.first).to_contain_text("Sep 2025")
    page.go_back()
    expect(tile).to_contain_text("USD")
    page.reload()
    expect(drawn(page).locator("[data-tile=closing_mrr_amount]")).to_contain_text(
        "end of Aug 2026"
    )


def test_the_chart_s_numbers_are_the_mart_s(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/revenue?currency=kwd")

    page.locator("[data-card=movements] summary").click()
    cells = page.locator("[data-card=movements] tbody tr").last.locator("td")
    last = mart(warehouse, "kwd")[-1]
    expect(cells).to_have_text(
        [
            "Oct 2026",
            formatting.money(last["new_mrr_amount"], "kwd"),
            formatting.money(last["reactivation_mrr_amount"], "kwd"),
            formatting.money(last["expansion_mrr_amount"], "kwd"),
            formatting.money(-last["contraction_mrr_amount"], "kwd"),
            formatting.money(-last["churn_mrr_amount"], "kwd"),
        ]
    )


@pytest.mark.parametrize(
    "state",
    [
        {"currency": "xyz"},
        {"currency": "'; drop table mrr_monthly; --"},
        {"account": "nobody"},
        {"account": "' or 1=1 --"},
        {"months": "13"},
        {"months": "' or 1=1 --"},
        {"through": "2026-10-02"},
        {"through": "1999-01-01"},
        {"through": "' or 1=1 --"},
    ],
)
def test_what_is_not_there_is_not_found(
    warehouse: DuckdbCopy, state: dict[str, str]
) -> None:
    with pytest.raises(NotFound):
        revenue.layout(warehouse, state)


def test_not_found_is_a_state_of_the_page(visit: Visit) -> None:
    page = visit("/revenue?currency=%27%20or%201%3D1")

    expect(page.locator("[data-state=not-found]")).to_be_visible()


def test_no_recurring_revenue_is_an_empty_state(
    warehouse: DuckdbCopy, tmp_path: Path
) -> None:
    changed = tmp_path / warehouse.path.name
    shutil.copy(warehouse.path, changed)
    with duckdb.connect(changed) as connection:
        connection.execute("delete from analytics.mrr_monthly")

    with pytest.raises(NoData):
        revenue.layout(DuckdbCopy(changed), {})


def test_a_phone_shows_it_without_scrolling_sideways(
    browser: Browser, dashboards: str
) -> None:
    with watched(browser, viewport=PHONE) as page:
        page.goto(f"{dashboards}/revenue")
        expect(drawn(page).locator("[data-card=receivables]")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
