"""The project on the cluster: raw tables go in from DuckDB files, rows come back."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import Counter
from pathlib import Path

import duckdb
import yaml
from harness.project import OWN_VARIABLES, ROOT, Run

VENV = ROOT / ".venv-spark" / "bin"
# "12 of 40 PASS assert_days_equal_charges ....... [PASS in 0.31s]", and models alike.
RESULT = re.compile(r"\d+ of \d+ (PASS|WARN|FAIL|ERROR|SKIP|OK|NO-OP) (.*?) \.*\s*\[")
ENDS = {"PASS": "pass", "WARN": "warn", "FAIL": "fail", "OK": "success"}


class Spark:
    """dbt against the cluster; `folder` takes what it and the tests write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(
        self,
        command: list[str],
        variables: dict | None = None,
        file_format: str = "delta",
        session: dict[str, str] | None = None,
    ) -> Run:
        """Run a dbt command as Project.run does.

        session: settings of Spark for the session, beside those of the profile.
        """
        settings = {**OWN_VARIABLES, **(variables or {})}
        self.write_profile(session or {})
        done = subprocess.run(
            [
                *(VENV / "dbt", *command, "--target", "spark", "--no-use-colors"),
                *("--vars", json.dumps(settings, default=str)),
                *("--project-dir", ROOT, "--profiles-dir", self.folder),
                *("--target-path", self.folder / "target"),
                *("--log-path", self.folder),
            ],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "SPARK_FILE_FORMAT": file_format},
        )
        lines = [line.partition("  ")[2] for line in done.stdout.splitlines()]
        results = [found for line in lines if (found := RESULT.match(line))]
        statuses = {
            found[2].split()[-1].split(".")[-1]: ENDS.get(found[1], found[1].lower())
            for found in results
        }
        return Run(done.returncode == 0, statuses, [*lines, done.stderr])

    def write_profile(self, session: dict[str, str]) -> None:
        """Copy profiles.example.yml, with settings of Spark's session."""
        profile = yaml.safe_load((ROOT / "profiles.example.yml").read_text())
        given = profile["segment_stripe"]["outputs"]["spark"]["server_side_parameters"]
        given |= {f"set:{name}": value for name, value in session.items()}
        (self.folder / "profiles.yml").write_text(yaml.safe_dump(profile))

    def load(self, raw: Path, schemas: list[str], file_format: str = "delta") -> None:
        """Copy the tables of a DuckDB file's schemas to tables of the same names."""
        statements = []
        with duckdb.connect(str(raw), read_only=True) as connection:
            for schema in schemas:
                statements += [
                    f"drop schema if exists {schema} cascade",
                    f"create schema {schema}",
                ]
                for table in tables_of(connection, schema):
                    file = self.folder / f"{schema}.{table}.parquet"
                    connection.execute(f'copy "{schema}"."{table}" to \'{file}\'')
                    statements.append(
                        f"create table {schema}.`{table}` using {file_format} "
                        f"as select * from parquet.`{file}`"
                    )
        self.execute(*statements)

    def read(self, relation: str) -> list[dict]:
        """All rows of a relation, as {column: value}."""
        rows = self.export([relation])[relation]
        return [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]

    def export(self, relations: list[str]) -> dict[str, duckdb.DuckDBPyRelation]:
        """The rows of relations, by way of files."""
        connection = duckdb.connect()
        connection.execute("set TimeZone = 'UTC'")
        folders = {name: self.folder / "rows" / name for name in relations}
        self.execute(
            *(
                f"insert overwrite directory '{folder}' using parquet "
                f"select * from {name}"
                for name, folder in folders.items()
            )
        )
        return {
            name: connection.read_parquet(str(folder / "*.parquet"))
            for name, folder in folders.items()
        }

    def execute(self, *statements: str) -> None:
        """Run statements in the cluster, in order."""
        done = subprocess.run(
            [VENV / "python", "-m", "environment.spark.statements"],
            input=";\n".join([*statements, ""]),
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
        assert done.returncode == 0, done.stderr[-3000:]

    def unequal(self, built: Path, schema: str) -> dict[str, str]:
        """Tables of a schema whose rows are not those of a DuckDB file, and how."""
        with duckdb.connect(str(built), read_only=True) as connection:
            names = tables_of(connection, schema)
            found = self.export([f"{schema}.{name}" for name in names])
            return {
                name: said
                for name in names
                if (
                    said := difference(
                        connection.sql(f'from "{schema}"."{name}"'),
                        found[f"{schema}.{name}"],
                    )
                )
            }


def schemas_of(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of the schemas of a DuckDB file that hold tables or views."""
    found = connection.execute(
        "select distinct table_schema from information_schema.tables order by 1"
    ).fetchall()
    return [name for (name,) in found]


def tables_of(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    """Names of a schema's tables and views in a DuckDB file."""
    found = connection.execute(
        "select table_name from information_schema.tables "
        "where table_schema = ? order by 1",
        [schema],
    ).fetchall()
    return [name for (name,) in found]


def difference(
    expected: duckdb.DuckDBPyRelation, found: duckdb.DuckDBPyRelation
) -> str:
    """How rows differ, in a sentence; nothing where they do not."""
    if set(expected.columns) != set(found.columns):
        return f"columns {sorted(set(expected.columns) ^ set(found.columns))}"
    # When it was built is each build's own.
    columns = [column for column in expected.columns if column != "built_at"]
    ours = Counter(expected.select(*columns).fetchall())
    theirs = Counter(found.select(*columns).fetchall())
    missing, more = ours - theirs, theirs - ours
    if not missing and not more:
        return ""
    return (
        f"{missing.total()} rows missing, {more.total()} more: "
        f"{dict(zip(columns, next(iter(missing), ()), strict=False))} against "
        f"{dict(zip(columns, next(iter(more), ()), strict=False))}"
    )
