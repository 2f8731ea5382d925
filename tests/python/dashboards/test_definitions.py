"""What a figure means is one hover or one Tab away, in the mart's own words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from harness.browser import Visit, drawn_by_server
from harness.project import Project
from playwright.sync_api import expect

from dashboards.app import PAGES
from dashboards.text.definitions import definition, known_definition, readable
from dashboards.warehouse.duckdb_copy import DuckdbCopy

EXAMPLES = {
    "/customer": ("customer_id", "customer_lookup"),
    "/invoice": ("invoice_id", "invoice_lookup"),
}
NUMERIC = re.compile(r"ag-right-aligned-cell")


def drawn_parts(warehouse: DuckdbCopy, address: str) -> Iterator[dict[str, Any]]:
    """The properties of every component of a page, as the server sends it."""
    waiting = [json.loads(drawn_by_server(warehouse, address))]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            part = list(part.values())
        if isinstance(part, list):
            waiting += part


def pages_with_figures(warehouse: DuckdbCopy) -> list[str]:
    addresses = [page.path for page in PAGES]
    for path, (key, mart) in EXAMPLES.items():
        sql = f"select {key} as id from {mart} order by outstanding_amount desc limit 1"
        addresses.append(f"{path}?{key}={warehouse.query(sql)[0]['id']}")
    return addresses


def test_every_tile_and_every_column_of_figures_has_its_definition(
    warehouse: DuckdbCopy,
) -> None:
    without, seen = [], 0
    for address in pages_with_figures(warehouse):
        for part in drawn_parts(warehouse, address):
            if part.get("className") == "tile":
                seen += 1
                if "aria-description" not in json.dumps(part["children"][0]):
                    without.append((address, part["data-tile"]))
            if part.get("className") == "card" and "columnDefs" in json.dumps(part):
                meanings = json.loads(part.get("data-definitions", "{}"))
                figures = figure_columns(part)
                seen += len(figures)
                without += [(address, f) for f in figures if not meanings.get(f)]
    assert without == []
    assert seen > 100


def figure_columns(card: dict[str, Any]) -> list[str]:
    """The columns of a card's table that hold figures."""
    grid = next(
        part["props"]
        for part in card["children"]
        if isinstance(part, dict) and "columnDefs" in part.get("props", {})
    )
    return [
        column["field"]
        for column in grid["columnDefs"]
        if NUMERIC.search(column.get("cellClass", ""))
    ]


def test_a_definition_is_what_dbt_says_of_the_column(project: Project) -> None:
    """The YAML is read without dbt, and yet as dbt reads it."""
    nodes = project.manifest.nodes.values()
    marts = [node for node in nodes if "marts" in node.fqn and node.columns]
    assert len(marts) > 30
    for mart in marts:
        for name, column in mart.columns.items():
            meant = readable(column.description)
            assert definition(mart.name, name) == meant, (mart.name, name)


def test_what_there_is_not_has_no_definition() -> None:
    assert known_definition(None, "currency") is None
    assert known_definition("customer_lookup", "nothing") is None
    with pytest.raises(KeyError):
        definition("customer_lookup", "nothing")


def test_names_are_said_in_words() -> None:
    assert readable("`refund_count` ÷ days_1_30 of\n  1_30") == (
        "refund count ÷ days 1_30 of 1_30"
    )


def test_a_hover_and_a_focus_show_it_and_escape_hides_it(visit: Visit) -> None:
    page = visit("/")
    bubble = page.get_by_role("tooltip")
    volume = definition("executive_summary_daily", "net_volume_amount")
    label = page.locator("[data-tile=net_volume_amount] .defined")
    expect(bubble).to_have_count(0)

    label.hover()
    expect(bubble).to_have_text(volume)
    page.keyboard.press("Escape")
    expect(bubble).to_have_count(0)

    page.locator("[data-tile=net_charge_amount] .tile-value a").focus()
    page.keyboard.press("Tab")
    expect(label).to_be_focused()
    expect(bubble).to_have_text(volume)
    expect(label).to_have_accessible_description(volume)
    box = bubble.bounding_box()
    assert box and box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    page.keyboard.press("Tab")  # the figure, which leads to its rows
    page.keyboard.press("Tab")
    expect(bubble).to_have_text(
        definition("executive_summary_daily", "charge_success_rate")
    )


def test_a_table_s_heading_shows_it_by_mouse_and_by_keyboard(visit: Visit) -> None:
    page = visit("/finance")
    bubble = page.get_by_role("tooltip")
    fees = definition("balance_activity_monthly", "fee_amount")
    table = page.locator("[data-card=balance_categories]")
    heading = table.locator(".ag-header-cell[col-id=fee_amount]")

    heading.hover()
    expect(bubble).to_have_text(fees)
    page.locator("h1").hover()
    expect(bubble).to_have_count(0)

    table.locator(".ag-header-cell").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(heading).to_be_focused()
    expect(bubble).to_have_text(fees)
