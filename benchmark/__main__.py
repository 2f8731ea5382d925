"""Measure a build on DuckDB beside plain copies of what it reads and writes.

A simulated account is repeated until it has --charges charges and all that belongs to
them, for each size named; --events lets its website in, too. Models are built alone;
--tests runs data tests then, --incremental builds again after changes. Writes a file in
build/bench for each size. Exit codes: 0 measured, 1 a step failed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from itertools import pairwise
from typing import Any

from benchmark.bench import Bench, small_account
from benchmark.measure import CommandError
from benchmark.report import growth_table, save, table
from benchmark.scans import raw_scans
from benchmark.timings import by_kind, by_room, dearest_first, timings

# DuckDB's own share of a machine's memory; the rest is Python's.
SHARE = 0.8
# Of customers whose objects change before an incremental build.
CHANGED = (0.001, 0.01, 0.1)


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
    settings = {
        "wal_autocheckpoint": "1GB",
        "disabled_optimizers": "build_side_probe_side",
    }
    if memory is None:
        return settings
    limit = f"{memory * SHARE:.1f}GB"
    return settings | {"memory_limit": limit, "preserve_insertion_order": "false"}


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
