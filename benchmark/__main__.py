"""Measure a build on DuckDB beside a plain copy of its raw tables, in one run.

Of a simulated account (--customers) everything is built and tested, then the models
alone. Of many events (--events) the lifetime value models are built, in as much memory
as --memory says. Writes build/benchmark.json. Exit codes: 0 measured, 1 a step failed.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmark.measure import CommandError, Measured, measured
from benchmark.report import domains, save, slowest, table

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "benchmark"
REPORT = ROOT / "build" / "benchmark.json"
AS_OF = "2026-10-20"
VARIABLES = {
    "as_of": AS_OF,
    "stripe_sources": ["stripe"],
    "segment_event_sources": ["website"],
    "reporting_timezone": "UTC",
    "identity_metadata_column": "metadata_user_id",
}
PYTHON = sys.executable
DBT = Path(PYTHON).with_name("dbt")
# DuckDB's own share of a machine's memory; the rest is Python's.
SHARE = 0.8


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--customers", type=int, default=20_000, help="size of the account")
    add("--events", type=int, help="so many events instead, of a tenth as many devices")
    add("--memory", type=float, help="GB for all (default: 4 with --events)")
    return parser.parse_args()


class Bench:
    """One folder, one database, one profile; runs commands there."""

    def __init__(self, name: str, settings: dict[str, str], threads: int) -> None:
        self.folder = FOLDER / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.settings = settings
        self.database = self.folder / "warehouse.duckdb"
        for suffix in ("", ".wal"):
            self.database.with_name(self.database.name + suffix).unlink(missing_ok=True)
        output = {
            "type": "duckdb",
            "path": str(self.database),
            "schema": "analytics",
            "threads": threads,
            "settings": settings,
        }
        profile = {"target": "bench", "outputs": {"bench": output}}
        text = json.dumps({"segment_stripe": profile})
        (self.folder / "profiles.yml").write_text(text)

    def run(self, name: str, *command: str | Path) -> Measured:
        print(f"{name} ...", flush=True)
        return measured(list(command), self.folder / f"{name}.log")

    def python(self, name: str, module: str, *options: str | Path) -> Measured:
        return self.run(name, PYTHON, "-m", module, *options)

    def dbt(self, name: str, *command: str) -> Measured:
        return self.run(
            name,
            *(DBT, "--quiet", *command, "--vars", json.dumps(VARIABLES)),
            *("--project-dir", ROOT, "--profiles-dir", self.folder),
            *("--target-path", self.folder / "target", "--log-path", self.folder),
        )

    def copied(self) -> dict[str, float]:
        """Seconds, tables, rows and peak memory of a plain copy."""
        options = ("--database", self.database, "--settings", json.dumps(self.settings))
        done = self.python("plain copy", "benchmark.copy_tables", *options)
        return {**json.loads(done.output), "peak_bytes": done.peak_bytes}

    @staticmethod
    def figures(done: Measured) -> dict[str, float]:
        return {
            "seconds": done.seconds,
            "cpu_seconds": done.cpu_seconds,
            "peak_bytes": done.peak_bytes,
        }

    def models(self, done: Measured) -> dict[str, object]:
        """Figures of a run of models alone, with those of its parts."""
        parts = {
            "domains": domains(self.folder / "target"),
            "slowest": slowest(self.folder / "target"),
        }
        return self.figures(done) | parts


def account(customers: int, settings: dict[str, str]) -> dict[str, object]:
    """Everything, built and tested, then the models alone, of a simulated account."""
    bench = Bench(f"customers_{customers}", settings, threads=4)
    account = bench.folder / "account"
    scripts = ROOT / "scripts"
    size = ("--customers", str(customers), "--as-of", AS_OF)
    create = scripts / "create_sample_account.py"
    bench.run("create account", PYTHON, create, "--output", account, *size)
    load = (scripts / "load_sample_account.py", "--from", account, "--to", "duckdb")
    bench.run("load account", PYTHON, *load, "--database", bench.database)
    found = {"plain copy": bench.copied()}
    found["build"] = bench.figures(bench.dbt("dbt build", "build"))
    # one model at a time, so that their times add up
    found["models"] = bench.models(bench.dbt("dbt run", "run", "--threads", "1"))
    return found


def events(count: int, settings: dict[str, str]) -> dict[str, object]:
    """Lifetime value and all that it needs, of many events."""
    bench = Bench(f"events_{count}", settings, threads=1)
    options = ("--database", bench.database, "--events", str(count))
    settings_given = ("--settings", json.dumps(settings))
    bench.python("create events", "benchmark.create_events", *options, *settings_given)
    found = {"plain copy": bench.copied()}
    select = ("--select", "+models/marts/lifetime_value", "channel_rules")
    no_tests = ("--exclude-resource-types", "test", "unit_test")
    found["models"] = bench.models(bench.dbt("dbt build", "build", *select, *no_tests))
    return found


def settings_for(memory: float | None) -> dict[str, str]:
    """DuckDB's settings for a process that may use so many GB."""
    if memory is None:
        return {}
    limit = f"{memory * SHARE:.1f}GB"
    return {"memory_limit": limit, "preserve_insertion_order": "false"}


def main() -> int:
    given = arguments()
    try:
        if given.events:
            title = f"{given.events:,} events"
            found = events(given.events, settings_for(given.memory or 4))
        else:
            title = f"{given.customers:,} customers"
            found = account(given.customers, settings_for(given.memory))
    except CommandError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    save(REPORT, title, found)
    print(table(title, found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
