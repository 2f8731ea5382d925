"""How often a build reads its raw tables, from the plans of its models.

A view is expanded wherever it is read, so a raw table that one staging model reads may
be scanned dozens of times in one build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from benchmark.timings import Timing

Table = tuple[str, str]

ROWS = "select schema_name, table_name, estimated_size from duckdb_tables()"


def raw_scans(
    database: Path, models: list[Timing], schemas: list[str]
) -> dict[str, Any]:
    """Scans and rows scanned in all and by raw table, and how many rows there are."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = {
            (schema, table): count
            for schema, table, count in connection.execute(ROWS).fetchall()
            if schema in schemas
        }
        scans = dict.fromkeys(rows, 0)
        for model in models:
            if not model.sql:
                continue
            plans = connection.execute(f"explain (format json) {model.sql}").fetchall()
            for plan in (json.loads(text) for _, text in plans):
                for table, _ in scanned(plan):
                    if table in scans:
                        scans[table] += 1
    return {
        "rows": sum(rows.values()),
        "scans": sum(scans.values()),
        "rows_scanned": sum(rows[table] * count for table, count in scans.items()),
        "by_table": {
            ".".join(table): count
            for table, count in sorted(scans.items(), key=lambda item: -item[1])
            if count
        },
    }


def scanned(plan: list[dict[str, Any]]) -> Iterator[tuple[Table, set[str]]]:
    """Every table that a plan scans, and the columns that are read of it."""
    for node in plan:
        said = node.get("extra_info", {})
        *_, schema, name = ["", "", *said.get("Table", "").replace('"', "").split(".")]
        if name:
            filters = " ".join(listed(said.get("Filters", [])))
            names = {
                column.strip('"') for column in listed(said.get("Projections", []))
            }
            yield (
                (schema, name),
                names | set(re.findall(r"\w+", filters)),
            )
        yield from scanned(node.get("children", []))


def listed(value: str | list[str]) -> list[str]:
    """DuckDB writes one name as a text, and several as a list."""
    return [value] if isinstance(value, str) else value
