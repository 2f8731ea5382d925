"""Every analysis compiles and runs on every engine, with the same rows."""

from __future__ import annotations

from pathlib import Path

import duckdb
from harness.postgres import connect
from harness.project import EVENTS, Project


def compiled_analyses(project: Project, database: Path | None) -> dict[str, str]:
    """SQL of each analysis, by name."""
    command = ["compile", "--select", "resource_type:analysis"]
    run = project.run(command, database, EVENTS)
    assert run.success, run.text
    folder = project.workspace / "target" / "compiled" / "segment_stripe" / "analyses"
    return {path.stem: path.read_text() for path in sorted(folder.glob("*.sql"))}


def test_analyses_run_on_both_engines(
    project: Project, built_postgres: Project, built_sample: Path
) -> None:
    on_duckdb = compiled_analyses(project, built_sample)
    on_postgres = compiled_analyses(built_postgres, None)
    assert on_duckdb.keys() == on_postgres.keys() != set()
    for name in on_duckdb:
        with duckdb.connect(str(built_sample)) as connection:
            rows = connection.execute(on_duckdb[name]).fetchall()
        connection = connect()
        with connection.cursor() as cursor:
            cursor.execute(on_postgres[name])
            assert cursor.fetchall() == rows, name
        connection.close()
        assert rows, f"{name} is empty on the sample account"
