"""The reference computation against answers that were worked out by hand."""

from collections.abc import Iterable
from dataclasses import fields
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
# Of advertising and of exchange rates.
OWN_TABLES = ("ad_spend", "rates")
# Columns that Segment does not document and that are no text.
FLAGS = ("is_deleted",)


def value(collection: str, column: str, text: str | None) -> Any:
    """A cell of a raw table, of the type that Segment delivers."""
    if text is None or text == "":
        return text
    if column in ("received_at", "uuid_ts"):
        return datetime.fromisoformat(text)
    if text.isdigit() and column == "created":
        return int(text)
    if column in FLAGS:
        return READERS["boolean"](text)
    known = collections()[collection].get(column)
    return READERS[known.type if known else "string"](text)


def value_of(table: str, column: str, text: str | None) -> Any:
    """A cell of a table of events, of advertising or of rates."""
    if text is None or text == "":
        return text
    if column in ("received_at", "timestamp", "original_timestamp", "created_at"):
        return datetime.fromisoformat(text)
    if table in OWN_TABLES and column in ("date", "spend", "rate"):
        return (date.fromisoformat if column == "date" else Decimal)(text)
    return text


def tables(case: Case, schemas: Iterable[str], read: Any) -> dict[str, Account]:
    """Raw tables of a case, by source."""
    return {
        schema: {
            name: [{c: read(name, c, cell) for c, cell in r.items()} for r in rows]
            for name, rows in case.schemas[schema].items()
        }
        for schema in schemas
    }


def settings(case: Case) -> Settings:
    """The variables of a case."""
    names = {field.name for field in fields(Settings)}
    known = {k: v for k, v in case.variables.items() if k in names}
    return Settings(**known | {"as_of": date.fromisoformat(str(known["as_of"]))})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reference_gives_the_answers_of(case: Case) -> None:
    marts = compute(
        tables(case, case.accounts, value),
        settings(case),
        tables(case, case.event_sources, value_of),
        *(
            [
                row
                for rows in tables(case, case.others, value_of).values()
                for row in rows.get(table, ())
            ]
            for table in OWN_TABLES
        ),
    )
    for mart, expected in case.expected.items():
        assert differences(expected, marts[mart]) == [], mart
