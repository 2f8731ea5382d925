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


@pytest.mark.parametrize("variables", [EVENTS, NEW_YORK], ids=["utc", "new_york"])
def test_postgres_gives_the_same_rows_as_duckdb(
    variables: dict,
    project: Project,
    postgres: Project,
    built_sample: Path,
    database: Path,
) -> None:
    command = ["build"] if variables == EVENTS else ["run"]
    run = postgres.run(command, variables=variables)
    assert run.success, run.text
    shutil.copy(built_sample, database)
    if variables != EVENTS:
        run = project.run(command, database, variables)
        assert run.success, run.text
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
