"""Compile the dbt project once, against a warehouse that has every raw table."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from engine.schema import Created, Tables, create_statements, further_statements

PROJECT = Path(__file__).parents[3]
DATABASE = "warehouse"
SNAPSHOTS = "analytics_snapshots"


def compile_project(
    sources: Mapping[str, Created], variables: Mapping[str, Any], more: Tables
) -> dict[str, Any]:
    """The manifest of the project, compiled for these sources and variables.

    sources: schema -> how it delivers `created`; more: tables and columns beside those;
    the snapshots exist. Everything that dbt writes goes to a folder that is gone
    afterwards. Raises RuntimeError with dbt's words when it fails.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / f"{DATABASE}.duckdb"
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
        shutil.copy(PROJECT / "profiles.example.yml", folder / "profiles.yml")
        variables = {"stripe_sources": list(sources), **variables}
        run_dbt(folder, database, variables, kind="model")
        return json.loads((folder / "target" / "manifest.json").read_text())


def run_dbt(
    folder: Path,
    database: Path,
    variables: Mapping[str, Any],
    project: Path = PROJECT,
    kind: str | None = None,
) -> None:
    """Run dbt compile, of one kind of node or of all; it writes to the folder only."""
    command = [
        str(Path(sys.executable).with_name("dbt")),
        "compile",
        "--quiet",
        *(("--select", f"resource_type:{kind}") if kind else ()),
        *("--project-dir", str(project)),
        *("--profiles-dir", str(folder)),
        *("--target-path", str(folder / "target")),
        *("--log-path", str(folder / "logs")),
        *("--target", "duckdb"),
        *("--vars", json.dumps(variables)),
    ]
    environment = os.environ | {"SEGMENT_STRIPE_DUCKDB": str(database)}
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"dbt compile failed:\n{done.stdout}\n{done.stderr}")
