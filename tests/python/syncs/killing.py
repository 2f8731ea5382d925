"""Builds of the real command that are killed: how, and what each leaves behind."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import psycopg2
from harness.postgres import administer
from harness.project import DATABASE_NAME, EVENTS, OWN_VARIABLES, ROOT, Project

from dashboards.warehouse.serving import serving_path
from environment.start_dbt import is_lock
from sample_account import create_account, load_duckdb, load_postgres
from syncs.playing import OWN_TABLES

# Two states of an account; what is built moves from the first to the second.
STATES = (date(2026, 10, 18), date(2026, 10, 20))
# A reader of hashes: relation -> rows and the sum of their hashes.
Hashes = dict[str, tuple]
TABLES = """
    select table_schema, table_name, table_type from information_schema.tables
    where table_schema like 'analytics%' order by 1, 2
"""
BUILT_AT = ("data_freshness", "built_at")
DUCKDB_HASH = "select count(*), sum(hash(t)) from (select * {} from {}) as t"
POSTGRES_HASH = (
    "select count(*), sum(('x' || substr(md5(cast(to_jsonb(t) {} as text)), 1, 15))"
    "::bit(60)::bigint) from {} as t"
)


def accounts(folder: Path, customers: int) -> list[Path]:
    """The account at each of its states."""
    made = []
    for day in STATES:
        account = folder / str(day)
        create_account(
            account,
            customers=customers,
            months=6,
            start=date(2026, 5, 1),
            as_of=day,
            workers=1,
        )
        made.append(account)
    return made


class Command:
    """scripts/refresh.py on a warehouse, in a process group of its own.

    named: environment variables that name the warehouse.
    """

    def __init__(
        self, project: Project, folder: Path, incremental: bool, named: dict[str, str]
    ) -> None:
        self.project = project
        self.folder = folder
        self.incremental = incremental
        self.log = folder / "said.txt"
        self.environment = os.environ | {
            "DBT_PROFILES_DIR": str(project.workspace),
            "DBT_LOG_PATH": str(folder),
            "DBT_EXCLUDE_RESOURCE_TYPES": "test unit_test",
            **named,
        }

    def arguments(self, day: date) -> list[str]:
        variables = OWN_VARIABLES | EVENTS | {"as_of": str(day)}
        variables["incremental"] = self.incremental
        return [
            *(sys.executable, str(ROOT / "scripts" / "refresh.py")),
            *("--target", self.project.target),
            *("--vars", json.dumps(variables)),
            *("--target-path", str(self.folder / "target")),
        ]

    def start(self, day: date) -> subprocess.Popen:
        return subprocess.Popen(
            self.arguments(day),
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
        )

    def finish(self, day: date) -> float:
        """Build to the end; the seconds of processor time that it took."""
        process = self.start(day)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, self.log.read_text()[-3000:]
        return used.ru_utime + used.ru_stime

    def kill(self, day: date, after: float) -> bool:
        """Kill the build once it used so much; whether it was not done before.

        Processor time, for other programs slow a build down by any factor.
        """
        process = self.start(day)
        while process.poll() is None:
            if used(process.pid) >= after:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return True
            time.sleep(0.01)
        return False


def used(group: int) -> float:
    """Seconds of processor time that the processes of a group took so far."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


class Killed:
    """A warehouse in which builds are killed."""

    command: Command

    def tables(self) -> Hashes:
        """Rows and hash of every table; views must at least be readable."""
        found = {}
        for schema, name, kind in self.query(TABLES):
            relation = f'"{schema}"."{name}"'
            without = BUILT_AT[1] if name == BUILT_AT[0] else ""
            (counted,) = self.query(self.hashed(relation, without))
            if kind == "BASE TABLE" and not OWN_TABLES.match(name):
                found[f"{schema}.{name}"] = counted
        return found

    def query(self, statement: str) -> list[tuple]:
        raise NotImplementedError

    def hashed(self, relation: str, without: str) -> str:
        raise NotImplementedError


class KilledDuckdb(Killed):
    """A DuckDB file with its serving copy."""

    def __init__(self, project: Project, folder: Path, incremental: bool) -> None:
        self.database = folder / DATABASE_NAME
        self.serving = serving_path(self.database)
        named = {"SEGMENT_STRIPE_DUCKDB": str(self.database)}
        self.command = Command(project, folder, incremental, named)

    def load(self, account: Path) -> None:
        load_duckdb(account, self.database)

    def keep(self) -> None:
        """Remember the warehouse as it is now."""
        self.query("checkpoint")
        for path in (self.database, self.serving):
            shutil.copy(path, path.with_suffix(".kept"))

    def bring_back(self) -> None:
        """Make the warehouse what it was when it was kept."""
        self.database.with_name(f"{self.database.name}.wal").unlink(missing_ok=True)
        for path in (self.database, self.serving):
            shutil.copy(path.with_suffix(".kept"), path)

    def query(self, statement: str) -> list[tuple]:
        with duckdb.connect(str(self.database)) as connection:
            return connection.execute(statement).fetchall()

    def hashed(self, relation: str, without: str) -> str:
        return DUCKDB_HASH.format(f"exclude ({without})" if without else "", relation)

    def served(self) -> Hashes:
        """Rows and hash of every table of the serving copy."""
        with duckdb.connect(str(self.serving), read_only=True) as connection:
            found = connection.execute(
                "select schema_name, table_name from duckdb_tables()"
            ).fetchall()
            return {
                name: connection.execute(
                    self.hashed(
                        f'"{schema}"."{name}"',
                        BUILT_AT[1] if name == BUILT_AT[0] else "",
                    )
                ).fetchone()
                for schema, name in found
            }

    def wait(self) -> None:
        """A file is let go a moment after the process that held it is gone."""
        for _ in range(600):
            try:
                self.query("select 1")
            except duckdb.IOException as error:
                assert is_lock(error), error
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the file is still held by a build that was killed")

    def close(self) -> None:
        """A folder of the test's own needs no cleaning."""


class KilledPostgres(Killed):
    """A database of its own on the tests' server, remembered as a template."""

    def __init__(self, project: Project, folder: Path, incremental: bool) -> None:
        self.name = f"killed_{os.getpid()}"
        named = {"PGDATABASE": self.name}
        self.command = Command(project, folder, incremental, named)
        administer(f'create database "{self.name}"')

    def connect(self) -> Any:
        connection = psycopg2.connect(dbname=self.name)
        connection.autocommit = True
        return contextlib.closing(connection)

    def load(self, account: Path) -> None:
        load_postgres(account, f"dbname={self.name}")

    def keep(self) -> None:
        administer(f'drop database if exists "{self.name}_kept"')
        administer(f'create database "{self.name}_kept" template "{self.name}"')

    def bring_back(self) -> None:
        self.wait()
        administer(f'drop database "{self.name}"')
        administer(f'create database "{self.name}" template "{self.name}_kept"')

    def query(self, statement: str) -> list[tuple]:
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    def hashed(self, relation: str, without: str) -> str:
        return POSTGRES_HASH.format(f"- '{without}'" if without else "", relation)

    def served(self) -> Hashes:
        """The dashboards read the tables themselves."""
        return {}

    def wait(self) -> None:
        """The server ends what a dead program had begun, sooner or later."""
        mine = (
            "select count(*) from pg_stat_activity where datname = current_database() "
            "and pid <> pg_backend_pid()"
        )
        for _ in range(600):
            if self.query(mine) == [(0,)]:
                return
            time.sleep(0.1)
        raise AssertionError("the server still works for a build that was killed")

    def close(self) -> None:
        self.wait()
        for name in (self.name, f"{self.name}_kept"):
            administer(f'drop database if exists "{name}"')
