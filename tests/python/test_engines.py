"""DuckDB and PostgreSQL give the same tables, row by row."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from harness.postgres import read_relation
from harness.project import EVENTS, Project

NEW_YORK = EVENTS | {"reporting_timezone": "America/New_York", "as_of": "2026-06-17"}


def test_postgres_gives_the_same_rows_as_duckdb(
    built_postgres: Project, built_sample: Path
) -> None:
    must_be_equal(built_sample)


@pytest.mark.long
def test_postgres_gives_the_same_rows_as_duckdb_in_new_york(
    project: Project, postgres: Project, built_sample: Path, database: Path
) -> None:
    shutil.copy(built_sample, database)
    for run in (
        postgres.run(["run"], variables=NEW_YORK),
        project.run(["run"], database, NEW_YORK),
    ):
        assert run.success, run.text
    must_be_equal(database)


def must_be_equal(database: Path) -> None:
    """Every relation of a DuckDB file is that of the server, row by row."""
    with duckdb.connect(str(database)) as connection:
        relations = connection.execute(
            "select table_schema, table_name from information_schema.tables "
            "where table_schema like 'analytics%' order by all"
        ).fetchall()
        assert ("analytics", "executive_summary_monthly") in relations
        for schema, name in relations:
            cursor = connection.execute(f'select * from "{schema}"."{name}"')
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            found = read_relation(schema, name)
            assert Counter(map(frozen, rows)) == Counter(map(frozen, found)), name


def frozen(row: dict) -> tuple:
    """A row to be counted; when it was built is each build's own."""
    return tuple(sorted((key, row[key]) for key in row if key != "built_at"))
