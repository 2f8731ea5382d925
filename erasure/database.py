"""The tables that dbt built, in DuckDB or PostgreSQL, and one transaction over them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dashboards.warehouse.serving import quoted
from environment.start_dbt import is_lock, locked

TEXTS = ("VARCHAR", "text", "character varying", "character")
CATALOG = """
select tables.table_schema, tables.table_name, tables.table_type,
    columns.column_name, columns.data_type
from information_schema.tables as tables
inner join information_schema.columns as columns
    on tables.table_catalog = columns.table_catalog
    and tables.table_schema = columns.table_schema
    and tables.table_name = columns.table_name
where tables.table_catalog = current_database()
    and (
        tables.table_schema = {schema}
        or left(tables.table_schema, {length}) = {prefix}
    )
order by 1, 2, columns.ordinal_position
"""
LOCK_SECONDS = 10


class ErasureError(Exception):
    """One sentence: what is wrong and what to do."""


@dataclass(frozen=True)
class Table:
    """A table or view with its columns in order, and those that hold text."""

    schema: str
    name: str
    is_view: bool
    columns: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def place(self) -> str:
        return f'"{self.schema}"."{self.name}"'


class Database:
    """What is read and changed; `schema` is that of the marts, others begin with it."""

    def __init__(self, run: Callable[[str], list[tuple]], schema: str) -> None:
        self.run = run
        self.schema = schema
        self.tables = list(self._tables())

    @property
    def sources(self) -> list[Table]:
        """What tells of a person: what is kept, and the views of Segment's tables."""
        return [t for t in self.tables if not t.is_view or t.name.startswith("stg_")]

    def named(self, name: str) -> Table | None:
        return next((t for t in self.tables if t.name == name), None)

    def texts(self, query: str) -> set[str]:
        """The values of a query's only column, without nulls."""
        return {row[0] for row in self.run(query) if row[0] is not None}

    def _tables(self) -> Iterator[Table]:
        given: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        catalog = CATALOG.format(
            schema=text(self.schema),
            prefix=text(f"{self.schema}_"),
            length=len(self.schema) + 1,
        )
        for schema, name, kind, column, data_type in self.run(catalog):
            given.setdefault((schema, name, kind), []).append((column, data_type))
        for (schema, name, kind), columns in given.items():
            names = tuple(column for column, _ in columns)
            texts = tuple(column for column, of in columns if of in TEXTS)
            yield Table(schema, name, kind == "VIEW", names, texts)


def text(value: str) -> str:
    """A text in SQL."""
    return f"'{quoted(value)}'"


def listed(values: Sequence[str] | set[str]) -> str:
    """Texts in SQL, for `in`."""
    return f"({', '.join(text(value) for value in sorted(values)) or 'null'})"


@contextmanager
def duckdb_file(path: Path, schema: str) -> Iterator[Database]:
    """A DuckDB file in one transaction, which is kept where the block ends well."""
    if not path.exists():
        raise ErasureError(f"{path} does not exist: run make refresh first.")
    try:
        connection = duckdb.connect(str(path))
    except duckdb.IOException as error:
        if is_lock(error):
            raise ErasureError(locked(path, error)) from error
        raise
    with closing(connection):
        connection.begin()
        try:
            yield Database(lambda sql: connection.execute(sql).fetchall(), schema)
        except duckdb.Error as error:
            raise refused(str(path), error) from error
        connection.commit()
        connection.execute("checkpoint")


@contextmanager
def postgres(schema: str) -> Iterator[Database]:
    """PostgreSQL as dbt's role, in one transaction that the block's end keeps."""
    import psycopg2

    try:
        connection = psycopg2.connect(
            host=os.environ.get("PGHOST", "127.0.0.1"),
            dbname=os.environ.get("PGDATABASE", "postgres"),
            user=os.environ.get("PGUSER", "postgres"),
            application_name="segment-stripe erasure",
        )
    except psycopg2.OperationalError as error:
        raise ErasureError(
            "PostgreSQL cannot be reached: check PGHOST, PGPORT, PGDATABASE, PGUSER "
            "and PGPASSWORD."
        ) from error

    def run(sql: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    with closing(connection):
        try:
            run(f"set local lock_timeout = '{LOCK_SECONDS}s'")
            yield Database(run, schema)
            connection.commit()
        except psycopg2.errors.LockNotAvailable as error:
            raise ErasureError(
                "another program holds a table, perhaps dbt: wait until that ends and "
                "ask again; nothing was changed."
            ) from error
        except psycopg2.Error as error:
            raise refused("PostgreSQL", error) from error


def refused(place: str, error: Exception) -> ErasureError:
    reason = str(error).strip().splitlines()[0]
    return ErasureError(f"{place} refused ({reason}); nothing of it was changed.")
