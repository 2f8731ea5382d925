"""Measure a build on DuckDB beside plain copies of what it reads and writes.

A simulated account is repeated until it has --charges charges and all that belongs to
them, for each size named; --events lets its website in, too. Models are built alone;
--tests runs data tests then, --incremental builds again after changes. Writes a file in
build/bench for each size. Exit codes: 0 measured, 1 a step failed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

from benchmark.measure import CommandError, Measured, measured
from benchmark.report import ROOT, growth_table, save, table
from benchmark.scans import raw_scans
from benchmark.timings import by_kind, by_room, dearest_first, timings

FOLDER = ROOT / "build" / "benchmark"
AS_OF = "2026-10-20"
PYTHON = sys.executable
# DuckDB's own share of a machine's memory; the rest is Python's.
SHARE = 0.8
# Of customers whose objects change before an incremental build.
CHANGED = (0.001, 0.01, 0.1)
NO_TESTS = ("--exclude-resource-types", "test", "unit_test")
CELLS = """
    select coalesce(sum(estimated_size * column_count), 0) from duckdb_tables()
    where schema_name = ?
"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--charges", type=int, nargs="+", default=[100_000], help="of the account")
    add("--events", action="store_true", help="with the events of its website")
    add("--tests", action="store_true", help="run the data tests, too")
    add("--incremental", action="store_true", help="build again after changes, too")
    add("--memory", type=float, help="GB for all")
    add("--keep", action="store_true", help="leave the warehouse there")
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
        return {
            "seconds": done.seconds,
            "cpu_seconds": done.cpu_seconds,
            "peak_bytes": done.peak_bytes,
        } | json.loads(costs.read_text())

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


def account(bench: Bench, charges: int, given: argparse.Namespace) -> dict[str, Any]:
    """The models of a large account and of a small one, beside plain copies."""
    shutil.copyfile(small_account(), bench.database)
    small = "models of a small account"
    # Of so few rows, nearly all is dbt's own.
    steps = {"parse": bench.dbt("parse", "parse"), small: bench.models(small, 2)}
    shutil.copyfile(small_account(), bench.database)
    bench.python("grow", "benchmark.grow", "--charges", str(charges))
    raw, marts = "copy of the raw tables", "copy of the marts"
    steps[raw] = bench.copied(raw, *bench.schemas)
    steps["models"] = bench.models("models", 2)
    steps[marts] = bench.copied(marts, "analytics")
    # One at a time, so that costs are each model's own.
    alone = steps["models one by one"] = bench.models("models one by one", 1)
    built = timings(bench.folder / "target", alone["nodes"])
    costs = dearest_first({model.name: model.cost for model in built})
    found: dict[str, Any] = {
        "steps": steps,
        "raw scans": raw_scans(bench.database, built, bench.schemas),
        "cells": bench.cells(),
        "rooms": by_room(built),
        "models": costs,
    }
    if given.tests:
        command = ("test", "--exclude-resource-types", "unit_test", "--threads", "1")
        tests = bench.dbt("tests one by one", *command, peaks=True)
        steps["tests one by one"] = tests
        found["tests"] = by_kind(bench.folder / "target", tests["nodes"])
    if given.incremental:
        found["incremental"] = incremental(bench, steps)
    for step in steps.values():
        step.pop("nodes", None)
    return found


def incremental(bench: Bench, steps: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Builds after ever larger changes, beside a full one, without the parse."""
    bench.variables["incremental"] = True
    full = steps["full build"] = bench.models("full build", 2)
    found = {}
    for share in CHANGED:
        bench.python(f"change {share}", "benchmark.change", "--share", str(share))
        again = steps[f"after {share:.1%}"] = bench.models(f"after {share:.1%}", 2)
        if not bench.is_in_part():
            raise CommandError(f"after {share:.1%} all rows were computed: {again}")
        after = "cpu_seconds_after_parse"
        found[str(share)] = {
            "of_full": again[after] / full[after],
            "cpu_seconds": again[after],
        }
    return found


def settings_for(memory: float | None) -> dict[str, str]:
    """DuckDB's settings for a process that may use so many GB."""
    if memory is None:
        return {}
    limit = f"{memory * SHARE:.1f}GB"
    return {"memory_limit": limit, "preserve_insertion_order": "false"}


def measure(charges: int, given: argparse.Namespace) -> dict[str, Any]:
    """One size: measured, saved and told."""
    title = f"{charges:,} charges{' and events' if given.events else ''}"
    if given.memory:
        title += f" in {given.memory:g} GB"
    bench = Bench(title.replace(" ", "_"), given.events, settings_for(given.memory))
    found = {
        "title": title,
        "charges": charges,
        "events": given.events,
        "memory": given.memory,
    } | account(bench, charges, given)
    if not given.keep:
        bench.database.unlink()
    save(found)
    print(table(found))
    return found


def main() -> int:
    given = arguments()
    try:
        results = [measure(charges, given) for charges in sorted(given.charges)]
    except CommandError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for smaller, larger in pairwise(results):
        print(growth_table(smaller, larger))
    return 0


if __name__ == "__main__":
    sys.exit(main())
