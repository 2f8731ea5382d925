"""What docs/dashboards.md says an address may say, tried on the pages."""

from __future__ import annotations

import re

import pytest
from harness.browser import drawn_by_server
from harness.project import ROOT

from dashboards.address import address, read_state
from dashboards.app import PAGES
from dashboards.warehouse.duckdb_copy import DuckdbCopy

TEXT = (ROOT / "docs" / "dashboards.md").read_text()
SECTION = TEXT.partition("## What an address may say")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| (`/.*?) \| `(\w+)` \| `(.+?)` \|", SECTION, re.MULTILINE)
PARTS = [
    (path, part, example)
    for paths, part, example in ROWS
    for path in re.findall("`(.+?)`", paths)
]
READ = re.compile(r"""state\.get\(\s*"(\w+)"|state\["(\w+)"\]""")
# What a page shows nothing without, by the SQL of one.
OF_ONE = {
    "/customer": ("customer_id", "select min(customer_id) as id from customer_lookup"),
    "/search": ("q", "select '@example' as id"),
    "/invoice": ("invoice_id", "select min(invoice_id) as id from invoice_lookup"),
}


@pytest.fixture
def of_one(owned: DuckdbCopy) -> dict[str, dict[str, str]]:
    return {
        path: {part: owned.query(sql)[0]["id"]} for path, (part, sql) in OF_ONE.items()
    }


def test_all_that_pages_read_of_an_address_is_listed() -> None:
    sources = [path.read_text() for path in (ROOT / "dashboards").rglob("*.py")]
    read = {name for text in sources for found in READ.findall(text) for name in found}
    assert {part for _, part, _ in PARTS} == read - {""}
    assert {path for path, _, _ in PARTS} == {page.path for page in PAGES}


@pytest.mark.parametrize(("path", "part", "example"), PARTS)
def test_a_part_that_is_listed_chooses(
    *,
    owned: DuckdbCopy,
    of_one: dict[str, dict[str, str]],
    path: str,
    part: str,
    example: str,
) -> None:
    """Its example is found, and what is not there is not: so the page reads it."""
    usual = of_one.get(path, {})
    # `cus_…` stands for the id of one.
    said = {part: example} if not example.endswith("_…") else {}
    if (path, part) == ("/customer", "currency"):
        sql = "select currency from customer_lookup where customer_id = ? limit 1"
        said = owned.query(sql, [usual["customer_id"]])[0]
    found, missing = (
        drawn_by_server(owned, address(path, **{**usual, **state}))
        for state in (said, {part: "nonsense"})
    )
    states = re.findall('"data-state":"([a-z-]+)"', found)
    assert states == []
    assert '"data-state":"not-found"' in missing


def test_a_currency_may_be_in_capitals() -> None:
    assert read_state("?currency=USD&q=AB") == {"currency": "usd", "q": "AB"}
