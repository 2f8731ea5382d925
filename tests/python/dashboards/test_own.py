"""The user's own columns and objects on the pages; without any, pages are as before."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness.browser import PHONE, drawn, drawn_by_server, serving, watched
from harness.own_account import HARD, LISTED, created, dropped
from harness.postgres import execute
from harness.project import Project
from playwright.sync_api import Browser, Page, expect

from dashboards.address import address
from dashboards.address.errors import NotFound
from dashboards.address.scope import ComparedScope, Scope, read_scope
from dashboards.address.selection import Filter, read_selection
from dashboards.app import PAGES, create_app
from dashboards.pages.explore.rows import read_page
from dashboards.pages.own import with_own
from dashboards.queries import executive_summary, explore
from dashboards.queries import own as queries
from dashboards.queries.shared import SCOPE
from dashboards.text import formatting
from dashboards.warehouse import Row, Warehouse
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.own import OwnColumn, OwnTable, own_columns, own_tables
from dashboards.warehouse.postgres import PostgresReader
from dashboards.warehouse.serving import publish

OF_CHARGES = {
    "charge__plan_tier",
    "charge__is_first",
    "charge__weight_amount",
    "charge__seen_at",
}
OF_CUSTOMERS = {"customer__region", "customer__owner", "customer__signed_on"}
OF_INVOICES = {"invoice__is_urgent", "invoice__remark"}
GROUPED = (
    *("charge__plan_tier", "charge__is_first", "customer__region"),
    *("customer__owner", "invoice__is_urgent"),
)
FIGURES = (
    *("attempted_charge_count", "succeeded_charge_count", "failed_charge_count"),
    *("gross_charge_count", "gross_charge_amount", "refund_amount"),
    *("net_charge_amount", "charge_success_rate"),
)
ALL_DAYS = "2025-08-01,2026-10-20"


@pytest.fixture(scope="module")
def owned_in_postgres(built_postgres: Project) -> Iterator[Warehouse]:
    """The same in PostgreSQL, as the dashboards' role, whose grant came before."""
    execute(created())
    yield PostgresReader()
    execute(dropped())


@pytest.fixture(
    params=[
        "duckdb",
        pytest.param(
            "pg", marks=[pytest.mark.long, pytest.mark.xdist_group("postgres")]
        ),
    ]
)
def either(request: pytest.FixtureRequest) -> Warehouse:
    name = "owned" if request.param == "duckdb" else "owned_in_postgres"
    return request.getfixturevalue(name)


@pytest.fixture(scope="module")
def served(owned: DuckdbCopy) -> Iterator[str]:
    with serving(owned) as where:
        yield where


@pytest.fixture
def see(page: Page, served: str) -> Callable[[str], Page]:
    def open_address(place: str) -> Page:
        page.goto(served + place)
        return drawn(page)

    return open_address


def scope_of(warehouse: Warehouse, **state: str) -> ComparedScope:
    return read_scope({"days": ALL_DAYS, **state}, warehouse.query(SCOPE))[0]


def rows(warehouse: Warehouse, **state: str) -> list[Row]:
    """All rows of an explore."""
    selection = read_selection(warehouse, state)
    return warehouse.query(*explore.everything(warehouse, selection))


# What there is.


def test_own_tables_are_those_that_are_listed_and_built(either: Warehouse) -> None:
    found = own_tables(either)
    assert {one.relation for one in found} == {row[0] for row in LISTED[:-1]}
    assert [one.relation for one in found if one.has_many] == ["own_tickets"]
    assert found[0].columns["is_first"] == "boolean"


def test_one_row_tables_join_where_their_key_is_a_column(either: Warehouse) -> None:
    joined = {
        "fct_charges": OF_CHARGES | OF_CUSTOMERS | OF_INVOICES,
        "fct_invoices": OF_CHARGES | OF_CUSTOMERS | OF_INVOICES,
        "fct_subscriptions": OF_CUSTOMERS,
        "dim_customers": OF_CUSTOMERS,
        "own_tickets": OF_CUSTOMERS,
    }
    assert {name: {*own_columns(either, name)} for name in joined} == joined


def test_keys_of_own_tables_are_indexed(owned: DuckdbCopy) -> None:
    found = owned.query("select index_name as name from duckdb_indexes()")
    assert {row[0] + "_" + row[4] for row in LISTED[:-1]} <= {
        row["name"] for row in found
    }


# Without own tables.


def test_without_own_tables_pages_are_as_before(
    warehouse: DuckdbCopy, owned: DuckdbCopy
) -> None:
    customer = warehouse.query("select min(customer_id) as id from dim_customers")
    invoice = warehouse.query("select min(invoice_id) as id from fct_invoices")
    places = [page.path for page in PAGES]
    places.append(f"/customer?customer_id={customer[0]['id']}")
    places.append(f"/invoice?invoice_id={invoice[0]['id']}")
    differ = set()
    for place in places:
        drawn_without, drawn_with = (
            drawn_by_server(copy, place) for copy in (warehouse, owned)
        )
        assert not re.search("own_|_own|[(]own,|Your columns", drawn_without), place
        if drawn_without != drawn_with:
            differ.add(place.partition("=")[0])
    lookups = {"/customer?customer_id", "/invoice?invoice_id"}
    assert differ == {"/", "/explore", *lookups}


def test_where_nothing_is_own_nothing_is_joined(owned: DuckdbCopy) -> None:
    state = {"filter": "status:eq:failed", "columns": "charge_id,status"}
    selection = read_selection(owned, state)
    for sql, _ in (
        explore.page(owned, selection),
        explore.count(owned, selection, None),
        explore.places(owned, selection, "ch_1"),
        explore.everything(owned, selection),
    ):
        assert "join" not in sql
        assert "with" not in sql


@pytest.mark.parametrize(
    ("label", "beside"),
    [("Crm accounts", "crm accounts"), ("CRM accounts", "CRM accounts"), ("X", "x")],
)
def test_a_label_stands_beside_a_column(label: str, beside: str) -> None:
    table = OwnTable(
        *("own_crm", label, "customer", ("customer_id",)),
        is_object=True,
        has_many=False,
        time=None,
        columns={"tier": "string"},
    )
    assert OwnColumn(table, "tier").label == f"Tier ({beside})"


# Explore.


def test_own_columns_of_the_very_rows_are_shown_at_first(
    either: Warehouse, warehouse: DuckdbCopy
) -> None:
    shown = {"charges": OF_CHARGES, "invoices": OF_INVOICES, "customers": OF_CUSTOMERS}
    for table in ("charges", "invoices", "customers", "subscriptions"):
        state = {"table": table}
        usual = read_selection(warehouse, state).columns
        selection = read_selection(either, state)
        assert selection.columns[: len(usual)] == usual
        assert {*selection.columns[len(usual) :]} == shown.get(table, set())
        assert selection.address() == f"/explore?table={table}"
        read_page(either, selection, "")
        if table in shown:
            found = f"\nlimit {explore.PAGE_SIZE}\n\n)"  # before anything is joined
            sql, _ = explore.page(either, selection)
            assert sql.index(found) < sql.index("left join")
    named = read_selection(either, {"columns": "charge_id,status"})
    assert named.columns == ("charge_id", "status")


def test_more_than_six_own_columns_are_not_shown_at_first(
    warehouse: DuckdbCopy, tmp_path: Path
) -> None:
    built = Path(shutil.copy(warehouse.path, tmp_path / warehouse.path.name))
    many = ", ".join(f"1 as column_{number}" for number in range(3))
    with duckdb.connect(str(built)) as connection:
        connection.execute(created())
        connection.execute(
            "create or replace table analytics.own_charges as "
            f"select *, {many} from analytics.own_charges"
        )
    wide = DuckdbCopy(built)
    assert len(own_columns(wide, "fct_charges")) == 4 + 3 + 3 + 2
    assert read_selection(wide, {}).columns == read_selection(warehouse, {}).columns


def test_own_columns_stand_beside_the_rows_that_they_are_of(either: Warehouse) -> None:
    columns = "charge_id,charge__plan_tier,customer__region"
    found = {row["charge_id"]: row for row in rows(either, columns=columns)}
    tiers = {
        row["charge_id"]: row["plan_tier"]
        for row in either.query("select * from own_charges")
    }
    regions = {
        row["customer_id"]: row["region"]
        for row in either.query("select * from own_customers")
    }
    charges = either.query("select charge_id, customer_id from fct_charges")
    assert len(found) == len(charges)
    for charge in charges:
        row = found[charge["charge_id"]]
        assert row["charge__plan_tier"] == tiers.get(charge["charge_id"])
        assert row["customer__region"] == regions.get(charge["customer_id"])
    assert {row["charge__plan_tier"] for row in found.values()} >= {*HARD, None}


@pytest.mark.parametrize("sort", ["-created_at", "charge_id", "invoice_id"])
def test_a_page_shows_the_own_columns_of_its_rows(either: Warehouse, sort: str) -> None:
    columns = "charge__plan_tier,customer__region,net_amount,status"
    state = {"columns": columns, "sort": sort}
    everything = rows(either, **state)
    selection = read_selection(either, state)

    def shown(page: str) -> list[Row]:
        found = read_page(either, selection, page).rows
        return [{name: row[name] for name in everything[0]} for row in found]

    assert shown("") == everything[:50]
    size = len(everything) % 50 or 50
    assert shown("last") == everything[-size:]
    assert any(row["charge__plan_tier"] == "gold" for row in everything[:50])


@pytest.mark.parametrize("value", HARD)
def test_an_own_column_is_filtered_by(either: Warehouse, value: str) -> None:
    condition = str(Filter("charge__plan_tier", "eq", value))
    selection = read_selection(either, {"filter": condition})
    sql = "select count(*) as n from own_charges where plan_tier = ?"
    (wanted,) = either.query(sql, [value])
    shown = read_page(either, selection, "")
    assert shown.total == wanted["n"] > 0
    assert len(rows(either, filter=condition)) == wanted["n"]


@pytest.mark.parametrize(
    ("table", "sort"),
    [
        ("charges", "charge__plan_tier"),
        ("charges", "-charge__plan_tier"),
        ("charges", "-customer__signed_on"),
        ("own_tickets", "-opened_on"),
        ("own_tickets", "topic"),
    ],
)
def test_pages_by_an_own_column_go_through_all_rows_once(
    either: Warehouse, table: str, sort: str
) -> None:
    state = {"table": table, "sort": sort}
    selection = read_selection(either, state)
    key = selection.table.key
    wanted = [row[key] for row in rows(either, **state, columns=key)]
    assert len({*wanted}) == len(wanted) > 100
    found, shown = [], read_page(either, selection, "")
    while True:
        assert shown.preceding == len(found)
        assert shown.total == len(wanted)
        found += [row[key] for row in shown.rows]
        if len(found) >= len(wanted):
            break
        shown = read_page(either, selection, f"after:{found[-1]}:stripe")
    assert found == wanted
    last = len(wanted) - 1
    back = read_page(either, selection, f"before:{wanted[last]}:stripe")
    assert [row[key] for row in back.rows] == wanted[last - 50 : last]


def test_money_of_ours_is_none_of_an_own_column(owned: DuckdbCopy) -> None:
    place = address("/explore", columns="charge_id,charge__weight_amount")
    selection = read_selection(owned, {"columns": "charge__weight_amount"})
    assert explore.columns_saved(owned, selection) == ["charge__weight_amount"]
    assert "Weight amount (own, charge)" in drawn_by_server(owned, place)


def test_a_download_has_own_columns_and_no_formulas(owned: DuckdbCopy) -> None:
    client = create_app(owned).server.test_client()
    search = "columns=charge_id,charge__plan_tier,customer__region&sort=charge_id"
    text = client.get(f"/explore.csv?{search}").get_data(as_text=True)
    found = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")))
    tiers = {row["charge__plan_tier"] for row in found}
    assert {"'=1+1", "<b>bold</b>", "", "gold"} <= tiers
    assert "=1+1" not in tiers
    tickets = client.get("/explore.csv?table=own_tickets").get_data(as_text=True)
    assert "'=cmd()" in tickets


@pytest.mark.parametrize(
    "state",
    [
        {"columns": "own_charges.plan_tier"},
        {"columns": "charge__nothing"},
        {"sort": 'charge__plan_tier"'},
        {"filter": "charge__plan_tier:gt:a"},
        {"table": "subscriptions", "columns": "charge__plan_tier"},
        {"table": "own_crm"},
        {"table": "own_absent"},
        {"table": "own_tables"},
    ],
)
def test_what_is_not_own_is_not_found(owned: DuckdbCopy, state: dict[str, str]) -> None:
    with pytest.raises(NotFound):
        read_selection(owned, state)


def test_explore_in_a_browser(see: Callable[[str], Page], owned: DuckdbCopy) -> None:
    page = see("/explore?columns=charge_id,status")
    page.get_by_text("Columns: 2 of").click()
    page.get_by_role("textbox", name="Columns").click()
    page.get_by_role("option", name="Plan tier (own, charge)").click()
    page.locator("h1").click()
    heading = page.locator(".ag-header-cell[col-id=charge__plan_tier] a")
    heading.click()
    expect(heading).to_contain_text("↑")
    page.get_by_role("textbox", name="Filter by").click()
    page.get_by_role("option", name="Plan tier (own, charge)").click()
    page.locator("#filter-value").click()
    page.get_by_role("option", name="<b>bold</b>").click()
    page.get_by_role("button", name="Add filter").click()
    sql = "select count(*) as n from own_charges where plan_tier = '<b>bold</b>'"
    total = f"of {owned.query(sql)[0]['n']:,}"
    expect(page.locator(".pager-text")).to_contain_text(total)
    cell = page.locator("[row-index='0'] [col-id=charge__plan_tier]")
    expect(cell).to_have_text("<b>bold</b>")
    expect(page.locator(".pills li")).to_contain_text("Plan tier (own, charge) is <b>")
    page.get_by_role("link", name="Tickets", exact=True).click()
    expect(page.locator(".explore-tab[aria-current=page]")).to_have_text("Tickets")
    tickets = owned.query("select count(*) as n from own_tickets")[0]["n"]
    expect(page.locator(".pager-text")).to_contain_text(f"of {tickets:,}")


# Lookups.


def test_a_customer_has_own_columns_objects_and_rows(
    see: Callable[[str], Page], owned: DuckdbCopy
) -> None:
    sql = (
        "select customer_id, owner from own_crm "
        "where owner is not null and customer_id in (select customer_id from "
        "own_tickets) order by customer_id limit 1"
    )
    customer = owned.query(sql)[0]
    page = see(address("/customer", customer_id=customer["customer_id"]))
    expect(page.locator("[data-card=own_customers]")).to_contain_text("Your columns")
    expect(page.locator("[data-card=own_customers] dd")).to_have_text("eu")
    expect(page.locator("[data-card=own_crm]")).to_contain_text(customer["owner"])
    tickets = page.locator("[data-card=own_tickets]")
    expect(tickets.locator(".ag-center-cols-container .ag-row")).to_have_count(3)
    topics = tickets.locator(".ag-body [col-id=topic]")
    assert {*topics.all_inner_texts()} == {"=cmd()", "<u>b</u>", formatting.NOTHING}
    tickets.get_by_role("link", name="All in Explore").click()
    expect(page.locator(".pager-text")).to_contain_text("of 3")
    expect(page.locator(".pills li")).to_contain_text(customer["customer_id"])


def test_a_customer_without_a_row_has_no_card_for_it(owned: DuckdbCopy) -> None:
    sql = (
        "select min(customer_id) as id from own_customers "
        "where customer_id not in (select customer_id from own_crm)"
    )
    place = address("/customer", customer_id=owned.query(sql)[0]["id"])
    found = drawn_by_server(owned, place)
    assert '"data-card":"own_customers"' in found
    assert '"data-card":"own_crm"' not in found


def test_an_invoice_and_its_charges_have_own_columns(
    see: Callable[[str], Page], owned: DuckdbCopy
) -> None:
    sql = (
        "select invoice_id, charge_id from fct_charges "
        "inner join own_charges using (charge_id) "
        "where invoice_id is not null and plan_tier = '=1+1' order by 1 limit 1"
    )
    found = owned.query(sql)[0]
    page = see(address("/invoice", invoice_id=found["invoice_id"]))
    expect(page.locator("[data-card=own_cases]")).to_contain_text("<i>said</i>")
    charges = page.locator("[data-card=charges] .ag-body-horizontal-scroll-viewport")
    charges.evaluate("bar => bar.scrollTo(9999, 0)")
    tier = page.locator("[data-card=charges] .ag-row [col-id=charge__plan_tier]")
    expect(tier.filter(has_text="=1+1").first).to_be_visible()


# By an own column.


@pytest.mark.parametrize("name", GROUPED)
@pytest.mark.parametrize(
    "state",
    [{}, {"currency": "jpy"}, {"currency": "eur", "days": "2026-09-01,2026-09-30"}],
)
def test_groups_add_up_to_the_tiles(
    either: Warehouse, name: str, state: dict[str, str]
) -> None:
    scope = scope_of(either, **state)
    own = own_columns(either, queries.CHARGES, queries.REFUNDS)[name]
    found = either.query(*queries.by_column(either, scope, own))
    tiles = either.query(*executive_summary.DAILY.totals(scope))[0]
    (total,) = (row for row in found if row["place"] == "all")
    assert {f: total[f] for f in FIGURES} == {f: tiles[f] for f in FIGURES}
    parts = [row for row in found if row["place"] != "all"]
    for figure in FIGURES[:-1]:
        assert sum(row[figure] for row in parts) == tiles[figure], figure
    assert tiles["attempted_charge_count"] > 0


def test_a_group_is_what_the_facts_say(either: Warehouse) -> None:
    scope = scope_of(either)
    own = own_columns(either, queries.CHARGES)["charge__plan_tier"]
    found = either.query(*queries.by_column(either, scope, own))
    for row in found:
        if row["place"] != "value":
            continue
        sql = (
            "select count(*) as attempted, sum(gross_amount) as gross from {} "
            "inner join own_charges on {}.charge_id = own_charges.charge_id "
            "where plan_tier = ? and currency = ? and reporting_date between ? and ?"
        ).format("fct_charges", "fct_charges")
        values = [row["shown_value"], scope.currency, scope.first, scope.last]
        (wanted,) = either.query(sql, values)
        assert row["attempted_charge_count"] == wanted["attempted"]
        assert row["gross_charge_amount"] == wanted["gross"]


def test_small_values_are_united_and_none_stands_apart(either: Warehouse) -> None:
    own = own_columns(either, queries.CHARGES)["charge__plan_tier"]
    found = either.query(*queries.by_column(either, scope_of(either), own))
    places = [row["place"] for row in found]
    assert places == ["value"] * queries.MOST_VALUES + ["other", "none", "all"]
    amounts = [row["gross_charge_amount"] for row in found[: queries.MOST_VALUES]]
    assert amounts == sorted(amounts, reverse=True)


def test_refunds_are_of_their_own_days(either: Warehouse) -> None:
    """A refund of another month's charge has the value of that charge."""
    sql = (
        "select reporting_date from fct_refunds inner join own_charges "
        "on fct_refunds.charge_id = own_charges.charge_id where currency = 'usd' "
        "and refund_amount > 0 and reporting_date > charge_reporting_date "
        "and plan_tier is not null order by reporting_date limit 1"
    )
    day = either.query(sql)[0]["reporting_date"]
    scope = scope_of(either, currency="usd", days=f"{day},{day}")
    own = own_columns(either, queries.CHARGES)["charge__plan_tier"]
    found = either.query(*queries.by_column(either, scope, own))
    refunded = [r for r in found if r["place"] == "value" and r["refund_amount"] > 0]
    assert refunded


TWO_ACCOUNTS = """
    create schema analytics;
    create table analytics.fct_charges as
    select account as source_relation, 'ch_1' as charge_id, 'cus_1' as customer_id,
        'in_1' as invoice_id, 'usd' as currency, date '2026-10-01' as reporting_date,
        timestamp '2026-10-01' as created_at, true as is_succeeded, false as is_failed,
        true as is_gross, cast(amount as decimal(38, 6)) as gross_amount
    from (values ('a', 10), ('b', 7)) as charges (account, amount);
    create table analytics.fct_refunds as
    select 'b' as source_relation, 'ch_1' as charge_id, 'cus_1' as customer_id,
        'usd' as currency,
        date '2026-10-01' as reporting_date, cast(2 as decimal(38, 6)) as refund_amount;
    create table analytics.own_tables as
    select * from (values ('own_charges', 'passthrough_columns', 'Charges', 'charge',
        'charge_id', 'one', null)) as own_tables (table_name, origin, label, entity,
        key_columns, row_kind, time_column);
    create table analytics.own_charges as
    select * from (values ('a', 'ch_1', 'gold'), ('b', 'ch_1', 'silver'))
    as own (source_relation, charge_id, tier);
"""


def test_a_key_of_two_accounts_is_two_keys(tmp_path: Path) -> None:
    built = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(built)) as connection:
        connection.execute(TWO_ACCOUNTS)
    publish(built, tmp_path / "copy.duckdb")
    copy = DuckdbCopy(tmp_path / "copy.duckdb")
    for sort in ("created_at", "charge__tier"):
        state = {"columns": "charge__tier", "sort": sort}
        found = read_page(copy, read_selection(copy, state), "").rows
        tiers = [(row["source_relation"], row["charge__tier"]) for row in found]
        assert tiers == [("a", "gold"), ("b", "silver")]
    day = date(2026, 10, 1)
    both = Scope("usd", None, day, day)
    own = own_columns(copy, queries.CHARGES)["charge__tier"]
    found = copy.query(*queries.by_column(copy, both, own))
    assert [(row["shown_value"], row["net_charge_amount"]) for row in found] == [
        *(("gold", 10), ("silver", 5), (None, 15))
    ]
    one = Scope("usd", "b", day, day)
    found = copy.query(*queries.by_column(copy, one, own))
    assert [row["net_charge_amount"] for row in found] == [5, 5]
    _, rows_of_b = with_own(
        copy, "charge_id", "b", [{"charge_id": "ch_1"}, {"charge_id": "ch_2"}]
    )
    assert [row["charge__tier"] for row in rows_of_b] == ["silver", None]
    table = own.table
    (row,) = copy.query(*queries.of_one(copy, table, "b", "ch_1"))
    assert row["tier"] == "silver"


def test_only_own_text_and_flags_group(owned: DuckdbCopy) -> None:
    for name in ("charge__weight_amount", "status", "charge__x", '"; drop', "own"):
        place = address("/", by=name)
        assert '"data-state":"not-found"' in drawn_by_server(owned, place), name


def grid(page: Page) -> dict[str, list[str]]:
    """{value: figures} of the section, as they are written."""
    card = page.locator("[data-card=by_own]")
    expect(card.locator(".ag-row-pinned").first).to_be_visible()
    values = card.locator("[class*=ag-pinned-left] .ag-row [col-id=label]")
    rows = card.locator(":is(.ag-center-cols-container, .ag-floating-bottom-container)")
    figures = [
        row.locator(".ag-cell").all_inner_texts()
        for row in rows.locator(".ag-row").all()
    ]
    return dict(zip(values.all_inner_texts(), figures, strict=True))


def test_the_summary_is_grouped_in_a_browser(
    see: Callable[[str], Page], owned: DuckdbCopy
) -> None:
    page = see(f"/?days={ALL_DAYS}")
    found = grid(page)
    assert {"(other)", "(none)", "Total"} <= found.keys()
    tile = page.locator("[data-tile=gross_charge_amount] .tile-value").inner_text()
    assert f"{found['Total'][2]} USD" == tile

    page.get_by_role("textbox", name="By", exact=True).click()
    page.get_by_role("option", name="Is first (own, charge)").click()
    page.wait_for_url("**by=charge__is_first**")
    card = page.locator("[data-card=by_own]")
    expect(card.get_by_role("link", name="Yes")).to_be_visible()
    assert grid(page).keys() == {"Yes", "No", "(none)", "Total"}
    attempted = grid(page)["Yes"][0]
    card.get_by_role("link", name="Yes").click()
    expect(page.locator(".pager-text")).to_contain_text(f"of {attempted}")
    page.go_back()
    expect(card.get_by_role("link", name="(none)")).to_be_visible()
    attempted = grid(page)["(none)"][0]
    card.get_by_role("link", name="(none)").click()
    expect(page.locator(".pager-text")).to_contain_text(f"of {attempted}")


def test_values_that_are_hard_to_show_are_text(see: Callable[[str], Page]) -> None:
    found: dict[str, Any] = {}
    for days in (ALL_DAYS, "2026-10-01,2026-10-20", "2026-08-01,2026-08-20"):
        found |= grid(see(f"/?days={days}&by=charge__plan_tier"))
    assert {"(blank)", "<b>bold</b>", "=1+1", "none", "other"} <= found.keys()


def test_a_phone_shows_the_groups_without_scrolling_sideways(
    browser: Browser, served: str
) -> None:
    with watched(browser, viewport=PHONE) as page:
        page.goto(f"{served}/?days={ALL_DAYS}")
        total = drawn(page).locator("[data-card=by_own] .row-card").last
        expect(total).to_contain_text("Total")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"]
