"""What a DuckDB file holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb


def copy_built(database: Path, folder: Path) -> Path:
    """A copy, of the same name, of a file that dbt built in this process.

    dbt keeps such a file open, so that nobody else can read it, and what it wrote last
    may stand beside it in the log. Views name their file, so a copy keeps the name.
    """
    with duckdb.connect(str(database)) as connection:
        connection.execute("checkpoint")
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(database, folder / database.name))


def schemas_of(database: Path) -> list[str]:
    """Names of its schemas that have tables or views."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            "select distinct table_schema from information_schema.tables order by 1"
        ).fetchall()
    return [name for (name,) in found]


def tables_of(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    """Names of a schema's tables and views."""
    found = connection.execute(
        "select table_name from information_schema.tables "
        "where table_schema = ? order by 1",
        [schema],
    ).fetchall()
    return [name for (name,) in found]


def columns_of(
    connection: duckdb.DuckDBPyConnection, schema: str, table: str
) -> dict[str, str]:
    """Column -> type of a table or view."""
    found = connection.execute(
        "select column_name, data_type from information_schema.columns "
        "where table_schema = ? and table_name = ? order by ordinal_position",
        [schema, table],
    ).fetchall()
    return dict(found)
