"""How often a build reads its raw tables, from the plans of its models.

A view is expanded wherever it is read, so a raw table that one staging model reads may
be scanned dozens of times in one build.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from benchmark.timings import Timing

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
                for table in scanned(plan):
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


def scanned(plan: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Schema and name of every table that a plan scans, as often as it does."""
    for node in plan:
        table = node.get("extra_info", {}).get("Table", "")
        *_, schema, name = ["", "", *table.replace('"', "").split(".")]
        if name:
            yield schema, name
        yield from scanned(node.get("children", []))
