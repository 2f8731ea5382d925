"""The SQL of five more warehouses gives the answers that were computed by hand.

No such warehouse is at hand, so DuckDB runs what sqlglot makes of their SQL. It proves
that the macros of a warehouse say the same as DuckDB's, as far as sqlglot knows the
warehouse; test_differences.py has what it does not know.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from harness.case_groups import GROUPS, schema_of, sources, variables_of
from harness.cases import Case, load_case
from harness.compare import differences
from harness.duckdb_file import columns_of
from harness.project import DATABASE_NAME, EVENTS

from dialects.duckdb_run import DATABASE, catalog_of, run_models
from dialects.job import DIALECTS, Compilation, Nodes, compile_for
from sample_account import load_duckdb

pytestmark = pytest.mark.dialects


@pytest.mark.parametrize("dialect", DIALECTS)
def test_marts_of_the_sample_account_are_those_of_duckdb(
    dialect: str, sample: Path, built_sample: Path, tmp_path: Path
) -> None:
    raw = tmp_path / DATABASE_NAME
    load_duckdb(sample, raw)
    compilation = Compilation(EVENTS, catalog_of(raw))
    (nodes,) = compile_for(dialect, [compilation], tmp_path)
    said = {}
    with run_models(nodes, dialect, raw) as connection:
        connection.execute(f"attach '{built_sample}' as built (read_only)")
        places = [node["relation"] for node in nodes.values()]
        marts = {name for schema, name in places if schema == "analytics"}
        assert len(marts) > 40
        for mart in sorted(marts):
            # When it was built is each build's own.
            names = columns_of(connection, "analytics", mart).keys() - {"built_at"}
            columns = ", ".join(f'"{name}"' for name in sorted(names))
            ours, theirs = (
                f"select {columns} from {place}.analytics.{mart}"
                for place in ("built", DATABASE)
            )
            pairs = ((ours, theirs), (theirs, ours))
            rows = [
                connection.execute(f"{one} except all {other} limit 1").fetchone()
                for one, other in pairs
            ]
            if any(rows):
                said[mart] = rows
    assert said == {}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_marts_give_the_answers(dialect: str, tmp_path: Path) -> None:
    groups = GROUPS
    databases = {name: load(group, tmp_path) for name, group in groups.items()}
    compilations = [
        Compilation(variables_of(group), catalog_of(databases[name]))
        for name, group in groups.items()
    ]
    compiled = compile_for(dialect, compilations, tmp_path)
    said = {}
    for (name, group), nodes in zip(groups.items(), compiled, strict=True):
        said |= differing(group, nodes, dialect, databases[name])
    assert said == {}


def load(group: list[Case], folder: Path) -> Path:
    """The accounts of some cases in one DuckDB file."""
    database = folder / group[0].name / DATABASE_NAME
    for case in group:
        load_case(case, database, as_schema=schema_of(case))
    return database


def differing(
    group: list[Case], nodes: Nodes, dialect: str, database: Path
) -> dict[str, list[str]]:
    """Case and mart -> what is not as the case says."""
    said = {}
    with run_models(nodes, dialect, database) as connection:
        for case in group:
            for mart, expected in case.expected.items():
                found = of_case(rows(connection, mart), case)
                if lines := differences(expected, found):
                    said[f"{case.name}, {mart}"] = lines
    return said


def rows(connection: duckdb.DuckDBPyConnection, mart: str) -> list[dict]:
    cursor = connection.execute(f"select * from analytics.{mart}")
    names = [column[0] for column in cursor.description]
    return [
        dict(zip(names, map(without_zone, row), strict=True))
        for row in cursor.fetchall()
    ]


def without_zone(value: object) -> object:
    """BigQuery's moments have a zone in DuckDB, which is the session's: UTC."""
    zoned = isinstance(value, datetime) and value.tzinfo
    return value.astimezone(UTC).replace(tzinfo=None) if zoned else value


def of_case(found: list[dict], case: Case) -> list[dict]:
    """The rows of a case's accounts; people are of no account."""
    own = [None, *sources([case])]
    return [row for row in found if row.get("source_relation") in own]
