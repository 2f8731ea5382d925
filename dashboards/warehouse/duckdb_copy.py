"""The serving copy, read only, and read anew as soon as it was replaced."""

from __future__ import annotations

import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import duckdb

from dashboards.warehouse.reader import (
    DOWNLOAD_SECONDS,
    QUERY_SECONDS,
    NotBuilt,
    Parameters,
    QueryFailed,
    Row,
    Warehouse,
    clean,
    kind,
)
from dashboards.warehouse.serving import marts_schema, quoted, serving_path

# Answers kept of a copy, which never changes, and the rows that an answer may have.
ANSWERS, ANSWER_ROWS = 500, 1_000
# What a query may not do, whatever it says: install, load, or touch another file.
LOCKED = (
    "set enable_progress_bar = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set python_enable_replacements = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)

# DuckDB tries to import pandas for every value that is bound, a quarter of the time of
# a short query; where there is none, it learns that at once.
if find_spec("pandas") is None:
    sys.modules["pandas"] = None


class Opened:
    """One file of the copy. It lives as long as a query reads it.

    It is attached to a DuckDB of its own: connecting to a path that is open already
    would give the old file again.
    """

    def __init__(self, path: Path, schema: str) -> None:
        self.identity = identity(path)
        self.name = path.name.split(".")[0]
        self.schema = schema
        self.connection = duckdb.connect()
        self.connection.execute(
            f"attach '{quoted(path)}' as \"{self.name}\" (read_only)"
        )
        for statement in LOCKED:
            self.connection.execute(statement)
        self.catalog = self.read_catalog()
        self.answers: OrderedDict[Hashable, list[Row]] = OrderedDict()
        self.answers_lock = threading.Lock()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own, for one thread."""
        cursor = self.connection.cursor()
        cursor.execute(
            f'set search_path = \'"{self.name}"."{self.schema}",'
            f'"{self.name}"."{self.schema}_reference"\''
        )
        return cursor

    def known(self, question: Hashable) -> list[Row] | None:
        """The answer to a question that was asked of this file before."""
        with self.answers_lock:
            if question not in self.answers:
                return None
            self.answers.move_to_end(question)
            return [row.copy() for row in self.answers[question]]

    def keep(self, question: Hashable, answer: list[Row]) -> None:
        if len(answer) > ANSWER_ROWS:
            return
        with self.answers_lock:
            self.answers[question] = [row.copy() for row in answer]
            if len(self.answers) > ANSWERS:
                self.answers.popitem(last=False)

    def read_catalog(self) -> dict[str, dict[str, str]]:
        rows = self.connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() "
            "where database_name = ? order by table_name, column_index",
            [self.name],
        ).fetchall()
        found: dict[str, dict[str, str]] = {}
        for table, column, data_type in rows:
            found.setdefault(table, {})[column] = kind(data_type)
        return found


class Watch:
    """Interrupts what has run for too long."""

    PERIOD = 0.25  # seconds

    def __init__(self) -> None:
        self.deadlines: dict[duckdb.DuckDBPyConnection, float] = {}
        self.lock = threading.Lock()
        self.started = False

    @contextmanager
    def over(self, cursor: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
        with self.lock:
            self.deadlines[cursor] = time.monotonic() + seconds
            if not self.started:
                threading.Thread(target=self.look, daemon=True).start()
                self.started = True
        try:
            yield
        finally:
            with self.lock:
                del self.deadlines[cursor]

    def look(self) -> None:
        while True:
            time.sleep(self.PERIOD)
            with self.lock:
                now = time.monotonic()
                for cursor, deadline in self.deadlines.items():
                    if now > deadline:
                        cursor.interrupt()


# One thread, for all queries of the process.
WATCH = Watch()


class DuckdbCopy(Warehouse):
    """The marts of the serving copy; see serving.py."""

    def __init__(
        self,
        path: Path | None = None,
        schema: str | None = None,
        query_seconds: float = QUERY_SECONDS,
    ) -> None:
        self.path = path or serving_path()
        self.schema = schema or marts_schema()
        self.query_seconds = query_seconds
        self.lock = threading.Lock()
        self.opened: Opened | None = None
        self.pinned = threading.local()

    def current(self) -> Opened:
        """The copy that stands now, or the one that this thread is reading."""
        held = getattr(self.pinned, "opened", None)
        if held:
            return held
        with self.lock:
            try:
                if not self.opened or self.opened.identity != identity(self.path):
                    self.opened = Opened(self.path, self.schema)
            except (FileNotFoundError, duckdb.Error) as error:
                raise NotBuilt(
                    "There is nothing to show yet: run make refresh, which builds the "
                    "marts and the copy of them that is shown here."
                ) from error
            return self.opened

    @contextmanager
    def reading(self) -> Iterator[None]:
        outer = getattr(self.pinned, "opened", None)
        self.pinned.opened = self.current()
        try:
            yield
        finally:
            self.pinned.opened = outer

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        with self.reading():
            opened = self.current()
            # 1, 1.0 and True are equal, and not the same.
            question = sql, tuple((type(value), value) for value in parameters)
            answer = opened.known(question)
            if answer is None:
                with self.running(sql, parameters, self.query_seconds) as (
                    cursor,
                    names,
                ):
                    rows = cursor.fetchall()
                answer = [dict(zip(names, row, strict=True)) for row in rows]
                opened.keep(question, answer)
            return answer

    def batches(
        self, sql: str, parameters: Parameters = (), size: int = 10_000
    ) -> Iterator[list[Row]]:
        with self.running(sql, parameters, DOWNLOAD_SECONDS) as (cursor, names):
            while rows := cursor.fetchmany(size):
                yield [dict(zip(names, row, strict=True)) for row in rows]

    def catalog(self) -> dict[str, dict[str, str]]:
        return self.current().catalog

    @contextmanager
    def running(
        self, sql: str, parameters: Parameters, seconds: float
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[str]]]:
        """Run a query for the block, interrupted when it takes too long."""
        cursor = self.current().cursor()
        try:
            with WATCH.over(cursor, seconds):
                cursor.execute(sql, [clean(value) for value in parameters])
                yield cursor, [column[0] for column in cursor.description]
        except duckdb.InterruptException as error:
            raise QueryFailed(
                f"This took longer than {seconds:g} seconds and was "
                "stopped: narrow the filter."
            ) from error
        except duckdb.Error as error:
            raise QueryFailed(str(error).splitlines()[0]) from error
        finally:
            cursor.close()


def identity(path: Path) -> tuple[int, int, int, int]:
    """What tells one file from the next that takes its name."""
    status = path.stat()
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size
