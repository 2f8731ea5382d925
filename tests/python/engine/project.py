"""Compile the dbt project once, against a warehouse that has every raw table."""

import json
import shutil
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
from harness.project import DATABASE_NAME, Project
from harness.run_folder import once

from engine.schema import Created, Tables, create_statements, further_statements

PROJECT = Path(__file__).parents[3]
DATABASE = "warehouse"
SNAPSHOTS = "analytics_snapshots"


def compile_project(
    sources: Mapping[str, Created],
    variables: Mapping[str, Any],
    more: Tables,
    with_tests: bool = False,
) -> dict[str, Any]:
    """The manifest of the project, compiled once a run for these sources and variables.

    sources: schema -> how it delivers `created`; more: tables and columns beside those;
    the snapshots exist. Raises RuntimeError with dbt's words when it fails.
    """
    variables = {"stripe_sources": list(sources), **variables}

    def make(folder: Path) -> None:
        database = folder / DATABASE_NAME
        create_warehouse(database, sources, more)
        kinds = ["resource_type:model", *["resource_type:test"] * with_tests]
        selection = ["--select", *kinds, "--indirect-selection", "empty"]
        manifest = compiled(Project(), database, variables, selection)
        shutil.copy(manifest, folder / "manifest.json")

    setting = json.dumps([dict(sources), variables, more, with_tests], sort_keys=True)
    folder = once(f"compiled_{zlib.crc32(setting.encode())}", make)
    return json.loads((folder / "manifest.json").read_text())


def create_warehouse(
    database: Path, sources: Mapping[str, Created], more: Tables
) -> None:
    """Every raw table, empty."""
    with duckdb.connect(str(database)) as connection:
        for schema, created in sources.items():
            for statement in create_statements(schema, created):
                connection.execute(statement)
        for statement in further_statements(more):
            connection.execute(statement)
        # The models ask whether the snapshots exist and keep what was deleted.
        connection.execute(f"create schema {SNAPSHOTS}")
        for path in (PROJECT / "snapshots").glob("*.yml"):
            connection.execute(
                f"create table {SNAPSHOTS}.{path.stem} (is_deleted boolean)"
            )


def compiled(
    project: Project,
    database: Path,
    variables: Mapping[str, Any],
    selection: list[str],
) -> Path:
    """The manifest.json of a project, compiled against a database."""
    run = project.run(["compile", *selection], database, dict(variables), writes=True)
    if not run.success:
        raise RuntimeError(f"dbt compile failed:\n{run.text}")
    return project.workspace / "target" / "manifest.json"
