"""Any table and any column that is not required may be absent, and the build passes.

make test drops every other table at once, and two columns of each that stays; make
test-long does so the other way about, so that each table is absent once, and drops each
column and each table by itself. Accounts by hand hold no more tables and columns than
they write down, so that make test builds without any other too.
Unit tests have tables of their own: test_settings.py runs them.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from harness.project import DATABASE_NAME, EVENTS, ROOT, Project
from harness.schema import EVENT_TABLES, collections

TABLES = [("stripe", name) for name in collections()]
TABLES += [("website", name) for name in EVENT_TABLES]


def staging_model(schema: str, table: str) -> str:
    return f"stg_{'stripe' if schema == 'stripe' else 'segment'}__{table}"


def required_columns(schema: str, table: str) -> set[str]:
    folder = (
        ROOT / "models" / "staging" / ("stripe" if schema == "stripe" else "segment")
    )
    text = (folder / f"{staging_model(schema, table)}.sql").read_text()
    listed = re.search(r"required=\[(.*?)\]", text)
    return {"id", *re.findall(r"'(\w+)'", listed.group(1) if listed else "")}


def columns_of(database: Path, schema: str, table: str) -> list[str]:
    with duckdb.connect(str(database)) as connection:
        rows = connection.execute(
            "select column_name from information_schema.columns "
            "where table_schema = ? and table_name = ? order by ordinal_position",
            [schema, table],
        ).fetchall()
    return [row[0] for row in rows]


def optional_columns(database: Path, schema: str, table: str) -> list[str]:
    required = required_columns(schema, table)
    return [c for c in columns_of(database, schema, table) if c not in required]


def build_without(
    statement: str, project: Project, built: Path, folder: Path, select: str
) -> None:
    """Change a copy of the built sample by one statement and build again."""
    database = folder / DATABASE_NAME
    shutil.copy(built, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(statement)
    command = ["build", "--select", select, "--exclude", "test_type:unit"]
    run = project.run(command, database, EVENTS)
    assert run.success, f"{statement}\n{run.text}"
    assert not run.names("skipped"), run.text


def build_without_column(
    schema: str, table: str, column: str, project: Project, built: Path, folder: Path
) -> None:
    """Drop one column and build all that comes from its table."""
    statement = f'alter table {schema}."{table}" drop column "{column}"'
    select = f"{staging_model(schema, table)}+"
    build_without(statement, project, built, folder, select)


def test_the_sample_holds_every_collection(built_sample: Path) -> None:
    missing = [t for t in TABLES if not columns_of(built_sample, *t)]
    assert missing == []


def columns_to_lose(database: Path, schema: str, table: str) -> list[str]:
    optional = optional_columns(database, schema, table)
    preferred = [c for c in ("created", "customer_id", "balance") if c in optional]
    return [*preferred, *(c for c in optional if c not in preferred)][:2]


@pytest.mark.parametrize("number", [0, pytest.param(1, marks=pytest.mark.long)])
def test_tables_and_columns_may_be_absent(
    number: int, project: Project, built_sample: Path, tmp_path: Path
) -> None:
    statements = []
    for place, (schema, table) in enumerate(TABLES):
        name = f'{schema}."{table}"'
        if place % 2 == number:
            statements.append(f"drop table {name}")
        else:
            for column in columns_to_lose(built_sample, schema, table):
                statements.append(f'alter table {name} drop column "{column}"')
    build_without("; ".join(statements), project, built_sample, tmp_path, "fqn:*")


@pytest.mark.long
@pytest.mark.parametrize(("schema", "table"), TABLES)
def test_every_column_may_be_absent(
    schema: str, table: str, project: Project, built_sample: Path, tmp_path: Path
) -> None:
    for column in optional_columns(built_sample, schema, table):
        build_without_column(schema, table, column, project, built_sample, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize(("schema", "table"), TABLES)
def test_the_whole_build_passes_without_a_table(
    schema: str, table: str, project: Project, built_sample: Path, tmp_path: Path
) -> None:
    statement = f'drop table {schema}."{table}"'
    build_without(statement, project, built_sample, tmp_path, "fqn:*")


def test_an_account_without_any_row_builds(project: Project, database: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema stripe")
        connection.execute("create table stripe.accounts (id varchar)")
    run = project.run(["build", "--exclude", "test_type:unit"], database)
    assert run.success, run.text
