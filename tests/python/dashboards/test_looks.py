"""Every page in light, in dark and on a phone, written down for people to look at.

The pictures are in build/screenshots.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from harness.browser import PHONE, Visit
from harness.project import ROOT
from playwright.sync_api import Page, expect

from dashboards.address import address
from dashboards.app import PAGES
from dashboards.warehouse.duckdb_copy import DuckdbCopy

FOLDER = ROOT / "build" / "screenshots"
# Figures of tiles that do not fit.
CUT = """
[...document.querySelectorAll(".tile-value")]
  .filter((one) => one.scrollWidth > one.clientWidth)
  .map((one) => one.textContent)
"""
# One thing to show, for the pages that show one thing.
EXAMPLES = {
    "/customer": (
        "customer_id",
        "select customer_id as id from customer_lookup"
        " order by gross_charge_amount desc, customer_id limit 1",
    ),
    "/invoice": (
        "invoice_id",
        "select invoice_id as id from invoice_lookup"
        " order by charge_count desc, invoice_id limit 1",
    ),
}


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_page_fits_and_is_written_down(
    visit: Visit, warehouse: DuckdbCopy, path: str
) -> None:
    page = visit(example(warehouse, path))
    expect(page.locator("#page .state")).to_have_count(0)
    page.set_viewport_size({"width": 1360, "height": 900})
    shoot(page, path, "light")
    page.emulate_media(color_scheme="dark")
    shoot(page, path, "dark")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    shoot(page, path, "phone")
    for tile in page.locator(".tile-value").all()[:1]:
        expect(tile).to_be_in_viewport()


def example(warehouse: DuckdbCopy, path: str) -> str:
    if path not in EXAMPLES:
        return path
    name, sql = EXAMPLES[path]
    return address(path, **{name: warehouse.query(sql)[0]["id"]})


def shoot(page: Page, path: str, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)  # charts draw themselves for some moments
    file: Path = FOLDER / f"{path.strip('/') or 'executive-summary'}-{name}.png"
    page.screenshot(path=file, full_page=True)
    assert page.evaluate(CUT) == [], "figures are cut"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], "the page scrolls sideways"
