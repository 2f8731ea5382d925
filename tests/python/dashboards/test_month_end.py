"""The month-end pack: a month's figures as the marts have them, complete on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dash.development.base_component import Component
from harness.browser import Visit, drawn_by_server, paper_of
from playwright.sync_api import expect

from dashboards.address.errors import NotFound
from dashboards.address.scope import Scope
from dashboards.components.downloads import tables_of
from dashboards.pages.month_end import page as month_end
from dashboards.queries import balance as balance_queries
from dashboards.queries import customer as customer_queries
from dashboards.text import formatting
from dashboards.warehouse import Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy

SEPTEMBER = {"month": "2026-09-01", "currency": "usd"}
MONTH = """
select * from {mart}
where reporting_month = date '2026-09-01' and currency = 'usd'
"""


def content(warehouse: DuckdbCopy, state: dict[str, str]) -> Component:
    return month_end.layout(warehouse, state)


def mart(warehouse: DuckdbCopy, name: str) -> Row:
    return warehouse.query(MONTH.format(mart=name))[0]


def last_row(page: Component, card: str) -> dict[str, Any]:
    csv = dict(tables_of(page))[card]
    return dict(zip(csv.header, csv.rows[-1], strict=True))


def sums_of(page: Component, name: str) -> Iterator[str]:
    for one in page._traverse():
        if getattr(one, "data-card", None) == name:
            for line in one._traverse():
                if type(line).__name__ == "Dd":
                    yield line.children


def test_totals_are_the_months_of_the_marts(warehouse: DuckdbCopy) -> None:
    page = content(warehouse, SEPTEMBER)

    month = mart(warehouse, "executive_summary_monthly")
    total = last_row(page, "days")
    assert total.pop("period") is None
    assert total.pop("currency") == "usd"
    assert total == {name: month[name] for name in total}
    assert total["gross_charge_amount"] > 0
    days = dict(tables_of(page))["days"].rows
    assert len(days) == 31  # thirty, and the total

    stood = mart(warehouse, "balance_summary_monthly")
    closing = stood["closing_balance_amount"]
    assert [*sums_of(page, "month_balance")][-1] == formatting.plain_money(
        closing, "usd"
    )
    categories = last_row(page, "balance_categories")
    assert categories["net_amount"] == closing - stood["opening_balance_amount"]
    owed = mart(warehouse, "receivables_monthly")
    assert [*sums_of(page, "month_receivables")] == [
        formatting.plain_money(owed[name], "usd") for name in month_end.ROLLED
    ]


def test_what_is_rolled_forward_is_a_file_too(warehouse: DuckdbCopy) -> None:
    files = dict(tables_of(content(warehouse, SEPTEMBER)))

    stood, owed = (
        mart(warehouse, name)
        for name in ("balance_summary_monthly", "receivables_monthly")
    )
    balance = {row[0]: row[1] for row in files["month_balance"].rows}
    for name in ("opening_balance_amount", "closing_balance_amount"):
        assert balance[name] == stood[name]
    assert [row[1:] for row in files["month_receivables"].rows] == [
        (owed[name], "usd") for name in month_end.ROLLED
    ]
    assert sum(row[1] for row in files["ageing"].rows) == owed["closing_amount"]


def test_what_moved_in_a_currency_that_nobody_knows_is_not_nothing(
    warehouse: DuckdbCopy, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(warehouse.path, tmp_path / warehouse.path.name))
    unknown = {
        "balance_activity_monthly": balance_queries.MOVED,
        "balance_summary_monthly": ("opening_balance_amount", "closing_balance_amount"),
        "executive_summary_monthly": ("gross_charge_amount",),
        "fct_charges": ("gross_amount", "failed_amount"),
        "fct_refunds": ("refund_amount",),
    }
    with duckdb.connect(str(copy)) as connection:
        for name, figures in unknown.items():
            nulls = ", ".join(f"{figure} = null" for figure in figures)
            connection.execute(
                f"update analytics.{name} set {nulls} where currency = 'usd'"
            )
        (customer,) = connection.execute(
            "select customer_id from analytics.fct_charges where currency = 'usd'"
            " and customer_id is not null limit 1"
        ).fetchone()
    changed = DuckdbCopy(copy)

    page = content(changed, SEPTEMBER)
    assert {*sums_of(page, "month_balance")} == {formatting.NOTHING}
    key = customer_queries.Key("stripe", customer, "usd")
    months = changed.query(*customer_queries.charges_over_time(key))
    assert {row["gross_amount"] for row in months} == {None} != set()
    assert {row["refund_amount"] for row in months} == {None}


def test_figures_of_one_name_that_differ_say_why(warehouse: DuckdbCopy) -> None:
    page = content(warehouse, SEPTEMBER)
    months = balance_queries.months(
        Scope("usd", None, date(2026, 9, 1), date(2026, 9, 30))
    )
    month = warehouse.query(*months)[0]
    moved = warehouse.query(
        "select * from balance_activity_monthly"
        " where reporting_month = date '2026-09-01' and currency = 'usd'"
        " and not is_payout"
    )
    billed = -sum(r["gross_amount"] for r in moved if r["reporting_category"] == "fee")
    taken = sum(row["fee_amount"] for row in moved)
    assert billed > 0 and taken + billed == month["fee_amount"]
    volume = mart(warehouse, "executive_summary_monthly")["net_volume_amount"]
    said = str(page)
    for amount in (billed, taken, volume):
        assert formatting.plain_money(amount, "usd") in said
    assert (
        f"Net activity is net volume, {formatting.plain_money(volume, 'usd')}" in said
    )
    rest = sum(
        row["net_amount"]
        for row in moved
        if row["reporting_category"] not in month_end.NET_VOLUME
    )
    assert volume + rest == month["net_amount"]


def test_it_is_of_the_last_month_that_is_over_unless_one_is_chosen(
    warehouse: DuckdbCopy,
) -> None:
    for state, title in (
        ({}, "Sep 2026"),
        ({"days": "2026-07-03,2026-08-04"}, "Aug 2026"),
        ({"days": "2026-07-03,2026-08-04", "month": "2026-10-01"}, "Oct 2026"),
    ):
        assert f"Month-end pack, {title}" in str(content(warehouse, state))
    for odd in ("2026-09-02", "2031-01-01", "x", "2026-09"):
        with pytest.raises(NotFound):
            content(warehouse, {"month": odd})


def test_every_month_of_every_currency_is_drawn(warehouse: DuckdbCopy) -> None:
    rows = warehouse.query(
        "select currency, min(reporting_month) as first, max(reporting_month) as last"
        " from executive_summary_monthly group by currency order by currency"
    )
    assert len(rows) > 2
    for row in rows:
        for month in (row["first"], row["last"]):
            state = {"month": month.isoformat(), "currency": row["currency"]}
            assert "Charges by day" in str(content(warehouse, state))


def test_what_a_domain_brings_is_left_out_with_it(
    warehouse: DuckdbCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = {
        *("fct_balance_transactions", "balance_summary_monthly"),
        *("fct_disputes", "receivables_monthly", "mrr_monthly"),
        "finance_operations_delinquent_customers",
    }
    has = warehouse.has
    monkeypatch.setattr(
        warehouse, "has", lambda *marts: not off & set(marts) and has(*marts)
    )
    page = content(warehouse, SEPTEMBER)
    assert {*dict(tables_of(page))} == {"net_change", "days", "failure_reasons"}
    assert "net volume leaves out" not in str(page)
    assert "Disput" not in str(page.children[2:])


def test_the_pack_is_complete_on_paper(visit: Visit, warehouse: DuckdbCopy) -> None:
    page = visit("/")
    page.get_by_role("link", name="Month-end pack").click()
    page.wait_for_url("**/month-end*")
    expect(page.locator("[data-card=balance_categories] .ag-row").first).to_be_visible()

    text = paper_of(page)

    month = mart(warehouse, "executive_summary_monthly")
    for figure in ("gross_charge_amount", "refund_amount", "failed_charge_amount"):
        assert formatting.plain_money(Decimal(month[figure]), "usd") in text
    assert text.index("Executive Summary") < text.index("Finance Operations")
    assert text.index("Finance Operations") < text.index("Balance by category")
    assert "1 Sep 2026" in text and "30 Sep 2026" in text
    page.evaluate(
        "() => { window.printed = 0; window.print = () => window.printed++; }"
    )
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 1


def test_all_currencies_in_one_is_none_of_its_currencies(
    warehouse: DuckdbCopy,
) -> None:
    said = str(content(warehouse, {"currency": "all"}))
    assert "Choose a currency" in said
    assert "/month-end?currency=usd" in said


def test_a_month_that_is_none_is_not_found(warehouse: DuckdbCopy) -> None:
    found = drawn_by_server(warehouse, "/month-end?month=2031-01-01")
    assert '"data-state":"not-found"' in found
