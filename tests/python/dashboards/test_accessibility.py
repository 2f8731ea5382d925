"""Everybody can use the pages: by keyboard, by ear, on paper and from far away."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from harness.browser import Visit, drawn, watched
from playwright.sync_api import Browser, Page, expect

from dashboards.warehouse.duckdb_copy import DuckdbCopy

WIDE, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}
# Over the wire, for somebody who comes for the first time.
MOST_BYTES = 1_500_000
PLACES = [
    *("/", "/finance", "/customer", "/invoice", "/explore", "/revenue"),
    *("/lifetime-value", "/month-end", "/search?q=a", "/nowhere"),
    "/customer?customer_id={customer}",
    "/invoice?invoice_id={invoice}",
]
BUSIEST = """
select customer_id as customer, invoice_id as invoice
from invoice_lookup
order by charge_count desc, invoice_id
limit 1
"""


@pytest.fixture(scope="session")
def busiest(warehouse: DuckdbCopy) -> dict[str, str]:
    """An invoice with the most charges, and a customer who has one."""
    return warehouse.query(BUSIEST)[0]


@pytest.fixture
def newcomer(browser: Browser) -> Iterator[Page]:
    """A page with nothing in its cache."""
    with watched(browser, color_scheme="light", viewport=WIDE) as page:
        yield page


@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing(visit: Visit, busiest: dict[str, str], place: str) -> None:
    page = visit(place.format(**busiest))
    # Colours fade into each other, and slowly where the machine is busy.
    page.add_style_tag(content="* { transition: none !important; }")
    found = []
    # Each colour and each size once: one of both would find nothing that these do not.
    for scheme, size in (("dark", WIDE), ("light", PHONE)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        page.wait_for_timeout(300)
        found += [
            f"{scheme}, {size['width']} wide: {fault['help']}: {node['html'][:200]}"
            for fault in Axe().run(page).response["violations"]
            for node in fault["nodes"]
        ]
    assert found == []


def test_the_first_visit_takes_few_bytes(newcomer: Page, dashboards: str) -> None:
    taken = []
    devtools = newcomer.context.new_cdp_session(newcomer)
    devtools.send("Network.enable")
    devtools.on(
        "Network.loadingFinished",
        lambda event: taken.append(event["encodedDataLength"]),
    )

    newcomer.goto(f"{dashboards}/finance")
    drawn(newcomer)

    assert 100_000 < sum(taken) < MOST_BYTES


def test_tables_are_read_and_sorted_by_keyboard(visit: Visit) -> None:
    page = visit("/finance")
    table = page.locator("[data-card=top_customers]")
    header = table.get_by_role("columnheader", name="Net")

    header.focus()
    page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "ascending")
    table.locator(".ag-cell:has(a[href])").first.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/customer"))


def test_a_table_is_one_stop_of_tab(visit: Visit) -> None:
    page = visit("/finance")
    rows = page.locator("[data-card=failure_reasons] .ag-root")
    expect(rows.locator(".ag-row a").first).to_be_visible()
    is_inside = "rows => rows.contains(document.activeElement)"

    page.locator("[data-card=failure_reasons] .csv").focus()
    page.keyboard.press("Tab")
    assert rows.evaluate(is_inside)
    page.keyboard.press("ArrowDown")
    expect(rows.locator(".ag-cell-focus")).to_be_visible()
    page.keyboard.press("Tab")
    assert not rows.evaluate(is_inside)
    page.keyboard.press("Shift+Tab")
    assert rows.evaluate(is_inside)
    page.keyboard.press("Shift+Tab")
    expect(page.locator("[data-card=failure_reasons] .csv")).to_be_focused()


def test_a_heading_of_explore_sorts_by_enter(visit: Visit) -> None:
    page = visit("/explore")
    page.locator(".ag-header-cell[col-id=net_amount]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=net_amount**")


def test_paper_has_nothing_to_click(visit: Visit) -> None:
    page = visit("/finance")

    page.emulate_media(media="print")

    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    expect(page.locator(".choosers")).to_be_hidden()
    expect(page.locator("[data-card=failure_reasons]")).to_be_visible()
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("h1")).to_have_css("color", "rgb(26, 34, 51)")
