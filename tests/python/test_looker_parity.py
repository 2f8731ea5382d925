"""Every tile of the 2016 Looker block has a mart column, and the document says so."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from harness.project import AS_OF, ROOT
from write_looker_parity import DOCUMENT, answers, document, tiles

MODELS = ROOT / "models"
# How many tiles the block had, by group.
COUNTS = {
    "executive_summary": 14,
    "finance_operations": 14,
    "customer_lookup": 5,
    "invoice_lookup": 6,
    "explores": 2,
    "promises": 4,
}


def columns_of(mart: str) -> set[str]:
    """The columns of a mart's contract; none where there is no such mart."""
    names: set[str] = set()
    for path in (MODELS / "marts").rglob(f"{mart}.yml"):
        (model,) = yaml.safe_load(path.read_text())["models"]
        names |= {column["name"] for column in model["columns"]}
    return names


@pytest.mark.parametrize(
    ("place", "dashboard", "tile"),
    [pytest.param(*row, id=f"{row[0]}: {row[2]['tile']}") for row in tiles()],
)
def test_a_tile_has_a_mart_column(place: str, dashboard: str, tile: dict) -> None:
    if "documented" in tile:
        assert (ROOT / tile["documented"]).is_file()
        return
    answer = answers()[dashboard, tile["tile"]]
    assert answer["columns"]
    assert set(answer["columns"]) <= columns_of(answer["mart"])


def test_no_tile_of_the_block_is_left_out() -> None:
    places = [place for place, _, _ in tiles()]
    assert {place: places.count(place) for place in places} == COUNTS


def test_every_answer_is_one_to_a_tile() -> None:
    asked = [(dashboard, tile["tile"]) for _, dashboard, tile in tiles()]
    assert set(answers()) <= set(asked)
    assert len(set(asked)) == len(asked)


def test_a_dashboard_depends_on_the_marts_of_its_tiles() -> None:
    exposures = yaml.safe_load((MODELS / "marts" / "exposures.yml").read_text())
    for exposure in exposures["exposures"]:
        marts = {tile["mart"] for tile in exposure["config"]["meta"]["tiles"]}
        assert {f"ref('{mart}')" for mart in marts} <= set(exposure["depends_on"])


def test_the_document_is_current(built_sample: Path, database: Path) -> None:
    # dbt keeps the built file open, and DuckDB opens a file in one mode at a time.
    shutil.copy(built_sample, database)
    words = document(database, date.fromisoformat(AS_OF))
    assert "**no**" not in words
    assert DOCUMENT.read_text() == words, "run make parity"
