"""Every mart with rows per object is to explore: its pages, the customer beside an id,
totals that keep currencies apart, views by name."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from harness.browser import Visit, client_of, drawn_by_server
from playwright.sync_api import expect

from dashboards.address.selection import read_selection
from dashboards.address.tables import TABLES
from dashboards.pages.explore import rows, views
from dashboards.pages.explore.rows import read_page
from dashboards.queries import explore as queries
from dashboards.warehouse.duckdb_copy import DuckdbCopy


@pytest.mark.parametrize("table", list(TABLES))
@pytest.mark.parametrize("sort", ["", "source_relation"])
def test_pages_go_through_all_rows_of_any_key_once(
    warehouse: DuckdbCopy, table: str, sort: str
) -> None:
    selection = read_selection(warehouse, {"table": table, "sort": sort})
    keys, relation = selection.table.keys, selection.table.relation
    sql = f"select {', '.join(keys)} from {relation}"
    wanted = {queries.keys_of(row, selection.table) for row in warehouse.query(sql)}
    found, page = [], ""
    while True:
        shown = read_page(warehouse, selection, page)
        assert shown.preceding == len(found)
        found += [queries.keys_of(row, selection.table) for row in shown.rows]
        if len(found) >= shown.total:
            break
        page = ":".join(["after", *map(str, found[-1])])
    assert len(found) == len(wanted)
    assert {*found} == wanted


def test_every_fact_is_a_table(warehouse: DuckdbCopy) -> None:
    facts = {name for name in warehouse.catalog() if name.startswith("fct_")}
    assert facts <= {table.relation for table in TABLES.values()}


def test_the_customer_stands_beside_its_id(warehouse: DuckdbCopy) -> None:
    state = {"table": "refunds", "columns": "refund_id,customer__email"}
    selection = read_selection(warehouse, state)
    shown = warehouse.query(*queries.everything(warehouse, selection))
    sql = (
        "select refund_id, email from fct_refunds left join dim_customers"
        " using (source_relation, customer_id)"
    )
    emails = {row["refund_id"]: row["email"] for row in warehouse.query(sql)}
    assert {row["refund_id"]: row["customer__email"] for row in shown} == emails
    assert any(emails.values())

    part = next(filter(None, emails.values()))[:12]
    found = read_selection(
        warehouse, {"table": "refunds", "filter": f"customer__email:contains:{part}"}
    )
    wanted = sum(part in (email or "") for email in emails.values())
    assert read_page(warehouse, found, "").total == wanted > 0


def test_customers_are_joined_to_the_rows_of_a_page_alone(
    warehouse: DuckdbCopy,
) -> None:
    selection = read_selection(warehouse, {"filter": "status:eq:failed"})
    sql, _ = queries.page(warehouse, selection)
    assert sql.index(f"limit {queries.PAGE_SIZE}") < sql.index("left join")
    assert "join" not in queries.count(warehouse, selection, None)[0]
    totals = queries.totals(warehouse, selection, "currency", ["net_amount"])
    assert "join" not in totals[0]


@pytest.mark.parametrize(
    ("table", "condition", "sql"),
    [
        ("charges", "status:in:failed|pending", "status in ('failed', 'pending')"),
        (
            "charges",
            "failure_code:in:expired_card|",
            "failure_code = 'expired_card' or failure_code is null",
        ),
        ("charges", "failure_code:in:", "failure_code is null"),
        ("invoices", "attempt_count:in:0|", "coalesce(attempt_count, 0) = 0"),
        ("invoices", "attempt_count:in:1|4", "attempt_count in (1, 4)"),
    ],
)
def test_one_of_several_values(
    warehouse: DuckdbCopy, table: str, condition: str, sql: str
) -> None:
    selection = read_selection(warehouse, {"table": table, "filter": condition})
    count = f"select count(*) as n from {selection.table.relation} where {sql}"
    wanted = warehouse.query(count)[0]["n"]
    assert read_page(warehouse, selection, "").total == wanted > 0


def test_totals_keep_currencies_apart(visit: Visit, warehouse: DuckdbCopy) -> None:
    page = visit(
        "/explore?filter=status:eq:succeeded&columns=charge_id,gross_amount,fee_amount"
    )
    for column, table in (("currency", 0), ("settlement_currency", 1)):
        figure = ("gross_amount", "fee_amount")[table]
        sql = (
            f"select {column} as currency, count(*) as row_count,"
            f" sum({figure}) as total from fct_charges"
            f" where status = 'succeeded' group by {column}"
        )
        wanted = {row["currency"]: row for row in warehouse.query(sql)}
        lines = page.locator(".totals").nth(table).locator("tbody tr")
        expect(lines).to_have_count(len(wanted))
        assert len(wanted) > 1
        for line in lines.all():
            code, count, total = line.locator("td").all_inner_texts()
            row = wanted[None if code == "–" else code.lower()]  # noqa: RUF001
            assert int(count.replace(",", "")) == row["row_count"]
            if row["total"] is not None:
                assert Decimal(total.replace(",", "")) == row["total"].normalize()


def test_all_fields_are_really_all_and_keep_the_filter(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/explore?table=refunds&filter=is_counted:eq:true&sort=refund_amount")
    page.get_by_role("link", name="All fields").click()

    columns = len(warehouse.columns("fct_refunds")) + 2
    expect(page.get_by_text(f"Columns: {columns} of {columns}")).to_be_visible()
    expect(page.locator(".pills li")).to_have_text(re.compile("Is counted is true"))
    assert "sort=refund_amount" in page.url


def test_a_view_is_one_click_and_its_file_another(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/explore")
    page.get_by_role("link", name="Refunds with reason").click()
    current = page.locator(".views [aria-current=page]")
    expect(current).to_have_text("Refunds with reason")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    header = Path(download.value.path()).read_text("utf-8-sig").splitlines()[0]
    assert {"reason", "customer__email", "refund_amount", "currency"} <= {
        *header.split(",")
    }


def test_every_view_can_be_opened(warehouse: DuckdbCopy) -> None:
    shown = drawn_by_server(warehouse, "/explore")
    found = views.read_views()
    assert found
    for name, view in found.items():
        assert f'"children":"{name}"' in shown
        selection = read_selection(warehouse, view)
        assert read_page(warehouse, selection, "").total >= 0
        query = dict(parse_qsl(urlsplit(selection.address()).query))
        assert query == {part: value for part, value in view.items() if value}


def test_views_are_those_of_a_file_of_ones_own(
    warehouse: DuckdbCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "views.yml"
    file.write_text(
        "- {name: Large, table: charges, filter: 'net_amount:gt:500'}\n"
        "- {name: Absent, table: nothing}\n"
    )
    monkeypatch.setenv("SEGMENT_STRIPE_VIEWS", str(file))
    shown = drawn_by_server(warehouse, "/explore")
    assert '"Large"' in shown
    assert "Absent" not in shown and "Failed charges" not in shown
    file.write_text("- {name: Large}\n")
    with pytest.raises(ValueError, match="at least a name and a table"):
        views.read_views()
    file.write_text("- {name: Large, table: charges, colour: red}\n")
    with pytest.raises(ValueError, match="unknown colour"):
        views.read_views()


def test_the_link_that_is_copied_has_no_way_back(visit: Visit) -> None:
    page = visit("/explore?filter=status:eq:failed&from=/finance")
    page.evaluate(
        "navigator.clipboard.writeText = async (text) => { window.copied = text; }"
    )
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("window.copied").endswith(
        "/explore?filter=status%3Aeq%3Afailed"
    )


def test_a_download_of_all_columns_has_the_customer(warehouse: DuckdbCopy) -> None:
    answer = client_of(warehouse).get("/explore.csv?table=disputes&columns=all")
    header = answer.get_data(as_text=True).splitlines()[0]
    assert {"customer__email", "customer__description"} <= {*header.split(",")}


@pytest.mark.parametrize("columns", ["all", "net_amount,fee_amount"])
def test_few_rows_add_up_without_a_query_as_with_one(
    warehouse: DuckdbCopy, columns: str
) -> None:
    """Thirty-odd charges of several currencies: two ways to the same sums."""
    state = {"filter": "created_at:ge:2026-10-14", "columns": columns}
    selection = read_selection(warehouse, state)
    shown = read_page(warehouse, selection, "")
    assert 10 < shown.total == len(shown.rows) < queries.PAGE_SIZE
    here = rows.added_up_here(warehouse, selection, shown.rows)
    asked = rows.added_up(warehouse, selection)
    assert len({row["currency"] for row in here[0].rows}) > 1
    for one, other in zip(here, asked, strict=True):
        assert one.columns == other.columns

        def by_currency(sums: rows.Sums) -> dict[str, dict[str, object]]:
            return {row["currency"]: row for row in sums.rows}

        assert by_currency(one) == by_currency(other)
