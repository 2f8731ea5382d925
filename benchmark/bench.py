"""A folder, a database and a profile in which dbt and scripts are measured."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb

from benchmark.measure import Measured, measured
from benchmark.report import ROOT

FOLDER = ROOT / "build" / "benchmark"
AS_OF = "2026-10-20"
PYTHON = sys.executable
NO_TESTS = ("--exclude-resource-types", "test", "unit_test")
CELLS = """
    select coalesce(sum(estimated_size * column_count), 0) from duckdb_tables()
    where schema_name = ?
"""


class Bench:
    """One folder, one database, one profile; runs commands there."""

    def __init__(self, name: str, has_events: bool, settings: dict[str, str]) -> None:
        self.folder = FOLDER / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.settings = json.dumps(settings)
        self.schemas = ["stripe", "website"] if has_events else ["stripe"]
        self.variables = {
            "as_of": AS_OF,
            "segment_event_sources": self.schemas[1:],
            "identity_metadata_column": "metadata_user_id",
        }
        self.database = self.folder / "warehouse.duckdb"
        output = {
            "type": "duckdb",
            "path": str(self.database),
            "schema": "analytics",
            "settings": settings,
        }
        profile = {"target": "bench", "outputs": {"bench": output}}
        text = json.dumps({"segment_stripe": profile})
        (self.folder / "profiles.yml").write_text(text)

    def run(self, name: str, *command: str | Path) -> Measured:
        print(f"{name} ...", flush=True)
        return measured(list(command), self.folder / f"{name}.log")

    def python(self, name: str, module: str, *options: str | Path) -> Measured:
        given = ("--database", self.database, "--settings", self.settings)
        return self.run(name, PYTHON, "-m", module, *given, *options)

    def dbt(self, name: str, *command: str, peaks: bool = False) -> dict[str, Any]:
        """Cost of a dbt command, and of each of its nodes."""
        costs = self.folder / f"{name}.json"
        done = self.run(
            name,
            *(PYTHON, "-m", "benchmark.watch", "--output", costs),
            *(("--peaks",) if peaks else ()),
            *("--", "--quiet", *command, "--vars", json.dumps(self.variables)),
            *("--project-dir", ROOT, "--profiles-dir", self.folder),
            *("--target-path", self.folder / "target", "--log-path", self.folder),
        )
        return watched(done, costs)

    def models(self, name: str, threads: int) -> dict[str, Any]:
        """Models, seeds and snapshots, without tests."""
        command = ("build", *NO_TESTS, "--threads", str(threads))
        return self.dbt(name, *command, peaks=threads == 1)

    def copied(self, name: str, *schemas: str) -> dict[str, float]:
        """Seconds, tables, rows and peak memory of a plain copy."""
        done = self.python(name, "benchmark.copy_tables", "--schemas", *schemas)
        return {**json.loads(done.output), "peak_bytes": done.peak_bytes}

    def is_in_part(self) -> bool:
        """Whether the last build computed touched objects alone."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            query = "select is_in_part from analytics_intermediate.sync_builds"
            return connection.execute(query).fetchall() == [(True,)]

    def cells(self) -> dict[str, int]:
        """Rows by columns of the tables that the models are."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return {
                name: int(connection.execute(CELLS, [schema]).fetchone()[0])
                for name, schema in (
                    ("marts", "analytics"),
                    ("intermediate", "analytics_intermediate"),
                )
            }


def watched(done: Measured, costs: Path) -> dict[str, Any]:
    """Cost of a watched dbt, and of its nodes.

    What follows the parse is all to the end of the process, for DuckDB writes its
    tables of changed rows anew as the file is closed.
    """
    found = json.loads(costs.read_text())
    return {
        "seconds": done.seconds,
        "cpu_seconds": done.cpu_seconds,
        "cpu_seconds_after_parse": done.cpu_seconds - found["cpu_seconds_to_parse"],
        "peak_bytes": done.peak_bytes,
        "nodes": found["nodes"],
    }


def small_account() -> Path:
    """A database with a simulated account, created once."""
    folder = FOLDER / "small"
    database = folder / "warehouse.duckdb"
    if not database.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for script, *options in (
            ("create_sample_account.py", "--output", folder / "account", "--force"),
            (
                *("load_sample_account.py", "--from", folder / "account"),
                *("--to", "duckdb", "--database", database),
            ),
        ):
            command = [PYTHON, ROOT / "scripts" / script, *options]
            measured(command, folder / f"{script}.log")
    return database
