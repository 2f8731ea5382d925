"""Measure a build on a Spark cluster of this machine beside one on DuckDB.

A simulated account is repeated until it has --charges charges; both engines build the
models of the Stripe tables, without tests. Prints seconds by the clock and of the
processors, peak memory, and the dearest models. Exit codes: 0 measured, 1 a step
failed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import yaml

from benchmark.bench import NO_TESTS, Bench, small_account
from benchmark.measure import CommandError
from benchmark.processes import SESSION, found, seconds
from benchmark.report import ROOT
from benchmark.timings import dearest_said
from environment.spark import cluster
from environment.spark.settings import VENV

GB = 1024**3
# A cluster is set for small accounts, which are planned longer than computed.
LARGE = {
    "set:spark.sql.codegen.wholeStage": "true",
    "set:spark.sql.codegen.factoryMode": "FALLBACK",
    "set:spark.sql.shuffle.partitions": "4",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--charges", type=int, default=100_000)
    charges = parser.parse_args().charges
    bench = Bench(f"{charges}_charges_beside_spark", False, {})
    shutil.copyfile(small_account(), bench.database)
    try:
        bench.python("grow", "benchmark.grow", "--charges", str(charges))
        ours = bench.models("models", 2)
        print(
            f"DuckDB: {ours['seconds']:.0f} s, "
            f"{ours['cpu_seconds']:.0f} of processors, "
            f"at most {ours['peak_bytes'] / GB:.1f} GB"
        )
        print(on_spark(bench))
    except CommandError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    finally:
        cluster.stop()
    return 0


def on_spark(bench: Bench) -> str:
    """Load the raw tables into an empty cluster, build there, and say what it cost."""
    cluster.stop()
    cluster.forget()
    cluster.start()
    print("load into Spark ...", flush=True)
    load(bench)
    write_profile(bench.folder)
    began, busy = time.perf_counter(), cpu_seconds()
    print("models on Spark ...", flush=True)
    done = bench.run(
        "models_on_spark",
        *(VENV / "bin" / "dbt", "build", *NO_TESTS, "--target", "spark"),
        *("--vars", json.dumps(bench.variables), "--project-dir", ROOT),
        *("--profiles-dir", bench.folder / "spark", "--log-path", bench.folder),
        *("--target-path", bench.folder / "spark" / "target"),
    )
    clock, busy = time.perf_counter() - began, cpu_seconds() - busy
    lines = [
        f"Spark: {clock:.0f} s, {busy + done.cpu_seconds:.0f} of processors, "
        f"at most {peak_bytes() / GB:.1f} GB in all its processes",
        *dearest_said(bench.folder / "spark" / "target"),
    ]
    return "\n".join(lines)


def load(bench: Bench) -> None:
    """Copy the raw tables, by way of files, to Delta tables of the same names."""
    statements = []
    files = bench.folder / "raw"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir()
    with duckdb.connect(str(bench.database), read_only=True) as connection:
        for schema in bench.schemas:
            statements.append(f"create schema {schema}")
            tables = connection.execute(
                "select table_name from duckdb_tables() where schema_name = ?", [schema]
            ).fetchall()
            for (table,) in tables:
                file = files / f"{schema}.{table}.parquet"
                connection.execute(f"copy {schema}.\"{table}\" to '{file}'")
                statements.append(
                    f"create table {schema}.`{table}` using delta as "
                    f"select * from parquet.`{file}`"
                )
    done = subprocess.run(
        [VENV / "bin" / "python", "-m", "environment.spark.statements"],
        input=";\n".join([*statements, ""]),
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    if done.returncode:
        raise CommandError(done.stderr[-2000:])


def write_profile(folder: Path) -> None:
    """The target of profiles.example.yml, set for a large account."""
    profile = yaml.safe_load((ROOT / "profiles.example.yml").read_text())
    spark = profile["segment_stripe"]["outputs"]["spark"]
    spark["server_side_parameters"] |= LARGE
    (folder / "spark").mkdir(exist_ok=True)
    (folder / "spark" / "profiles.yml").write_text(yaml.safe_dump(profile))


def processes() -> dict[Path, list[str]]:
    """The cluster's processes, executors among them."""
    return found(SESSION, set(cluster.running().values()))


def cpu_seconds() -> float:
    """Seconds of processors that the cluster's processes have used so far."""
    return sum(seconds(stat) for stat in processes().values())


def peak_bytes() -> int:
    """The largest memory of each of the cluster's processes, together."""
    peaks = [
        int(line.split()[1])
        for process in processes()
        for line in (process / "status").read_text().splitlines()
        if line.startswith("VmHWM")
    ]
    return sum(peaks) * 1024


if __name__ == "__main__":
    sys.exit(main())
