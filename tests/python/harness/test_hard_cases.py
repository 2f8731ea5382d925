"""Every hard case of payments, invoices, customers and time has an answer by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.cases import read_case
from harness.hard_cases import HARD_CASES

FIXTURES = {
    path.stem: read_case(path)
    for path in (Path(__file__).parents[1] / "fixtures").glob("*.yml")
}


@pytest.mark.parametrize("case", HARD_CASES)
def test_some_fixture_covers(case: str) -> None:
    covering = [name for name, fixture in FIXTURES.items() if case in fixture.covers]
    assert covering


@pytest.mark.parametrize("name", FIXTURES)
def test_covers_known_cases_only(name: str) -> None:
    assert set(FIXTURES[name].covers) <= set(HARD_CASES)
