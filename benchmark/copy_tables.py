"""Copy the tables of a DuckDB file as they are, and print what that cost.

The least that any build can cost: every raw row read and written once (the schemas
that Segment loads), and every row that people read written once (the marts).
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import duckdb

TABLES = """
    select schema_name, table_name from duckdb_tables()
    where database_name = 'source' and list_contains(?, schema_name)
    order by all
"""


def copy_tables(
    source: Path, schemas: list[str], settings: dict[str, str]
) -> dict[str, float]:
    """Copy into a file beside it that is removed again; seconds, tables and rows."""
    copy = source.with_name("copy.duckdb")
    copy.unlink(missing_ok=True)
    rows = 0
    with duckdb.connect(str(copy)) as connection:
        for name, value in settings.items():
            connection.execute(f"set {name} = '{value}'")
        connection.execute(f"attach '{source}' as source (read_only)")
        tables = connection.execute(TABLES, [schemas]).fetchall()
        began, busy = time.perf_counter(), time.process_time()
        for schema, table in tables:
            connection.execute(f"create schema if not exists {schema}")
            (count,) = connection.execute(
                f'create table {schema}."{table}" as from source.{schema}."{table}"'
            ).fetchone()
            rows += count
        connection.execute("checkpoint")
        found = {
            "seconds": time.perf_counter() - began,
            "cpu_seconds": time.process_time() - busy,
            "tables": len(tables),
            "rows": rows,
        }
    copy.unlink()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--schemas", nargs="+", required=True)
    parser.add_argument("--settings", type=json.loads, default={})
    given = parser.parse_args()
    print(json.dumps(copy_tables(given.database, given.schemas, given.settings)))


if __name__ == "__main__":
    main()
