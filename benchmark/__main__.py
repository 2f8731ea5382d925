"""Measure a build on DuckDB beside plain copies of what it reads and writes.

A simulated account is repeated until it has --charges charges and all that belongs to
them; --events lets its website in, too. Models are built alone (--tests: with tests,
then). Writes build/benchmark.json. Exit codes: 0 measured, 1 a step failed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import duckdb

from benchmark.measure import CommandError, Measured, measured
from benchmark.report import parts, save, table
from benchmark.scans import raw_scans
from benchmark.timings import timings

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "benchmark"
REPORT = ROOT / "build" / "benchmark.json"
AS_OF = "2026-10-20"
PYTHON = sys.executable
DBT = Path(PYTHON).with_name("dbt")
# DuckDB's own share of a machine's memory; the rest is Python's.
SHARE = 0.8
CELLS = """
    select coalesce(sum(estimated_size * column_count), 0) from duckdb_tables()
    where schema_name = ?
"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--charges", type=int, default=100_000, help="size of the account")
    add("--events", action="store_true", help="with the events of its website")
    add("--tests", action="store_true", help="build once more, with tests")
    add("--memory", type=float, help="GB for all")
    return parser.parse_args()


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

    def dbt(self, name: str, *command: str) -> dict[str, float]:
        done = self.run(
            name,
            *(DBT, "--quiet", *command, "--vars", json.dumps(self.variables)),
            *("--project-dir", ROOT, "--profiles-dir", self.folder),
            *("--target-path", self.folder / "target", "--log-path", self.folder),
        )
        return figures(done)

    def models(self, name: str, threads: int) -> dict[str, float]:
        """Models, seeds and snapshots, without tests."""
        rest = ("--exclude-resource-types", "test", "unit_test")
        return self.dbt(name, "build", *rest, "--threads", str(threads))

    def copied(self, name: str, *schemas: str) -> dict[str, float]:
        """Seconds, tables, rows and peak memory of a plain copy."""
        done = self.python(name, "benchmark.copy_tables", "--schemas", *schemas)
        return {**json.loads(done.output), "peak_bytes": done.peak_bytes}

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


def figures(done: Measured) -> dict[str, float]:
    return {
        "seconds": done.seconds,
        "cpu_seconds": done.cpu_seconds,
        "peak_bytes": done.peak_bytes,
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


def account(bench: Bench, charges: int, with_tests: bool) -> dict[str, Any]:
    """The models of a large account and of a small one, beside plain copies."""
    shutil.copyfile(small_account(), bench.database)
    found: dict[str, Any] = {"parse": bench.dbt("parse", "parse")}
    # Of so few rows, nearly all is dbt's own.
    small = "models of a small account"
    found[small] = bench.models(small, 2)
    shutil.copyfile(small_account(), bench.database)
    bench.python("grow", "benchmark.grow", "--charges", str(charges))
    raw, marts = "copy of the raw tables", "copy of the marts"
    found[raw] = bench.copied(raw, *bench.schemas)
    found["models"] = bench.models("models", 2)
    found[marts] = bench.copied(marts, "analytics")
    built = timings(bench.folder / "target")
    found["raw scans"] = raw_scans(bench.database, built, bench.schemas)
    found["cells"] = bench.cells()
    # One model at a time, so that their times add up.
    found["one by one"] = bench.models("one by one", 1)
    found["parts"] = parts(timings(bench.folder / "target"))
    if with_tests:
        found["with tests"] = bench.dbt("with tests", "build", "--threads", "2")
    return found


def settings_for(memory: float | None) -> dict[str, str]:
    """DuckDB's settings for a process that may use so many GB."""
    if memory is None:
        return {}
    limit = f"{memory * SHARE:.1f}GB"
    return {"memory_limit": limit, "preserve_insertion_order": "false"}


def main() -> int:
    given = arguments()
    title = f"{given.charges:,} charges{' and events' if given.events else ''}"
    if given.memory:
        title += f" in {given.memory:g} GB"
    bench = Bench(title.replace(" ", "_"), given.events, settings_for(given.memory))
    try:
        found = account(bench, given.charges, given.tests)
    except CommandError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    save(REPORT, title, found)
    print(table(title, found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
