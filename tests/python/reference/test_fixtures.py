"""The reference computation against answers that were worked out by hand."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from harness.cases import Case, read_case
from harness.compare import differences
from harness.schema import collections

from reference import Account, Settings, compute

FIXTURES = Path(__file__).parents[1] / "fixtures"
CASES = [read_case(path) for path in sorted(FIXTURES.glob("*.yml"))]
READERS = {
    "integer": int,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "numeric": Decimal,
    "string": str,
    "timestamp": datetime.fromisoformat,
}


def value(collection: str, column: str, text: str | None) -> Any:
    """A cell of a raw table, of the type that Segment delivers."""
    if text is None:
        return None
    if column in ("received_at", "uuid_ts"):
        return datetime.fromisoformat(text)
    if text.isdigit() and column == "created":
        return int(text)
    return READERS[collections()[collection][column].type](text)


def accounts(case: Case) -> dict[str, Account]:
    """The raw tables of a case, by source."""
    return {
        schema: {
            name: [{c: value(name, c, cell) for c, cell in r.items()} for r in rows]
            for name, rows in tables.items()
        }
        for schema, tables in case.schemas.items()
    }


def settings(case: Case) -> Settings:
    """The variables of a case."""
    known = {k: v for k, v in case.variables.items() if k != "stripe_sources"}
    return Settings(**known | {"as_of": date.fromisoformat(str(known["as_of"]))})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reference_gives_the_answers_of(case: Case) -> None:
    marts = compute(accounts(case), settings(case))
    for mart, expected in case.expected.items():
        assert differences(expected, marts[mart]) == [], mart
