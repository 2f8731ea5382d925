"""Every table of every page is a CSV file, exact and in the state of its page."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from harness.browser import Visit, client_of, drawn_by_server

from dashboards.app import PAGES
from dashboards.warehouse.duckdb_copy import DuckdbCopy


def file_of(warehouse: DuckdbCopy, address: str) -> list[dict[str, str]]:
    answer = client_of(warehouse).get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    text = answer.get_data(as_text=True).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_table_is_downloaded_as_its_page_shows_it(
    visit: Visit, warehouse: DuckdbCopy, tmp_path: Path
) -> None:
    page = visit("/finance?days=2026-08-01,2026-08-31&currency=eur")
    with page.expect_download() as download:
        page.get_by_role("link", name="Balance by month: download CSV").click()

    file = tmp_path / "balance.csv"
    download.value.save_as(file)
    assert download.value.suggested_filename == "balance.csv"
    with file.open(encoding="utf-8-sig", newline="") as text:
        latest = next(csv.DictReader(text))
    sql = (
        "select closing_balance_amount as closing from balance_summary_monthly"
        " where currency = 'eur' and reporting_month = date '2026-08-01'"
    )
    assert latest["reporting_month"] == "2026-08-01"
    assert (
        Decimal(latest["closing_balance_amount"])
        == (warehouse.query(sql)[0]["closing"])
    )
    assert latest["currency"] == "eur"


def test_a_chart_is_a_file_of_exact_figures(warehouse: DuckdbCopy) -> None:
    rows = file_of(warehouse, "/table.csv?of=/revenue&card=movements&currency=usd")
    sql = (
        "select reporting_month, new_mrr_amount from mrr_monthly"
        " where currency = 'usd' order by reporting_month desc limit 24"
    )
    mart = warehouse.query(sql)[::-1]
    assert [(row["Month"], Decimal(row["New"])) for row in rows] == [
        (row["reporting_month"].isoformat(), row["new_mrr_amount"]) for row in mart
    ]
    assert {row["Currency"] for row in rows} == {"usd"}


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_every_table_of_a_page_has_a_file(warehouse: DuckdbCopy, path: str) -> None:
    shown = drawn_by_server(warehouse, path)
    links = [
        json.loads(f'"{one}"') for one in re.findall(r'"(/table\.csv[^"]*)"', shown)
    ]
    for link in links:
        assert file_of(warehouse, link), link
    if path in ("/", "/finance", "/revenue", "/lifetime-value"):
        assert len(links) > 2


def test_what_is_no_table_is_not_found(warehouse: DuckdbCopy) -> None:
    ask = client_of(warehouse).get
    for address in (
        "/table.csv",
        "/table.csv?of=/nowhere&card=balance",
        "/table.csv?of=/finance&card=nothing",
        "/table.csv?of=/finance&card=balance&currency=xxx",
    ):
        answer = ask(address)
        assert answer.status_code == 404
        assert answer.content_type == "text/plain; charset=utf-8"


def test_the_cohorts_below_each_other_are_a_file(warehouse: DuckdbCopy) -> None:
    where = "/table.csv?of=/lifetime-value&card=triangle&currency=usd"
    rows = file_of(warehouse, f"{where}&figure=net_amount_per_user")
    sql = (
        "select sum(cumulative_net_amount) / max(user_count) as figure from ("
        " select sum(cumulative_net_amount) as cumulative_net_amount,"
        " (select sum(user_count) from lifetime_value_cohorts as whole where"
        " whole.currency = 'usd' and whole.months_since = 0"
        " and whole.acquisition_month = ?) as user_count"
        " from lifetime_value_cohorts where currency = 'usd' and months_since = 0"
        " and acquisition_month = ?) as cohort"
    )
    month = rows[-1]["acquisition_month"]
    found = warehouse.query(sql, [month, month])[0]["figure"]
    assert float(rows[-1]["month_0"]) == pytest.approx(float(found), abs=1e-6)
