"""Lifetime Value: its figures are the marts', its choosers its address."""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness.browser import PHONE, Visit, drawn, watched
from playwright.sync_api import Browser, Page, expect

from dashboards.address.errors import NoData, NotFound
from dashboards.address.scope import Scope
from dashboards.pages.lifetime_value import funnel, tables
from dashboards.pages.lifetime_value import page as lifetime_value
from dashboards.queries import lifetime_value as queries
from dashboards.text import formatting
from dashboards.warehouse import Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy

AS_OF_MONTH = date(2026, 10, 1)


def scope(warehouse: DuckdbCopy, **state: str) -> Scope:
    return lifetime_value.read_scope(state, warehouse.query(queries.SCOPE))[0]


def cohorts(warehouse: DuckdbCopy, currency: str) -> list[Row]:
    sql = "select * from lifetime_value_cohorts where currency = ?"
    return warehouse.query(sql, [currency])


def exact(page: Page, name: str) -> Decimal | None:
    text = page.locator(f"[data-tile={name}]").get_attribute("data-exact")
    return Decimal(text) if text else None


def ratio(numerator: Any, denominator: Any) -> Decimal:
    quotient = Decimal(numerator) / Decimal(denominator)
    return formatting.rounded(quotient, 6)


@pytest.mark.parametrize("currency", ["usd", "jpy"])
def test_net_volume_of_all_days_is_that_of_known_customers_and_of_nobody(
    warehouse: DuckdbCopy, currency: str
) -> None:
    volume, unknown = (
        warehouse.query(sql, [currency])[0]["amount"]
        for sql in (
            "select sum(net_volume_amount) as amount from executive_summary_daily"
            " where currency = ?",
            "select sum(net_amount) as amount from fct_balance_transactions"
            " where is_net_volume and customer_id is null and currency = ?",
        )
    )

    value = warehouse.query(*queries.totals(scope(warehouse, currency=currency)))[0]

    assert volume == value["cumulative_net_amount"] + unknown and unknown
    said = str(lifetime_value.layout(warehouse, {"currency": currency}))
    assert "net volume of known customers to date" in said


@pytest.mark.parametrize("currency", ["usd", "jpy"])
def test_channels_add_up_the_cohorts_as_of_today(
    warehouse: DuckdbCopy, currency: str
) -> None:
    rows = warehouse.query(*queries.channels(scope(warehouse, currency=currency)))
    today = [
        row
        for row in cohorts(warehouse, currency)
        if row["reporting_month"] == AS_OF_MONTH
    ]

    assert {row["channel"] for row in rows} == {row["channel"] for row in today}
    for row in rows:
        of_channel = [one for one in today if one["channel"] == row["channel"]]
        for figure in ("user_count", "customer_count", "cumulative_net_amount"):
            assert row[figure] == sum(one[figure] for one in of_channel)
        assert row["net_amount_per_user"] == ratio(
            row["cumulative_net_amount"], row["user_count"]
        )
    predicted = warehouse.query(
        "select sum(predicted_lifetime_value_amount) as amount, "
        "sum(lifetime_value_amount) as brought "
        "from customer_lifetime_value where currency = ?",
        [currency],
    )[0]
    assert sum(row["predicted_amount"] or 0 for row in rows) == predicted["amount"]
    assert sum(row["cumulative_net_amount"] for row in rows) == predicted["brought"]


@pytest.mark.parametrize("figure", list(queries.CURVES))
def test_curves_are_of_the_cohorts_that_are_that_old(
    warehouse: DuckdbCopy, figure: str
) -> None:
    drawn_rows = warehouse.query(*queries.curves(scope(warehouse, currency="usd")))
    everything = cohorts(warehouse, "usd")
    numerator, denominator = queries.CURVES[figure]
    names = list(dict.fromkeys(row["channel"] for row in drawn_rows))
    assert len(names) == 6
    assert names[-1] == "other"
    assert "untracked" not in names

    for row in drawn_rows:
        matching = [
            one
            for one in everything
            if one["months_since"] == row["months_since"]
            and (
                one["channel"] == row["channel"]
                or (
                    row["channel"] == "other"
                    and one["channel"] not in (*names, "untracked")
                )
            )
        ]
        if sum(one[denominator] for one in matching):
            assert row[figure] == ratio(
                sum(one[numerator] for one in matching),
                sum(one[denominator] for one in matching),
            )
    starts = {row["channel"]: row for row in drawn_rows if row["months_since"] == 0}
    for row in drawn_rows:
        assert row["user_count"] * 4 >= starts[row["channel"]]["user_count"]


def test_the_triangle_is_of_the_cohorts(warehouse: DuckdbCopy) -> None:
    figure = "net_amount_per_user"
    rows = warehouse.query(*queries.triangle(scope(warehouse, currency="usd"), figure))
    everything = cohorts(warehouse, "usd")

    for row in rows:
        of_cell = [
            one
            for one in everything
            if one["months_since"] == row["months_since"]
            and one["acquisition_month"] == row["acquisition_month"]
        ]
        assert row["figure"] == ratio(
            sum(one["cumulative_net_amount"] for one in of_cell),
            sum(one["user_count"] for one in of_cell),
        )
        assert Decimal(0) <= row["heat"] <= 1
    assert {row["months_since"] for row in rows if row["heat"] == 1} == {
        row["months_since"] for row in rows
    }


def test_the_funnel_is_the_mart_s(warehouse: DuckdbCopy) -> None:
    asked = scope(warehouse, currency="usd", months="12")
    rows = warehouse.query(*queries.funnel(asked))
    stages = warehouse.query(*queries.funnel_stages(asked))[0]
    months = warehouse.query(*queries.funnel_months(asked))
    days = [
        row
        for row in warehouse.query("select * from acquisition_funnel_daily")
        if asked.first <= row["reporting_month"] <= asked.last
    ]

    for figure in ("visitor_count", "sign_up_count", "first_payment_count"):
        total = sum(day[figure] for day in days)
        tracked = sum(day[figure] for day in days if day["channel"] != "untracked")
        assert sum(row[figure] for row in rows) == total > 0
        assert sum(row[figure] for row in months) == total
        assert stages[figure] == tracked
        assert stages[figure] + stages[f"untracked_{figure}"] == total
    assert stages["untracked_first_payment_count"] > 0


@pytest.fixture
def united(warehouse: DuckdbCopy, tmp_path: Path) -> DuckdbCopy:
    """The same account twice, as two; people are the same in both. And ad spend."""
    changed = tmp_path / warehouse.path.name
    shutil.copy(warehouse.path, changed)
    with duckdb.connect(changed) as connection:
        connection.execute("set search_path = 'analytics'")
        for table in ("lifetime_value_cohorts", "customer_lifetime_value"):
            connection.execute(
                f"insert into {table} select * replace ('stripe_eu' as source_relation)"
                f" from {table}"
            )
        connection.execute(
            "insert into acquisition_cost by name select * from (values "
            "('direct', 'usd', 100, 25, 300, 3, 40, 4, 2, date '2026-08-01'), "
            "('email', 'usd', 50, 50, 50, 1, 10, 1, null, date '2026-09-01'), "
            "('email', 'jpy', 9, 9, 9, 1, 1, 1, 0, date '2026-09-01')) as spend("
            "channel, currency, spend_amount, customer_acquisition_cost_amount, "
            "lifetime_value_amount, lifetime_value_to_cost_ratio, user_count, "
            "customer_count, payback_months, acquisition_month)"
        )
    return DuckdbCopy(changed)


def test_people_are_not_counted_once_for_each_account(
    united: DuckdbCopy, warehouse: DuckdbCopy
) -> None:
    one = warehouse.query(*queries.totals(scope(warehouse, currency="usd")))[0]
    both = united.query(*queries.totals(scope(united, currency="usd")))[0]
    other = united.query(*queries.totals(scope(united, account="stripe_eu")))[0]

    alone = sum(
        row["account_user_count"]
        for row in cohorts(warehouse, "usd")
        if row["reporting_month"] == AS_OF_MONTH
    )
    assert 0 < alone < one["user_count"]
    assert both["user_count"] == one["user_count"] + alone
    assert both["cumulative_net_amount"] == 2 * one["cumulative_net_amount"]
    assert both["predicted_amount"] == 2 * one["predicted_amount"]
    assert other == one


def test_what_people_brought_to_all_accounts_is_not_that_of_some(
    united: DuckdbCopy,
) -> None:
    with duckdb.connect(united.path) as connection:
        connection.execute("set search_path = 'analytics'")
        connection.execute(
            "update lifetime_value_cohorts set cumulative_net_amount = null "
            "where source_relation = 'stripe_eu'"
        )
        connection.execute(
            "update acquisition_cost set lifetime_value_amount = null "
            "where channel = 'email'"
        )
    asked = scope(united, currency="usd")

    for statement in (queries.totals(asked), queries.channels(asked)):
        for row in united.query(*statement):
            known = row["cumulative_net_amount"]
            assert (known is None) == (row["customer_count"] > 0)
    cost = united.query(*queries.cost_totals(asked))[0]
    assert cost["lifetime_value_amount"] is cost["lifetime_value_to_cost_ratio"] is None


def test_spend_is_set_against_what_it_won(united: DuckdbCopy) -> None:
    asked = scope(united, currency="usd")
    total = united.query(*queries.cost_totals(asked))[0]

    assert total["spend_amount"] == 150
    assert total["customer_acquisition_cost_amount"] == 30
    assert total["lifetime_value_to_cost_ratio"] == ratio(350, 150)
    page = str(lifetime_value.layout(united, {"currency": "usd"}))
    assert "30.00 USD" in page
    assert "2.33" in page
    assert tables.NO_SPEND not in page
    assert "All accounts" in page


def test_tiles_equal_the_marts(visit: Visit, warehouse: DuckdbCopy) -> None:
    page = visit("/lifetime-value")

    today = [
        row
        for row in cohorts(warehouse, "usd")
        if row["reporting_month"] == AS_OF_MONTH
    ]
    users = sum(row["user_count"] for row in today)
    brought = sum(row["cumulative_net_amount"] for row in today)
    converted = sum(row["converted_user_count"] for row in today)
    assert exact(page, "user_count") == users
    assert exact(page, "cumulative_net_amount") == brought
    assert exact(page, "net_amount_per_user") == ratio(brought, users)
    assert exact(page, "conversion_rate") == ratio(converted, users)
    assert exact(page, "customer_acquisition_cost_amount") is None
    expect(page.locator("[data-card=costs]")).to_contain_text("No ad spend")


def test_choosers_are_in_the_address_and_come_back(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/lifetime-value")
    cohort_rows = page.locator("[data-card=triangle] tbody tr")
    tile = page.locator("[data-tile=cumulative_net_amount]")
    months = {row["acquisition_month"] for row in cohorts(warehouse, "usd")}
    assert len(months) > 12
    expect(cohort_rows).to_have_count(len(months))

    # Each choice is made when the page of the last one stands.
    for label, option, currency in (
        ("Acquired in", "12 months", "USD"),
        ("Currency", "JPY", "JPY"),
        ("Curves of", "Conversion", "JPY"),
    ):
        page.get_by_role("textbox", name=label).click()
        page.get_by_role("option", name=option, exact=True).click()
        expect(page.get_by_role("textbox", name=label)).to_have_value(option)
        expect(cohort_rows).to_have_count(12)
        expect(tile).to_contain_text(currency)

    page.wait_for_url("**/lifetime-value?months=12&currency=jpy&figure=conversion_rate")
    total = warehouse.query(
        *queries.totals(scope(warehouse, currency="jpy", months="12"))
    )[0]
    expect(tile).to_contain_text(
        formatting.money(total["cumulative_net_amount"], "jpy")
    )
    expect(page.locator("[data-card=triangle]")).to_contain_text("Conversion by")
    page.go_back()
    expect(page.locator("[data-card=triangle]")).to_contain_text("Value per person")
    page.go_back()
    expect(tile).to_contain_text("USD")


@pytest.mark.parametrize(
    "state",
    [
        {"currency": "xyz"},
        {"currency": "'; drop table fct_charges; --"},
        {"account": "nobody"},
        {"account": "' or 1=1 --"},
        {"months": "13"},
        {"months": "' or 1=1 --"},
        {"figure": "user_count"},
        {"figure": "' or 1=1 --"},
    ],
)
def test_what_is_not_there_is_not_found(
    warehouse: DuckdbCopy, state: dict[str, str]
) -> None:
    with pytest.raises(NotFound):
        lifetime_value.layout(warehouse, state)


def test_not_found_is_a_state_of_the_page(visit: Visit) -> None:
    page = visit("/lifetime-value?figure=%27%20or%201%3D1")

    expect(page.locator("[data-state=not-found]")).to_be_visible()


def changed_copy(warehouse: DuckdbCopy, folder: Path, *statements: str) -> DuckdbCopy:
    changed = folder / warehouse.path.name
    shutil.copy(warehouse.path, changed)
    with duckdb.connect(changed) as connection:
        connection.execute("set search_path = 'analytics'")
        for statement in statements:
            connection.execute(statement)
    return DuckdbCopy(changed)


def test_an_account_without_events_has_its_customers(
    warehouse: DuckdbCopy, tmp_path: Path
) -> None:
    without = changed_copy(
        warehouse,
        tmp_path,
        "delete from acquisition_funnel_daily",
        "delete from lifetime_value_cohorts where channel <> 'untracked'",
    )

    rows = without.query(*queries.curves(scope(without)))
    assert {row["channel"] for row in rows} == {"untracked"}
    assert "No visits in these months" in str(lifetime_value.layout(without, {}))


def test_an_account_without_anybody_is_an_empty_state(
    warehouse: DuckdbCopy, tmp_path: Path
) -> None:
    nobody = changed_copy(warehouse, tmp_path, "delete from lifetime_value_cohorts")

    with pytest.raises(NoData):
        lifetime_value.layout(nobody, {})


def test_a_phone_shows_it_without_scrolling_sideways(
    browser: Browser, dashboards: str
) -> None:
    with watched(browser, viewport=PHONE) as page:
        page.goto(f"{dashboards}/lifetime-value")
        expect(drawn(page).locator("[data-card=costs]")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def funnel_of(warehouse: DuckdbCopy) -> tuple[dict[str, str], str | None]:
    """The figure of each stage of the funnel that is shown, by label; and the note."""
    asked = scope(warehouse)
    stages = warehouse.query(*queries.funnel_stages(asked))[0]
    steps = warehouse.query(*queries.funnel_steps(asked))
    card = funnel.stages_card(stages, steps)
    head, bars = card.children
    figures = {
        stage.children[0].children.children: stage.children[1].children
        for stage in bars.children
    }
    return figures, head.children[1].children if len(head.children) > 1 else None


def trials(people: int, channel: str) -> str:
    """SQL of so many people at a step of one's own."""
    return (
        "insert into acquisition_steps_daily by name select * replace "
        f"('trial_started' as step, 2 as step_number, {people} as person_count, "
        f"'{channel}' as channel) from acquisition_steps_daily "
        "where step = 'sign_up' limit 1"
    )


AFTER_TRIAL = (
    "update acquisition_steps_daily set step_number = step_number + 1 "
    "where step <> 'visit'"
)
UNKNOWN = (
    "insert into acquisition_steps_daily by name select * replace "
    "('untracked' as channel) from acquisition_steps_daily "
    "where step in ('sign_up', 'trial_started') and channel = 'email'",
    "insert into acquisition_funnel_daily by name select * replace "
    "('untracked' as channel, 0 as visitor_count, 0 as first_payment_count) "
    "from acquisition_funnel_daily where sign_up_count > 0 and channel = 'email'",
)


def test_own_steps_are_the_funnel_in_the_order_listed(
    warehouse: DuckdbCopy, tmp_path: Path
) -> None:
    usual, _ = funnel_of(warehouse)
    assert list(usual) == ["Visitors", "Sign-ups", "First payments"]
    own = changed_copy(
        *(warehouse, tmp_path, AFTER_TRIAL),
        *(trials(7, "email"), trials(900, "untracked")),
    )

    figures, note = funnel_of(own)
    assert list(figures.items()) == [
        ("Visitors", usual["Visitors"]),
        ("Trial started", "7"),
        ("Sign-ups", usual["Sign-ups"]),
        ("First payments", usual["First payments"]),
    ]
    assert "trial started 900, first payments " in str(note)


@pytest.mark.parametrize("own", [(), (AFTER_TRIAL, trials(7, "email"))])
def test_a_funnel_and_its_note_are_all_people_of_the_mart(
    warehouse: DuckdbCopy, tmp_path: Path, own: tuple[str, ...]
) -> None:
    """Sign-ups, own steps and payments: what metric people_at_step says of each."""
    unknown = changed_copy(warehouse, tmp_path, *own, *UNKNOWN)
    figures, note = funnel_of(unknown)
    counted = unknown.query(
        "select step, sum(person_count) as people "
        "from acquisition_steps_daily group by step"
    )
    assert len(counted) == (4 if own else 3)
    said = str(note).lower().replace(",", "") + " "
    for row in counted:
        label = funnel.step_label(row["step"])
        more = re.search(f"{label.lower()} ([0-9]+) ", said)
        besides = int(more[1]) if more else 0
        shown = int(figures[label].replace(",", ""))
        assert shown + besides == row["people"], label
        assert besides > 0 or row["step"] == "visit"


def test_where_every_first_visit_is_known_there_is_no_note(
    warehouse: DuckdbCopy, tmp_path: Path
) -> None:
    known = changed_copy(
        *(warehouse, tmp_path),
        "delete from acquisition_funnel_daily where channel = 'untracked'",
        "delete from acquisition_steps_daily where channel = 'untracked'",
    )

    assert funnel_of(known) == (funnel_of(warehouse)[0], None)


def test_months_without_a_visit_say_who_paid_in_them(
    warehouse: DuckdbCopy, tmp_path: Path
) -> None:
    without = changed_copy(
        *(warehouse, tmp_path),
        "delete from acquisition_funnel_daily where channel <> 'untracked'",
    )
    (sum_of,) = without.query(
        "select sum(first_payment_count) as people from acquisition_funnel_daily"
    )
    card = str(lifetime_value.layout(without, {}))
    assert "No visits in these months" in card
    assert f"first payments {formatting.count(sum_of['people'])}" in card


def test_companies_are_those_that_brought_most(
    warehouse: DuckdbCopy, tmp_path: Path
) -> None:
    rows = warehouse.query(*queries.companies(scope(warehouse, currency="usd")))
    every = warehouse.query(
        "select * from company_lifetime_value where currency = 'usd' "
        "order by lifetime_value_amount desc nulls last, company_id"
    )
    assert [row["lifetime_value_amount"] for row in rows] == [
        row["lifetime_value_amount"] for row in every[: len(rows)]
    ]
    assert 0 < len(rows) <= queries.NAMED_COMPANIES
    assert "Those that brought most" in str(lifetime_value.layout(warehouse, {}))

    nameless = changed_copy(
        warehouse, tmp_path, "update company_lifetime_value set company_name = null"
    )
    shown = nameless.query(*queries.companies(scope(nameless, currency="usd")))
    assert [row["company"] for row in shown] == [
        row["company_id"] for row in every[: len(rows)]
    ]
    folder = tmp_path / "none"
    folder.mkdir()
    none = changed_copy(warehouse, folder, "delete from company_lifetime_value")
    assert "Those that brought most" not in str(lifetime_value.layout(none, {}))
