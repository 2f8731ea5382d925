"""The project on the cluster: raw tables go in from DuckDB files, rows come back."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import duckdb
import yaml
from harness.dbt_beside import run_beside
from harness.duckdb_file import tables_of
from harness.project import ROOT, Run

VENV = ROOT / ".venv-spark" / "bin"


class Spark:
    """dbt against the cluster; `folder` takes what it and the tests write."""

    target = "spark"
    # What runs statements, in .venv-spark.
    statements: tuple[str, ...] = ("environment.spark.statements",)

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(
        self,
        command: list[str],
        variables: dict | None = None,
        file_format: str = "delta",
        session: dict[str, str] | None = None,
        dies_at: str = "",
    ) -> Run:
        """Run a dbt command as Project.run does.

        session: settings of Spark for the session, beside those of the profile;
        dies_at: a model at whose start dbt is killed.
        """
        self.write_profile(session or {})
        environment = {"SPARK_FILE_FORMAT": file_format}
        return run_beside(
            ".venv-spark",
            self.target,
            command,
            variables,
            self.folder,
            environment,
            dies_at,
        )

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
        """Run statements, in order."""
        done = subprocess.run(
            [VENV / "python", "-m", *self.statements],
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
            assert names, f"{built} holds nothing in {schema}"
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
