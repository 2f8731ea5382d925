"""PostgreSQL, as the role that may read the marts and nothing else."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import psycopg2
from psycopg2 import errors

from dashboards.warehouse.reader import (
    DOWNLOAD_SECONDS,
    QUERY_SECONDS,
    NotBuilt,
    Parameters,
    QueryFailed,
    Row,
    Warehouse,
    WarehouseError,
    clean,
    kind,
)
from dashboards.warehouse.serving import REFERENCE_TABLES, marts_schema

CATALOG = """
select table_name, column_name, data_type
from information_schema.columns
where table_schema = %s or (table_schema = %s and table_name = any(%s))
order by table_name, ordinal_position
"""
# Superusers are told here that they are no readers, for nothing would stop them.
MAY_WRITE = """
select current_user
from pg_catalog.pg_class as tables
inner join pg_catalog.pg_namespace as schemas
    on tables.relnamespace = schemas.oid
where
    schemas.nspname = %s
    and tables.relkind = 'r'
    and has_table_privilege(tables.oid, 'insert, update, delete, truncate')
limit 1
"""
# While dbt puts a new table in place of a mart, for some milliseconds.
SWAPPED = (
    errors.UndefinedTable,
    errors.LockNotAvailable,
    errors.DeadlockDetected,
    errors.InternalError_,
)
ATTEMPTS = 5
CATALOG_SECONDS = 30
LITERAL_OR_MARK = re.compile(r"""'[^']*'|"[^"]*"|\?|%""")
Result = TypeVar("Result")


class PostgresReader(Warehouse):
    """The marts in PostgreSQL, in autocommit: each query sees each table whole.

    A transaction over several queries would be worse: dbt replaces tables, and a
    snapshot from before sees a new table as empty.
    """

    def __init__(
        self, schema: str | None = None, query_seconds: float = QUERY_SECONDS
    ) -> None:
        self.schema = schema or marts_schema()
        self.query_seconds = query_seconds
        self.connections = threading.local()
        self.known: tuple[float, dict[str, dict[str, str]]] | None = None

    def connect(self) -> psycopg2.extensions.connection:
        """This thread's connection."""
        connection = getattr(self.connections, "open", None)
        if connection is None or connection.closed:
            connection = self.new_connection(self.query_seconds)
            self.connections.open = connection
        return connection

    def new_connection(self, seconds: float) -> psycopg2.extensions.connection:
        settings = {
            "search_path": f"{self.schema},{self.schema}_reference",
            "default_transaction_read_only": "on",
            "statement_timeout": int(seconds * 1000),
            # Shorter than deadlock_timeout, so that dbt never is the victim.
            "lock_timeout": 800,
            "timezone": "UTC",
        }
        try:
            connection = psycopg2.connect(
                user=os.environ.get("DASHBOARDS_PGUSER", "dashboard_reader"),
                password=os.environ.get("DASHBOARDS_PGPASSWORD"),
                application_name="segment-stripe dashboards",
                options=" ".join(f"-c {k}={v}" for k, v in settings.items()),
            )
        except psycopg2.OperationalError as error:
            raise WarehouseError(
                "PostgreSQL cannot be reached: check PGHOST, PGPORT, PGDATABASE, "
                "DASHBOARDS_PGUSER and DASHBOARDS_PGPASSWORD."
            ) from error
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(MAY_WRITE, [self.schema])
            if found := cursor.fetchone():
                connection.close()
                raise WarehouseError(
                    f"{found[0]} may write to the marts: name a role that may only "
                    "read them in DASHBOARDS_PGUSER (docs/dashboards.md makes one)."
                )
        return connection

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        translated, values = translate(sql), [clean(value) for value in parameters]

        def run(connection: psycopg2.extensions.connection) -> list[Row]:
            with connection.cursor() as cursor:
                cursor.execute(translated, values)
                return rows(cursor, cursor.fetchall())

        return self.retried(run)

    def batches(
        self, sql: str, parameters: Parameters = (), size: int = 10_000
    ) -> Iterator[list[Row]]:
        """As for DuckDB; on a connection of its own, for it outlives the call."""
        connection = self.new_connection(DOWNLOAD_SECONDS)
        connection.autocommit = False
        try:
            with connection.cursor(name="download") as cursor:
                cursor.execute(translate(sql), [clean(value) for value in parameters])
                while found := cursor.fetchmany(size):
                    yield rows(cursor, found)
        except psycopg2.Error as error:
            raise failure(error) from error
        finally:
            connection.close()

    def catalog(self) -> dict[str, dict[str, str]]:
        """As for DuckDB; asked again now and then, for builds may add columns."""
        if self.known and time.monotonic() - self.known[0] < CATALOG_SECONDS:
            return self.known[1]

        def run(connection: psycopg2.extensions.connection) -> list[tuple]:
            with connection.cursor() as cursor:
                cursor.execute(
                    CATALOG,
                    [self.schema, f"{self.schema}_reference", list(REFERENCE_TABLES)],
                )
                return cursor.fetchall()

        found: dict[str, dict[str, str]] = {}
        for table, column, data_type in self.retried(run):
            found.setdefault(table, {})[column] = kind(data_type)
        if not found:
            raise NotBuilt(
                f"There are no marts in schema {self.schema} that this role may read: "
                "build them, and grant them to the reader (docs/dashboards.md)."
            )
        self.known = time.monotonic(), found
        return found

    def retried(
        self, run: Callable[[psycopg2.extensions.connection], Result]
    ) -> Result:
        """Run, again where dbt was just replacing a table or the server went away."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return run(self.connect())
            except (psycopg2.InterfaceError, psycopg2.OperationalError) as error:
                if not isinstance(error, SWAPPED):
                    lost = self.connections.open.closed
                    if not lost or attempt > 1:
                        raise failure(error) from error
                elif attempt == ATTEMPTS:
                    raise failure(error) from error
            except SWAPPED as error:
                if attempt == ATTEMPTS:
                    raise failure(error) from error
            except psycopg2.Error as error:
                raise failure(error) from error
            time.sleep(0.1 * attempt)
        raise AssertionError("unreachable")


def failure(error: psycopg2.Error) -> QueryFailed:
    if isinstance(error, errors.QueryCanceled):
        return QueryFailed("This took too long and was stopped: narrow the filter.")
    return QueryFailed(str(error).splitlines()[0] if str(error) else repr(error))


def rows(cursor: Any, found: list[tuple]) -> list[Row]:
    names = [column.name for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def translate(sql: str) -> str:
    """`?` as psycopg2 writes it, outside of quotes; a percent sign as itself."""

    def replacement(match: re.Match[str]) -> str:
        return "%s" if match[0] == "?" else match[0].replace("%", "%%")

    return LITERAL_OR_MARK.sub(replacement, sql)
