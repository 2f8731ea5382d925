"""All currencies in one: offered, added up, and never a part shown as the whole."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from harness.converted import converted_sample
from harness.project import Project

from dashboards.address.scope import CONVERTED, ComparedScope, Scope
from dashboards.components.downloads import tables_of
from dashboards.pages.executive_summary.page import layout as executive_summary
from dashboards.pages.finance_operations.page import layout as finance_operations
from dashboards.pages.lifetime_value.page import layout as lifetime_value
from dashboards.pages.month_end.page import layout as month_end
from dashboards.pages.revenue.page import layout as revenue
from dashboards.pages.scope import rates_note
from dashboards.queries import lifetime_value as value_queries
from dashboards.queries import revenue as revenue_queries
from dashboards.queries.executive_summary import DAILY, month_ends
from dashboards.warehouse import Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.serving import publish

PAGES = {
    "/": executive_summary,
    "/finance": finance_operations,
    "/revenue": revenue,
    "/month-end": month_end,
    "/lifetime-value": lifetime_value,
}
GAINED = ("new", "reactivation", "expansion")
SUMMER = date(2026, 7, 20), date(2026, 9, 30)
MAY = date(2026, 5, 1), date(2026, 5, 31)


@pytest.fixture(scope="module")
def converted(
    built_sample: Path, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> DuckdbCopy:
    """The serving copy of the sample account with euros as its reporting currency."""

    folder = tmp_path_factory.mktemp("converted")
    built = Path(shutil.copy(converted_sample(project, built_sample), folder))
    publish(built, folder / "warehouse.serving.duckdb")
    return DuckdbCopy(folder / "warehouse.serving.duckdb")


def scope_of(days: tuple[date, date]) -> ComparedScope:
    return ComparedScope("eur", None, *days, *MAY, is_converted=True)


def test_all_currencies_add_up_to_what_each_is_converted_to(
    converted: DuckdbCopy,
) -> None:
    by_hand = converted.query(
        "select sum(round(gross_charge_amount * case currency when 'eur' then 1 "
        "when 'usd' then 0.9 when 'kwd' then 2.9 else 0.006 end, 6)) as amount "
        "from executive_summary_daily where reporting_date between ? and ?",
        [*MAY],
    )[0]["amount"]
    (totals,) = converted.query(*DAILY.totals(scope_of(MAY)))
    assert totals["gross_charge_amount"] == by_hand > 0
    assert totals["previous_gross_charge_amount"] == by_hand
    running = converted.query(*DAILY.running(scope_of(MAY), "gross_charge_amount"))
    assert running[-1]["running_amount"] == by_hand


def test_a_total_that_lacks_a_rate_is_none_and_says_what_is_left_out(
    converted: DuckdbCopy,
) -> None:
    scope = scope_of(SUMMER)
    (totals,) = converted.query(*DAILY.totals(scope))
    assert totals["gross_charge_amount"] is None
    assert totals["gross_charge_count"] > 0
    running = converted.query(*DAILY.running(scope, "gross_charge_amount"))
    assert running[0]["running_amount"] > 0
    assert running[-1]["running_amount"] is None
    course = converted.query(*DAILY.course(scope, "reporting_month"))
    assert [row["gross_charge_amount"] is None for row in course] == [
        *(False, True, True)
    ]
    said = str(rates_note(converted, scope))
    assert "All currencies in EUR by finance.rates: what happened at the rate" in said
    assert "19 Oct 2026" in said
    assert "No rate for JPY" in said and " JPY gross, are not converted" in said
    ends = converted.query(*month_ends(scope, "mrr", date(2026, 10, 20)))
    assert ends[0]["closing_amount"] > 0


@pytest.mark.parametrize("path", PAGES)
def test_the_chooser_offers_it_where_there_is_one(
    converted: DuckdbCopy, warehouse: DuckdbCopy, path: str
) -> None:
    offered = "All, in EUR"
    assert offered in str(PAGES[path](converted, {}))
    assert offered not in str(PAGES[path](warehouse, {}))
    drawn = str(PAGES[path](converted, {"currency": CONVERTED}))
    assert "All currencies in EUR" in drawn
    assert "All currencies in EUR" not in str(PAGES[path](converted, {}))


def test_months_of_all_currencies_roll_forward_with_the_exchange_rates_effect(
    converted: DuckdbCopy,
) -> None:
    scope = Scope("eur", None, date(2026, 5, 1), date(2026, 10, 1), is_converted=True)
    months = converted.query(*revenue_queries.months(scope))
    known = [row for row in months if row["currency_effect_amount"] is not None]
    assert 0 < len(known) < len(months) == 6
    for row in known:
        gained = sum(row[f"{name}_mrr_amount"] for name in GAINED)
        lost = row["contraction_mrr_amount"] + row["churn_mrr_amount"]
        moved = gained - lost + row["currency_effect_amount"]
        assert row["opening_mrr_amount"] + moved == row["closing_mrr_amount"]
    owed = converted.query(*revenue_queries.receivables(scope))
    assert all("currency_effect_amount" in row for row in owed)
    said = str(revenue(converted, {"currency": CONVERTED}))
    assert "No rate for JPY at the close of months within" in said
    assert "Exchange rates" in said


def test_the_month_end_pack_adds_up_in_the_reporting_currency(
    converted: DuckdbCopy,
) -> None:
    def of(mart: str, figure: str, month: str) -> Decimal:
        sql = f"select sum({figure}) as n from {mart} where reporting_month = ?"
        return converted.query(sql, [date.fromisoformat(month)])[0]["n"]

    state = {"currency": CONVERTED, "month": "2026-06-01"}
    page = month_end(converted, state)
    files = dict(tables_of(page))
    total = files["days"].rows[-1]
    gross = of("executive_summary_daily_converted", "gross_charge_amount", "2026-06-01")
    assert total[files["days"].header.index("gross_charge_amount")] == gross > 0
    for card, mart, signs in (
        ("month_receivables", "receivables_monthly", (1, 1, -1, -1, 1)),
        ("month_balance", "balance_summary_monthly", (1, 1, -1, 1)),
    ):
        lines = {row[0]: row[1] for row in files[card].rows}
        for name, amount in lines.items():
            assert amount == of(f"{mart}_converted", name, "2026-06-01"), name
        *moved, closing = lines.values()
        rolled = sum(n * amount for n, amount in zip(signs, moved, strict=True))
        assert rolled == closing > 0
        assert lines["currency_effect_amount"] != 0
    owed = of("receivables_monthly_converted", "closing_amount", "2026-06-01")
    assert sum(row[1] for row in files["ageing"].rows) == owed
    said = str(page)
    assert "All currencies in EUR by finance.rates: what happened at the rate" in said
    assert "balance by category are not converted: choose a currency" in said
    assert "No rate for" not in said
    assert not {"failure_reasons", "balance_categories"} & set(files)


def test_a_month_without_a_rate_does_not_open_the_next(converted: DuckdbCopy) -> None:
    said = str(month_end(converted, {"currency": CONVERTED, "month": "2026-10-01"}))
    assert "No rate for JPY in the month or at its opening" in said


def test_lifetime_value_of_all_currencies_is_that_of_customers_and_counts_people_once(
    converted: DuckdbCopy,
) -> None:
    def one(sql: str, *values: date) -> Row:
        return converted.query(sql, values)[0]

    scope = Scope("eur", None, date(2020, 1, 1), date(2026, 10, 1), is_converted=True)
    (total,) = converted.query(*value_queries.totals(scope))
    channels = converted.query(*value_queries.channels(scope))
    assert total["cumulative_net_amount"] is None
    assert total["predicted_amount"] > 0
    dollars = Scope("usd", None, scope.first, scope.last)
    (alone,) = converted.query(*value_queries.totals(dollars))
    assert total["user_count"] == alone["user_count"] > 0
    assert total["converted_user_count"] > alone["converted_user_count"]
    assert (
        total["customer_count"]
        == one(
            "select count(distinct customer_id) as n from customer_lifetime_value "
            "where is_paying and acquisition_month is not null"
        )["n"]
    )
    for name in ("user_count", "converted_user_count", "customer_count"):
        assert total[name] == sum(row[name] for row in channels)
    assert any(row["days_to_first_payment"] for row in channels)

    # Of months whose customers have a rate for all that they brought.
    months = converted.query(
        "select acquisition_month as first, sum(lifetime_value_amount) as amount "
        "from customer_lifetime_value_converted where acquisition_month is not null "
        "group by 1 having not max(is_rate_missing) and sum(lifetime_value_amount) > 0"
    )
    assert months
    for month in months:
        known = replace(scope, first=month["first"], last=month["first"])
        (total,) = converted.query(*value_queries.totals(known))
        channels = converted.query(*value_queries.channels(known))
        amounts = [row["cumulative_net_amount"] for row in channels]
        assert total["cumulative_net_amount"] == sum(amounts) == month["amount"]
        assert total["net_amount_per_user"] > 0
        triangle = converted.query(
            *value_queries.triangle(known, "net_amount_per_customer")
        )
        assert triangle[0]["user_count"] == total["user_count"]


def test_lifetime_value_has_all_its_cards_in_the_reporting_currency(
    converted: DuckdbCopy,
) -> None:
    state = {"currency": CONVERTED, "figure": "conversion_rate"}
    page = lifetime_value(converted, state)
    of_dollars = lifetime_value(converted, {"currency": "usd"})
    assert dict(tables_of(page)).keys() >= dict(tables_of(of_dollars)).keys()
    said = str(page)
    assert "No rate for JPY on days of" in said
    assert "are not converted: choose a currency" not in said
    assert "Of the people acquired, those who have paid" in said
    assert "paid first in" not in said


def test_a_rate_that_is_missing_is_named_with_its_currency_and_day(
    converted: DuckdbCopy,
) -> None:
    state = {"currency": CONVERTED, "days": "2026-09-01,2026-09-30"}
    said = str(executive_summary(converted, state))
    assert (
        "No rate for JPY on 30 Sep 2026: MRR and unpaid invoices are not known" in said
    )
    assert " on 31 May 2026: MRR" not in str(
        executive_summary(converted, state | {"days": "2026-05-01,2026-05-31"})
    )


def test_one_currency_is_read_as_ever() -> None:
    scope = Scope("eur", None, *MAY)
    assert scope.mart("mrr_monthly") == "mrr_monthly"
