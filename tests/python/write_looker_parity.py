"""Write docs/looker_parity.md: every tile of the 2016 block, answered and checked.

Reads a built DuckDB file of the sample account, computes the same marts a second time
from its raw tables with the reference computation of tests/python, and says tile by
tile which column answers it, its figure by both, and whether all its rows agree.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import yaml
from reference import CONTRACT_KEYS, PEOPLE_KEYS, Settings, compute

ROOT = Path(__file__).resolve().parents[2]

KEYS = CONTRACT_KEYS | PEOPLE_KEYS
TILES = ROOT / "tests" / "python" / "looker_tiles.yml"
EXPOSURES = ROOT / "models" / "marts" / "exposures.yml"
DOCUMENT = ROOT / "docs" / "looker_parity.md"
CURRENCY = "usd"
INTRODUCTION = """\
# Looker parity

What each tile of the 2016 Looker block "Stripe by Segment" is answered by, on the small
sample account as of {as_of}. Written by `make parity`; do not edit.

Figures are in {currency}, over the account's whole life: counts, amounts and sums of
days are added up; of a rate, a mean or a change the last one stands here; of other
columns, how many rows have a value (of a flag: how many say yes). "Agree" compares
every row of the column in every currency with the reference computation, to the last
digit.
"""
Rows = list[dict[str, Any]]
Key = tuple[Any, ...]


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--database", type=Path, required=True, help="DuckDB file, built by dbt")
    add("--as-of", type=date.fromisoformat, required=True, help="as it was built for")
    add("--output", type=Path, default=DOCUMENT, help="file to write")
    return parser.parse_args()


def rows_of(connection: duckdb.DuckDBPyConnection, relation: str) -> Rows:
    """All rows of a table, as dicts."""
    cursor = connection.execute(f"select * from {relation}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def raw_tables(connection: duckdb.DuckDBPyConnection, schema: str) -> dict[str, Rows]:
    """Every raw table of a source: collection -> rows."""
    names = connection.execute(
        "select table_name from duckdb_tables() where schema_name = ?", [schema]
    ).fetchall()
    return {name: rows_of(connection, f'{schema}."{name}"') for (name,) in names}


def answers() -> dict[tuple[str, str], Mapping[str, Any]]:
    """(dashboard, tile) -> its mart and columns, as exposures.yml says."""
    exposures = yaml.safe_load(EXPOSURES.read_text())["exposures"]
    return {
        (exposure["name"], tile["tile"]): tile
        for exposure in exposures
        for tile in exposure["config"]["meta"]["tiles"]
    }


def tiles() -> list[tuple[str, str, Mapping[str, Any]]]:
    """Where the block had a tile, the dashboard that answers it, and the tile."""
    listed = yaml.safe_load(TILES.read_text())
    return [
        (place, tile.get("answered_in", place), tile)
        for place, group in listed.items()
        for tile in group
    ]


def figure(rows: Sequence[Mapping[str, Any]], mart: str, column: str) -> str:
    """One figure for a column: its sum, its last value, or how many rows have one."""
    rows = [row for row in rows if row.get("currency", CURRENCY) == CURRENCY]
    present = [row for row in rows if row[column] is not None]
    if not present:
        return "none"
    value = present[0][column]
    if isinstance(value, bool):
        return f"{sum(row[column] for row in present)} yes"
    if not isinstance(value, int | Decimal):
        return f"{len(present)} rows"
    if column.startswith(("mean_", "days_")) or column.endswith(("_rate", "_change")):
        if column.startswith("days_"):
            return f"{len(present)} rows"
        last = max(present, key=lambda row: row[period_of(mart)])
        return text(last[column])
    return text(sum(row[column] for row in present))


def period_of(mart: str) -> str:
    """The column of a mart that says which day, week or month a row is."""
    (name,) = [key for key in KEYS[mart] if key.startswith("reporting_")]
    return name


def text(value: int | Decimal) -> str:
    """A number without zeros that say nothing."""
    if isinstance(value, Decimal):
        value = value.normalize() if value else Decimal(0)
        return f"{value:,f}"
    return f"{value:,}"


def column_by_key(rows: Rows, mart: str, column: str) -> dict[Key, Any]:
    """Key of a row -> its value in the column."""
    keys = KEYS[mart]
    found = {tuple(row[key] for key in keys): row[column] for row in rows}
    assert len(found) == len(rows), f"{mart} repeats a key"
    return found


def line(
    place: str,
    tile: Mapping[str, Any],
    answer: Mapping[str, Any],
    built: Mapping[str, Rows],
    expected: Mapping[str, Rows],
) -> list[str]:
    """The document's lines on one tile: one per column."""
    lines = []
    mart, wrong = answer["mart"], tile.get("wrong", "")
    for number, column in enumerate(answer["columns"]):
        same = column_by_key(built[mart], mart, column) == column_by_key(
            expected[mart], mart, column
        )
        cells = [
            place if number == 0 else "",
            tile["tile"] if number == 0 else "",
            f"`{mart}.{column}`",
            figure(built[mart], mart, column),
            figure(expected[mart], mart, column),
            "yes" if same else "**no**",
            wrong if number == 0 else "",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def document(database: Path, as_of: date) -> str:
    """The whole document, for the account in a built DuckDB file."""
    with duckdb.connect(str(database), read_only=True) as connection:
        marts = {answer["mart"] for answer in answers().values()}
        built = {mart: rows_of(connection, f"analytics.{mart}") for mart in marts}
        expected = compute(
            {"stripe": raw_tables(connection, "stripe")},
            Settings(as_of=as_of),
            {"website": raw_tables(connection, "website")},
        )
    lines = [
        INTRODUCTION.format(as_of=as_of, currency=CURRENCY),
        "| block | tile | answered by | mart | reference | agree | the block's fault |",
        "|---|---|---|---|---|---|---|",
    ]
    for place, dashboard, tile in tiles():
        name = place.replace("_", " ")
        if elsewhere := tile.get("documented"):
            lines.append(
                f"| {name} | {tile['tile']} | [{elsewhere}](../{elsewhere}) "
                f"| | | | {tile['wrong']} |"
            )
        else:
            answer = answers()[dashboard, tile["tile"]]
            lines += line(name, tile, answer, built, expected)
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the document; 0 if every figure agrees, 1 if one does not."""
    given = arguments()
    if not given.database.is_file():
        print(f"error: {given.database} is not there: run make parity", file=sys.stderr)
        return 2
    words = document(given.database, given.as_of)
    given.output.write_text(words)
    wrong = words.count("**no**")
    print(f"{given.output}: {wrong} of {words.count('| yes |') + wrong} columns differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
