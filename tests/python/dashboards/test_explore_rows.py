"""What an explore selects, without a browser: filters, order, pages, downloads."""

from __future__ import annotations

import csv
import io
import shutil
import time
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import duckdb
import pytest

from dashboards.address.errors import NotFound
from dashboards.address.selection import (
    Filter,
    Selection,
    read_selection,
    rows_with,
)
from dashboards.address.tables import TABLES
from dashboards.app import create_app
from dashboards.pages.csv_files import MARK
from dashboards.pages.explore import page as explore
from dashboards.pages.explore.rows import Shown, read_page
from dashboards.queries import explore as queries
from dashboards.warehouse.duckdb_copy import DuckdbCopy

Row = dict[str, Any]


def selected(warehouse: DuckdbCopy, **state: str) -> tuple[Selection, list[Row]]:
    """All rows of a selection, and the selection."""
    selection = read_selection(warehouse, state)
    return selection, warehouse.query(*queries.everything(warehouse, selection))


@pytest.mark.parametrize(
    ("table", "filters", "holds"),
    [
        ("charges", "status:eq:failed", lambda r: r["status"] == "failed"),
        (
            "charges",
            "failure_code:ne:card_declined",
            lambda r: r["failure_code"] != "card_declined",
        ),
        (
            "charges",
            "failure_code:eq:Insufficient funds",
            lambda r: r["failure_code"] == "insufficient_funds",
        ),
        (
            "charges",
            "failure_code:ne:Card declined;currency:in:USD|EUR",
            lambda r: (
                r["failure_code"] != "card_declined" and r["currency"] in ("usd", "eur")
            ),
        ),
        (
            "customers",
            "email:eq:USER000000003@Example.COM",
            lambda r: (r["email"] or "").lower() == "user000000003@example.com",
        ),
        (
            "customers",
            "email:in:USER000000003@Example.COM|",
            lambda r: (
                r["email"] is None or r["email"].lower() == "user000000003@example.com"
            ),
        ),
        (
            "customers",
            "email:ne:USER000000003@Example.COM",
            lambda r: (r["email"] or "").lower() != "user000000003@example.com",
        ),
        ("charges", "failure_code:null", lambda r: r["failure_code"] is None),
        ("charges", "failure_code:not_null", lambda r: r["failure_code"] is not None),
        (
            "charges",
            "failure_code:contains:DECLINED",
            lambda r: "declined" in (r["failure_code"] or ""),
        ),
        (
            "charges",
            "failure_code:starts:Card",
            lambda r: (r["failure_code"] or "").startswith("card"),
        ),
        (
            "charges",
            "attempted_amount:gt:19.00;attempted_amount:le:107",
            lambda r: 19 < r["attempted_amount"] <= 107,
        ),
        (
            "charges",
            "net_amount:ne:0",
            lambda r: r["net_amount"] != 0,
        ),
        (
            "charges",
            "days_to_settlement:ne:0",
            lambda r: r["days_to_settlement"] != 0,
        ),
        (
            "invoices",
            "paid_at:ne:2026-10-01",
            lambda r: not r["paid_at"] or r["paid_at"].date() != date(2026, 10, 1),
        ),
        ("charges", "amount_minor:eq:1900", lambda r: r["amount_minor"] == 1900),
        (
            "charges",
            "amount_minor:ge:1900.5",
            lambda r: r["amount_minor"] >= Decimal("1900.5"),
        ),
        ("charges", "is_refunded:eq:true", lambda r: r["is_refunded"] is True),
        (
            "charges",
            "created_at:eq:2026-10-15",
            lambda r: r["created_at"].date() == date(2026, 10, 15),
        ),
        (
            "charges",
            "created_at:ne:2026-10-15",
            lambda r: r["created_at"].date() != date(2026, 10, 15),
        ),
        (
            "charges",
            "created_at:gt:2026-10-15",
            lambda r: r["created_at"].date() > date(2026, 10, 15),
        ),
        (
            "charges",
            "created_at:le:2025-10-15;created_at:ge:2025-09-01",
            lambda r: date(2025, 9, 1) <= r["created_at"].date() <= date(2025, 10, 15),
        ),
        (
            "charges",
            "created_at:lt:2025-10-15T12:30",
            lambda r: r["created_at"] < datetime(2025, 10, 15, 12, 30),
        ),
        (
            "charges",
            "created_at:lt:2025-10-15T12:30:00+02:00",
            lambda r: r["created_at"] < datetime(2025, 10, 15, 10, 30),
        ),
        (
            "invoices",
            "effective_due_date:lt:2026-01-01;status:eq:open",
            lambda r: (
                r["effective_due_date"] < date(2026, 1, 1) and r["status"] == "open"
            ),
        ),
        ("invoices", "paid_at:null", lambda r: r["paid_at"] is None),
        ("customers", "balance_amount:lt:0", lambda r: (r["balance_amount"] or 0) < 0),
        (
            "subscriptions",
            "mrr_amount:gt:100;status:ne:active",
            lambda r: (r["mrr_amount"] or 0) > 100 and r["status"] != "active",
        ),
    ],
)
def test_a_filter_keeps_the_rows_that_hold_it(
    warehouse: DuckdbCopy, table: str, filters: str, holds: Callable[[Row], bool]
) -> None:
    selection, rows = selected(warehouse, table=table, columns="all", filter=filters)
    everything = warehouse.query(f"select * from {selection.table.relation}")
    key = selection.table.key

    wanted = sorted(row[key] for row in everything if holds(row))

    assert sorted(row[key] for row in rows) == wanted
    shown = read_page(warehouse, selection, "")
    assert shown.total == len(wanted)
    if table == "charges" and ":ne:0" not in filters:
        assert 0 < len(wanted) < len(everything), "the case shows nothing"


@pytest.mark.parametrize(
    ("table", "sort"),
    [
        ("customers", "-created_at"),
        ("customers", "email"),
        ("customers", "-is_delinquent"),
        ("subscriptions", "canceled_date"),
        ("subscriptions", "-canceled_date"),
        ("subscriptions", "-mrr_amount"),
        ("subscriptions", "source_relation"),
    ],
)
def test_pages_go_through_all_rows_once_and_back(
    warehouse: DuckdbCopy, table: str, sort: str
) -> None:
    selection, rows = selected(warehouse, table=table, sort=sort)
    key = selection.table.key
    column = sort.removeprefix("-")
    order = f"{column} {'desc' if sort[0] == '-' else 'asc'} nulls last, {key}"
    sql = f"select {key} from {selection.table.relation} order by {order}"
    wanted = [row[key] for row in warehouse.query(sql)]
    pages = [wanted[start : start + 50] for start in range(0, len(wanted), 50)]
    assert [row[key] for row in rows] == wanted

    def keys(shown: Shown) -> list[str]:
        return [row[key] for row in shown.rows]

    shown = read_page(warehouse, selection, "")
    for number, page in enumerate(pages):
        assert keys(shown) == page
        assert (shown.preceding, shown.total) == (50 * number, len(wanted))
        if number < len(pages) - 1:
            shown = read_page(warehouse, selection, f"after:{page[-1]}:stripe")
    assert keys(read_page(warehouse, selection, "last")) == pages[-1]
    for number in range(len(pages) - 1, 0, -1):
        shown = read_page(warehouse, selection, f"before:{pages[number][0]}:stripe")
        assert keys(shown) == pages[number - 1]
        assert shown.preceding == 50 * (number - 1)


@pytest.mark.parametrize("table", list(TABLES))
def test_every_column_of_every_table_is_there(
    warehouse: DuckdbCopy, table: str
) -> None:
    selection, rows = selected(warehouse, table=table, columns="all")

    columns = warehouse.columns(selection.table.relation)
    beside = {"customer__email", "customer__description"}
    if "customer_id" not in columns or "email" in columns:
        beside = set()
    assert {*selection.columns} == {*columns} | beside
    assert len(selection.columns) == len(columns) + len(beside)
    drawn = str(explore.layout(warehouse, {"table": table, "columns": "all"}))
    assert all(f"'field': '{column}'" in drawn for column in selection.columns)
    assert rows


@pytest.mark.parametrize(
    "state",
    [
        {"table": "fct_charges"},
        {"columns": "nothing"},
        {"columns": 'status"'},
        {"sort": "status desc"},
        {"sort": "--status"},
        {"filter": "nothing:eq:1"},
        {"filter": "status"},
        {"filter": "status:like:%"},
        {"filter": "status:gt:a"},
        {"filter": "net_amount:gt:ten"},
        {"filter": "net_amount:gt:NaN"},
        {"filter": "net_amount:gt:1e400"},
        {"filter": "net_amount:gt:0.0000001"},
        {"filter": "net_amount:gt:"},
        {"filter": "is_refunded:eq:yes"},
        {"filter": "created_at:eq:yesterday"},
        {"filter": "created_at:eq:9999-12-31"},
        {"filter": "created_at:gt:2026-10-20T99:00"},
        {"filter": "reporting_date:gt:2026-02-30"},
        {"filter": f"description:eq:{'x' * 2_000}"},
        {"page": "2"},
        {"page": "after:ch_nothing:stripe"},
        {"page": "after"},
    ],
)
def test_what_cannot_be_read_is_not_found(
    warehouse: DuckdbCopy, state: dict[str, str]
) -> None:
    with pytest.raises(NotFound):
        selection = read_selection(warehouse, state)
        read_page(warehouse, selection, state.get("page", ""))
        warehouse.query(*queries.everything(warehouse, selection))


@pytest.mark.parametrize(
    "value",
    ["", "a;b", "a\\", "\\;", "a:b:c", "'; drop table x; --", "100%", " a ", "é?&=#"],
)
def test_a_filter_is_in_the_address_and_comes_back(
    warehouse: DuckdbCopy, value: str
) -> None:
    filters = (Filter("description", "eq", value), Filter("status", "null"))
    written = read_selection(warehouse, {"filter": ";".join(map(str, filters))})

    query = dict(parse_qsl(urlsplit(written.address()).query))

    assert read_selection(warehouse, query).filters == filters


INJECTIONS = (
    "'; drop table fct_charges; --",
    "' or '1'='1",
    '" or 1=1 --',
    "1) or (1=1",
    "%",
    "%s ? $1 {x} \\",
    "\x00",
)


@pytest.mark.parametrize("text", INJECTIONS)
def test_nothing_that_is_looked_for_is_taken_for_sql(
    warehouse: DuckdbCopy, text: str
) -> None:
    for operator in ("eq", "contains", "starts"):
        condition = str(Filter("statement_descriptor", operator, text))
        assert selected(warehouse, filter=condition)[1] == []
    everything = warehouse.query("select count(*) as n from fct_charges")[0]["n"]
    condition = str(Filter("statement_descriptor", "ne", text))
    assert len(selected(warehouse, filter=condition)[1]) == everything


def test_other_pages_link_to_the_rows_of_something(warehouse: DuckdbCopy) -> None:
    link = rows_with("charges", "invoice_id", "in_1")

    assert link == "/explore?table=charges&filter=invoice_id%3Aeq%3Ain_1"
    state = dict(parse_qsl(urlsplit(link).query))
    assert read_selection(warehouse, state).filters == (
        Filter("invoice_id", "eq", "in_1"),
    )


def download(warehouse: DuckdbCopy, search: str) -> Any:
    return create_app(warehouse).server.test_client().get(f"/explore.csv?{search}")


def read_csv(text: str) -> list[dict[str, str]]:
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


def test_a_download_is_exact_and_says_the_currency_of_its_money(
    warehouse: DuckdbCopy,
) -> None:
    answer = download(
        warehouse,
        "table=charges&columns=charge_id,net_amount,fee_amount,is_refunded,created_at"
        "&filter=status:eq:succeeded&sort=charge_id",
    )

    rows = read_csv(answer.get_data(as_text=True))
    mart = warehouse.query(
        "select * from fct_charges where status = 'succeeded' order by charge_id"
    )
    assert [row["charge_id"] for row in rows] == [row["charge_id"] for row in mart]
    for row, fact in zip(rows, mart, strict=True):
        assert row["net_amount"] and Decimal(row["net_amount"]) == fact["net_amount"]
        fee = Decimal(row["fee_amount"]) if row["fee_amount"] else None
        assert fee == fact["fee_amount"]
        assert row["currency"] == fact["currency"]
        assert row["settlement_currency"] == (fact["settlement_currency"] or "")
        assert row["is_refunded"] == str(fact["is_refunded"]).lower()
        assert row["created_at"] == str(fact["created_at"])
    assert "attachment" in answer.headers["Content-Disposition"]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "=1", 'a"b,c\nd']


def test_a_download_holds_no_formulas(warehouse: DuckdbCopy, tmp_path: Path) -> None:
    changed = tmp_path / warehouse.path.name
    shutil.copy(warehouse.path, changed)
    with duckdb.connect(changed) as connection:
        connection.execute("set search_path = 'analytics'")
        ids = connection.execute(
            "select customer_id from dim_customers order by customer_id limit ?",
            [len(FORMULAS)],
        ).fetchall()
        for (customer,), text in zip(ids, FORMULAS, strict=True):
            connection.execute(
                "update dim_customers set description = ?, balance_amount = -5 "
                "where customer_id = ?",
                [text, customer],
            )

    answer = download(
        DuckdbCopy(changed),
        "table=customers&columns=customer_id,description,balance_amount"
        "&filter=balance_amount:eq:-5&sort=customer_id",
    )

    rows = read_csv(answer.get_data(as_text=True))
    found = [row["description"] for row in rows if row["description"]]
    assert found[: len(FORMULAS)] == [f"'{text}" for text in FORMULAS[:-1]] + [
        FORMULAS[-1]
    ]
    assert rows[0]["balance_amount"] == "-5", "a number is no formula"


@pytest.mark.parametrize(
    "search", ["table=x", "columns=x", "filter=status:eq", "x=%00"]
)
def test_a_download_that_cannot_be_read_says_so(
    warehouse: DuckdbCopy, search: str
) -> None:
    answer = download(warehouse, search)

    readable = search.startswith(("x=", "filter"))
    assert answer.status_code == (200 if readable else 404)
    assert "Traceback" not in answer.get_data(as_text=True)


def test_a_download_may_take_longer_than_a_page(warehouse: DuckdbCopy) -> None:
    hurried = DuckdbCopy(warehouse.path, query_seconds=0.5)
    many = (
        "select a.charge_id from fct_charges as a "
        "cross join (select 1 from fct_charges limit 60) as b"
    )
    row_count = 0
    for rows in hurried.batches(many):
        if not row_count:
            time.sleep(1)
        row_count += len(rows)

    expected = warehouse.query("select 60 * count(*) as n from fct_charges")[0]["n"]
    assert row_count == expected
