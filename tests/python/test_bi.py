"""The statements of docs/bi.md run as they stand, on both engines."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import duckdb
import pytest
from harness.postgres import psql
from harness.project import ROOT, Project

PAGE = (ROOT / "docs" / "bi.md").read_text()
BLOCK = re.compile(r"^```sql *(\w*)\n(.*?)^```", re.M | re.S)
STATEMENTS = BLOCK.findall(PAGE)
KEY = re.compile(r"^\| `(\w+_id)` \| `(\w+)` \|$", re.M)


def statements(engine: str) -> list[str]:
    """The statements of the page that an engine takes."""
    return [sql for of, sql in STATEMENTS if of in ("", engine)]


def test_the_page_has_statements_for_both_engines() -> None:
    assert {of for of, _ in STATEMENTS} == {"", "duckdb", "postgres"}
    assert len(statements("duckdb")) == len(statements("postgres")) == 6


@pytest.mark.parametrize("sql", statements("duckdb"))
def test_a_statement_answers_on_duckdb(sql: str, built_sample: Path) -> None:
    with duckdb.connect(str(built_sample)) as connection:
        assert connection.execute(sql).fetchall()


@pytest.mark.parametrize("sql", statements("postgres"))
def test_psql_answers_a_statement(sql: str, built_postgres: Project) -> None:
    command = [psql(), "--no-psqlrc", "--csv", "--tuples-only", "--command", sql]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()


def test_an_id_has_one_row_in_its_table(built_sample: Path) -> None:
    keys = KEY.findall(PAGE)
    assert len(keys) == 7
    with duckdb.connect(str(built_sample)) as connection:
        for key, table in keys:
            repeated = connection.execute(
                f"select count(*) - count(distinct (source_relation, {key})) "
                f"from analytics.{table}"
            )
            assert repeated.fetchone() == (0,), table
