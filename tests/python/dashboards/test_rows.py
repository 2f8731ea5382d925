"""The rows of tables: their key in sight, cards on a phone, all of them on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from harness.browser import PHONE, Visit, drawn, paper_of, watched
from playwright.sync_api import Browser, Page, expect

from dashboards.address import address
from dashboards.components import Column, table_card
from dashboards.warehouse import Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy

# More charges than a table shows at once.
BUSY = """
select customer_id, currency, count(*) as charge_count
from fct_charges
where customer_id is not null
group by customer_id, currency
order by charge_count desc, customer_id
limit 1
"""
CHARGES = """
select * from fct_charges
where customer_id = ? and currency = ?
order by created_at desc, charge_id
"""


@pytest.fixture(scope="module")
def busy(warehouse: DuckdbCopy) -> Row:
    return warehouse.query(BUSY)[0]


@pytest.fixture(scope="module")
def charges(warehouse: DuckdbCopy, busy: Row) -> list[Row]:
    rows = warehouse.query(CHARGES, [busy["customer_id"], busy["currency"]])
    assert len(rows) > 10
    return rows


def of(busy: Row) -> str:
    key = {name: busy[name] for name in ("customer_id", "currency")}
    return address("/customer", **key)


@pytest.fixture
def phone(browser: Browser, dashboards: str) -> Iterator[Visit]:
    with watched(browser, color_scheme="light", viewport=PHONE) as page:

        def visit(place: str) -> Page:
            page.goto(dashboards + place)
            return drawn(page)

        yield visit


def ids(rows: list[Row]) -> list[str]:
    return [row["charge_id"] for row in rows]


@pytest.mark.parametrize("place", ["/explore?columns=all", "customer"])
def test_the_key_stays_in_sight(
    page: Page, visit: Visit, busy: Row, place: str
) -> None:
    page.set_viewport_size({"width": 900, "height": 900})
    visit(of(busy) if place == "customer" else place)
    card = page.locator("[data-card=charges], [data-card=rows]")
    key = card.locator("[col-id=charge_id].ag-cell").first
    beside = card.locator(".ag-center-cols-container .ag-cell").first
    expect(beside).to_be_visible()
    card.scroll_into_view_if_needed()
    before = key.bounding_box()

    beside.hover()
    page.mouse.wheel(9999, 0)

    expect(beside).not_to_be_in_viewport()
    expect(key).to_be_in_viewport(ratio=1)
    assert key.bounding_box() == before


def test_the_link_to_stripe_is_in_sight(visit: Visit, busy: Row) -> None:
    page = visit(of(busy))
    page.set_viewport_size({"width": 1360, "height": 900})
    for card in ("invoices", "charges"):
        link = page.locator(f"[data-card={card}] a[href*='stripe.com']").first
        link.scroll_into_view_if_needed()
        expect(link).to_be_in_viewport(ratio=1)
        edge = page.locator(f"[data-card={card}]").bounding_box()
        box = link.bounding_box()
        assert box and edge and box["x"] + box["width"] <= edge["x"] + edge["width"]


# Of tables of Finance Operations, what has to be seen at once.
IN_SIGHT = {
    "failure_reasons": ("failure_code", "charge_amount", "recommendation"),
    "owing": ("customer", "outstanding_amount", "why", "failure_code"),
}


def test_what_matters_is_in_sight_on_a_small_screen(visit: Visit) -> None:
    page = visit("/finance")
    page.set_viewport_size({"width": 1280, "height": 900})
    for card, columns in IN_SIGHT.items():
        edge = page.locator(f"[data-card={card}]").bounding_box()
        for column in columns:
            cell = page.locator(f"[data-card={card}] .ag-row [col-id={column}]").first
            box = cell.bounding_box()
            assert box and edge and box["x"] + box["width"] <= edge["x"] + edge["width"]
            is_cut = "cell => cell.scrollWidth > cell.clientWidth + 1"
            assert not cell.evaluate(is_cut), (card, column)


@pytest.mark.parametrize(
    ("place", "title", "card"),
    [("/finance", "Balance by month", "balance"), ("customer", "Charges", "charges")],
)
def test_links_lead_down_a_long_page_on_a_phone(
    phone: Visit, busy: Row, place: str, title: str, card: str
) -> None:
    page = phone(of(busy) if place == "customer" else place)
    links = page.get_by_role("navigation", name="On this page")
    links.get_by_role("link", name=title, exact=True).click()
    page.wait_for_url(f"**#{card}")
    expect(page.locator(f"[data-card={card}] h2")).to_be_in_viewport()
    page.set_viewport_size({"width": 1360, "height": 900})
    expect(links).to_be_hidden()


def test_on_a_phone_rows_are_cards(phone: Visit, busy: Row, charges: list[Row]) -> None:
    page = phone(of(busy))
    card = page.locator("[data-card=charges]")
    cards = card.locator(".row-card")
    expect(cards).to_have_count(3)
    expect(card.locator(".ag-root-wrapper")).to_be_hidden()
    keys = card.locator(".row-title")
    assert [text.split()[-1] for text in keys.all_inner_texts()] == ids(charges)[:3]
    expect(cards.first).to_contain_text("Status")

    card.get_by_label("Sorted by").select_option(label="Amount")
    card.get_by_role("button", name="Reverse").click()
    amounts = sorted(charges, key=lambda row: -row["attempted_amount"])
    highest = {row["attempted_amount"] for row in amounts[:1]}
    first = keys.first.inner_text().split()[-1]
    assert {
        row["attempted_amount"] for row in charges if row["charge_id"] == first
    } == (highest)
    card.get_by_role("button", name="more of").click()
    expect(cards).to_have_count(min(len(charges), 28))

    invoice = card.locator(".row-card a[href^='/invoice']").first
    invoice.click()
    page.wait_for_url("**/invoice?invoice_id=*")
    expect(page.get_by_role("link", name="← Customer Lookup")).to_be_visible()


def test_on_a_phone_explore_is_cards_that_links_sort(phone: Visit) -> None:
    page = phone("/explore")
    card = page.locator("[data-card=rows]")
    expect(card.locator(".row-card")).to_have_count(5)
    newest = card.locator(".row-card").first.text_content() or ""
    card.get_by_label("Sorted by").select_option(label="Attempted amount")
    page.wait_for_url("**sort=attempted_amount**")
    expect(card.locator(".row-card").first).not_to_have_text(newest)
    card.get_by_role("button", name="Reverse").click()
    page.wait_for_url("**sort=-attempted_amount**")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


def test_paper_has_all_rows(visit: Visit, busy: Row, charges: list[Row]) -> None:
    page = visit(of(busy))
    shown = page.locator("[data-card=charges] .ag-center-cols-container .ag-row")
    expect(shown).to_have_count(10)

    text = "".join(paper_of(page).split())

    assert [one for one in ids(charges) if one not in text] == []
    # On the screen, and to who listens, there is one table.
    expect(page.locator("[data-card=charges] .on-paper")).to_be_hidden()
    expect(shown.first).to_be_visible()


def test_paper_says_what_it_leaves_out(visit: Visit) -> None:
    page = visit("/explore")
    note = "Only these rows are on paper"
    expect(page.get_by_text(note)).to_be_hidden()
    assert note in paper_of(page)


def test_a_long_table_is_cut_on_paper_and_says_so(visit: Visit) -> None:
    page = visit("/finance")
    expect(page.locator("[data-card=top_customers] .ag-row").first).to_be_visible()
    page.evaluate(
        """() => {
          const id = { name: "top_customers", type: "table" };
          const api = dash_ag_grid.getApi(id);
          const row = api.getDisplayedRowAtIndex(0).data;
          const rows = Array.from({ length: 1003 }, () => ({ ...row }));
          api.setGridOption("rowData", rows);
        }"""
    )
    page.emulate_media(media="print")
    table = page.locator("[data-card=top_customers] .on-paper")
    expect(table.locator("tbody tr")).to_have_count(1000)
    expect(table).to_contain_text("3 more rows are left out on paper")
    page.emulate_media(media="screen")


def test_the_first_column_is_the_pinned_one() -> None:
    columns = [Column("key", "Key"), Column("stripe", "Stripe", pinned="right")]
    made = table_card("Table", columns, [{"key": "a", "stripe": "b"}], name="table")
    grid = next(one for one in made._traverse() if hasattr(one, "columnDefs"))
    assert [one["pinned"] for one in grid.columnDefs] == ["left", "right"]
