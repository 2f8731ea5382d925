"""Raw tables go in from DuckDB files, rows come back to be compared."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from harness.dbt_beside import run_beside
from harness.duckdb_file import columns_of, tables_of
from harness.project import Run

from on_trino.server import CATALOG, PORT, query

# Trino's names of DuckDB's types, where they are not the same.
TYPES = {
    "TIMESTAMP": "timestamp(6)",
    "TIMESTAMP WITH TIME ZONE": "timestamp(6) with time zone",
}


class Trino:
    """dbt against the server that runs on `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, command: Sequence[str], variables: dict | None = None) -> Run:
        """Run a dbt command as Project.run does."""
        environment = {"TRINO_PORT": str(PORT), "TRINO_CATALOG": CATALOG}
        return run_beside(
            ".venv-dialects", "trino", command, variables, self.folder, environment
        )

    def load(self, raw: Path, schemas: Sequence[str]) -> None:
        """Copy the tables of a DuckDB file's schemas to tables of the same names."""
        with duckdb.connect(str(raw), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            for schema in schemas:
                query(f'drop schema if exists "{schema}" cascade')
                query(f'create schema "{schema}"')
                for table in tables_of(connection, schema):
                    self.load_table(connection, schema, table)

    def load_table(
        self, connection: duckdb.DuckDBPyConnection, schema: str, table: str
    ) -> None:
        place = f'"{schema}"."{table}"'
        columns = ", ".join(
            f'"{name}" {TYPES.get(kind, kind)}'
            for name, kind in columns_of(connection, schema, table).items()
        )
        query(f"create table {place} ({columns})")
        files = Path("raw") / os.urandom(8).hex()
        (self.folder / "lake" / files).mkdir(parents=True)
        connection.execute(
            f"copy (from {place}) to '{self.folder / 'lake' / files / 'rows.parquet'}'"
        )
        query(
            f"alter table {place} execute add_files("
            f"location => 'local:///{files}', format => 'PARQUET')"
        )

    def read(self, relation: str) -> list[dict[str, Any]]:
        """All rows of a relation, as {column: value}, of DuckDB's types."""
        columns = query(f"show columns from {relation}")
        return [
            {
                name: as_duckdb_has_it(value, kind)
                for (name, kind, *_), value in zip(columns, row, strict=True)
            }
            for row in query(f"select * from {relation}")
        ]

    def unequal(self, built: Path, schema: str) -> dict[str, str]:
        """Tables of a schema whose rows are not those of a DuckDB file, and how."""
        with duckdb.connect(str(built), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            tables = tables_of(connection, schema)
            assert tables, f"{built} holds nothing in {schema}"
            said = {table: difference(connection, schema, table) for table in tables}
        return {table: sentence for table, sentence in said.items() if sentence}


def difference(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> str:
    """How the rows of a table differ, in a sentence; nothing where they do not."""
    # When it was built is each build's own.
    types = columns_of(connection, schema, table)
    types.pop("built_at", None)
    columns = list(types)
    listed = ", ".join(f'"{name}"' for name in columns)
    select = f'select {listed} from "{schema}"."{table}"'
    rows = connection.execute(select).fetchall()
    ours, theirs = (
        Counter(tuple(map(as_written, row, types.values())) for row in found)
        for found in (rows, query(select))
    )
    missing, more = ours - theirs, theirs - ours
    if not missing and not more:
        return ""
    return (
        f"{missing.total()} rows missing, {more.total()} more: "
        f"{dict(zip(columns, next(iter(missing), ()), strict=False))} against "
        f"{dict(zip(columns, next(iter(more), ()), strict=False))}"
    )


def as_duckdb_has_it(value: Any, kind: str) -> Any:
    """A value of Trino's, which writes exact numbers and times as text."""
    if value is None:
        return None
    if kind.startswith("decimal"):
        return Decimal(value)
    if kind.startswith("timestamp"):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if kind == "date" else value


def as_written(value: Any, kind: str) -> Any:
    """A value as Trino writes it, times as text; numbers are equal with any scale."""
    if value is None or isinstance(value, bool):
        return value
    if kind.endswith("INT") or kind.startswith("DECIMAL"):
        return Decimal(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value
