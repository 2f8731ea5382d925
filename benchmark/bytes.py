"""What the last build would read on BigQuery, which bills the columns that it reads.

A dry sum, without BigQuery: which columns of which tables each model and test reads is
in DuckDB's plans, which look through views as BigQuery does. A table counts once in a
query, however often it is read there, and for no less than BigQuery's minimum.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from benchmark.scans import Table, scanned

# Bytes of a value; null has none, a text two and its own.
SIZES = {"BIGINT": 8, "INTEGER": 8, "DOUBLE": 8, "BOOLEAN": 1, "DATE": 8}
TIMESTAMP, DECIMAL, TEXT = 8, 32, "2 + octet_length(encode({column}))"
MINIMUM = 10 * 1024**2
TIB = 1024**4
KINDS = {"model": "models", "test": "tests", "snapshot": "snapshots"}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="benchmark.bytes",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--database", type=Path, default=Path("warehouse.duckdb"))
    parser.add_argument("--target-path", type=Path, default=Path("target"))
    parser.add_argument(
        "--dollars-per-tib", type=float, default=6.25, help="default %(default)s"
    )
    given = parser.parse_args()
    manifest = given.target_path / "manifest.json"
    for needed in (given.database, manifest):
        if not needed.exists():
            print(f"error: there is no {needed}: run make build.", file=sys.stderr)
            return 1
    nodes = json.loads(manifest.read_text())["nodes"].values()
    with duckdb.connect(str(given.database), read_only=True) as connection:
        report(read_bytes(connection, nodes), given.dollars_per_tib)
    return 0


def read_bytes(
    connection: duckdb.DuckDBPyConnection, nodes: Iterator[dict[str, Any]]
) -> dict[str, dict[str, list[int]]]:
    """Kind -> node -> bytes of each table that it reads."""
    sizes: dict[Table, dict[str, int]] = {}
    found: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for node in nodes:
        if not node.get("compiled_code") or node["resource_type"] not in KINDS:
            continue
        if node["config"]["materialized"].startswith("view"):
            continue  # Made without reading.
        text = connection.execute(f"explain (format json) {node['compiled_code']}")
        columns: dict[Table, set[str]] = defaultdict(set)
        for _, plan in text.fetchall():
            for table, names in scanned(json.loads(plan)):
                columns[table] |= names
        for table in columns:
            if table not in sizes:
                sizes[table] = column_sizes(connection, table)
        found[KINDS[node["resource_type"]]][node["name"]] = [
            sum(sizes[table].get(name, 0) for name in names)
            for table, names in columns.items()
        ]
    return found


def column_sizes(connection: duckdb.DuckDBPyConnection, table: Table) -> dict[str, int]:
    """Column -> bytes of all its values."""
    types = connection.execute(
        "select column_name, data_type from information_schema.columns "
        "where table_schema = ? and table_name = ?",
        list(table),
    ).fetchall()
    sums = ", ".join(
        f"coalesce(sum({value_size(name, kind)}), 0)::bigint" for name, kind in types
    )
    schema, name = table
    counted = connection.execute(f'select {sums} from "{schema}"."{name}"').fetchone()
    return dict(zip((name for name, _ in types), counted or (), strict=True))


def value_size(name: str, kind: str) -> str:
    """Expression for the bytes of one value."""
    column = f'"{name}"'
    if kind.startswith("DECIMAL"):
        size: int | str = DECIMAL
    elif kind.startswith("TIMESTAMP"):
        size = TIMESTAMP
    else:
        size = SIZES.get(kind, TEXT.format(column=f"cast({column} as varchar)"))
    return f"case when {column} is not null then {size} end"


def report(found: dict[str, dict[str, list[int]]], price: float) -> None:
    print(f"{'':28}{'queries':>8}{'tables':>8}{'read, MiB':>12}{'billed, MiB':>13}")
    in_all = [0, 0, 0, 0]
    for kind, nodes in found.items():
        tables = [size for sizes in nodes.values() for size in sizes]
        billed = sum(max(size, MINIMUM) for size in tables)
        row = [len(nodes), len(tables), sum(tables), billed]
        line(kind, row)
        in_all = [a + b for a, b in zip(in_all, row, strict=True)]
    line("in all", in_all)
    read, billed = (price * size / TIB for size in in_all[2:])
    print(
        f"\nAt {price} dollars a TiB: {read:.4f} dollars a build for what is read, "
        f"{billed:.4f} as"
        "\nbilled, for each table of a query counts for 10 MiB at least."
        "\n\nThe models that read most, MiB:"
    )
    models = {name: sum(sizes) for name, sizes in found["models"].items()}
    for name in sorted(models, key=lambda name: -models[name])[:10]:
        print(f"  {name:60}{models[name] / 1024**2:10.2f}")


def line(kind: str, row: list[int]) -> None:
    queries, tables, read, billed = row
    mib = 1024**2
    print(f"{kind:28}{queries:8}{tables:8}{read / mib:12.1f}{billed / mib:13,.0f}")


if __name__ == "__main__":
    sys.exit(main())
