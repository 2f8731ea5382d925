"""Databases explain themselves: comments and keys say what the YAML says."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness.postgres import read_query
from harness.project import Project

from dashboards.warehouse.serving import publish

Comments = dict[tuple[str, str | None], str]
# Marts whose key has a column that may be null.
WITHOUT_KEY = {"acquisition_steps_daily", "identity_ambiguities"}

DUCKDB_COMMENTS = """
    select table_name, null, comment from duckdb_tables()
    where schema_name = 'analytics'
    union all
    select table_name, column_name, comment from duckdb_columns()
    where schema_name = 'analytics'
"""
DUCKDB_FILLED = """
    select table_name, column_name from duckdb_columns()
    where schema_name = 'analytics' and not is_nullable
"""
POSTGRES_COMMENTS = """
    select relname, attname, description
    from pg_description
    inner join pg_class on objoid = pg_class.oid
    left join pg_attribute on attrelid = objoid and attnum = objsubid and attnum > 0
    where classoid = 'pg_class'::regclass and relnamespace = 'analytics'::regnamespace
"""
POSTGRES_KEYS = """
    select relname, attname
    from pg_constraint
    inner join pg_class on conrelid = pg_class.oid
    inner join pg_attribute on attrelid = conrelid and attnum = any(conkey)
    where contype = 'p' and relnamespace = 'analytics'::regnamespace
        and relname not like '%\\_\\_dbt\\_backup'
"""


@pytest.fixture
def copy(built_sample: Path, tmp_path: Path) -> Path:
    """The serving copy of the built sample."""
    built = Path(shutil.copy(built_sample, tmp_path / "built.duckdb"))
    return publish(built, tmp_path / "copy.duckdb").path


def test_duckdb_and_its_serving_copy_have_all_comments(
    built_sample: Path, copy: Path, project: Project
) -> None:
    described = descriptions(project)
    assert len(described) > 900
    for database in (built_sample, copy):
        rows = read_duckdb(database, DUCKDB_COMMENTS)
        assert found(rows, described) == described, database


def test_postgres_has_all_comments(built_postgres: Project) -> None:
    described = descriptions(built_postgres)
    assert found(read_query(POSTGRES_COMMENTS), described) == described


def test_keys_are_not_null_on_duckdb_and_in_its_serving_copy(
    built_sample: Path, copy: Path, project: Project
) -> None:
    wanted = keys(project)
    assert {name for name, _ in wanted}.isdisjoint(WITHOUT_KEY)
    for database in (built_sample, copy):
        assert set(read_duckdb(database, DUCKDB_FILLED)) == wanted, database


def test_postgres_holds_the_keys(built_postgres: Project) -> None:
    assert set(read_query(POSTGRES_KEYS)) == keys(built_postgres)


def descriptions(project: Project) -> Comments:
    """What the YAML says of each mart and of its columns."""
    described = {}
    for mart in marts(project):
        described[mart.name, None] = mart.description
        for column in mart.columns.values():
            described[mart.name, column.name] = column.description
    return described


def keys(project: Project) -> set[tuple[str, str]]:
    """The columns of each mart that its test of uniqueness names."""
    named = set()
    of = {mart.unique_id: mart.name for mart in marts(project)}
    for node in project.manifest.nodes.values():
        name = of.get(getattr(node, "attached_node", None))
        test = getattr(node, "test_metadata", None)
        if test and name and name not in WITHOUT_KEY and test.name.startswith("unique"):
            given = test.kwargs
            columns = given.get("combination_of_columns") or [given["column_name"]]
            named |= {(name, column) for column in columns}
    assert {name for name, _ in named} == set(of.values()) - WITHOUT_KEY
    return named


def marts(project: Project) -> list[Any]:
    """What has a contract."""
    nodes = project.manifest.nodes.values()
    return [n for n in nodes if n.resource_type == "model" and n.contract.enforced]


def found(rows: list[tuple], described: Comments) -> Comments:
    """The comments of the marts; others may have some of their own."""
    names = {name for name, _ in described}
    return {
        (name, column): comment
        for name, column, comment in rows
        if name in names and comment is not None
    }


def read_duckdb(database: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(database)) as connection:
        return connection.execute(query).fetchall()
