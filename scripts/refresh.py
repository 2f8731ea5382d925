"""Build, test and, if all passed, show it: what a scheduler runs.

dbt build goes first. When it passes, a new serving copy takes the place of the last one
(DuckDB; in PostgreSQL the dashboards read the tables themselves). When anything fails,
the copy that stands stays, and the exit code is 1; it is 3 when a refresh of the same
warehouse is running already, or another program has its file open. The last line sums
up.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from dashboards.warehouse import WarehouseError
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.serving import (
    ServingError,
    publish,
    serving_path,
    warehouse_path,
)
from environment.start_dbt import is_lock, locked

FAILED, REFUSED = 1, 3


class Busy(Exception):
    """Another program has the warehouse: a sentence on what to do."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", choices=["duckdb", "postgres"], default="duckdb")
    parser.add_argument("--vars", default="{}", help="variables for dbt, as YAML")
    parser.add_argument("--target-path", type=Path, default=Path("target"))
    parser.add_argument("--select", nargs="+", help="build these only, as dbt does")
    parser.add_argument(
        "--copy-only", action="store_true", help="build nothing, show what stands"
    )
    given = parser.parse_args()
    try:
        with only_refresh(lock_path(given.target)) as lock:
            return refresh(given, lock)
    except Busy as busy:
        print(f"error: {busy}", file=sys.stderr)
        return REFUSED


def refresh(given: argparse.Namespace, lock: int) -> int:
    """Build, test, swap and sum up; the exit code."""
    if given.target == "duckdb":
        refuse_if_open(warehouse_path())
    if given.copy_only:
        return show(given.target, "nothing built")
    began = time.time()
    passed = build(given, lock)
    told = f"{results(given.target_path, began)}, {time.time() - began:.0f} s"
    if not passed:
        print(f"Refresh failed: {told}. {still_shown(given.target)}")
        return FAILED
    return show(given.target, told)


def show(target: str, told: str) -> int:
    """Swap the serving copy, where there is one, and sum up; the exit code."""
    if target == "postgres":
        print(f"Refreshed: {told}.")
        return 0
    try:
        copy = publish(warehouse_path(), serving_path())
    except ServingError as error:
        print(f"Refresh failed: {told}, but {error} {still_shown(target)}")
        return FAILED
    print(
        f"Refreshed: {told}; {copy.table_count} tables with {copy.row_count:,} rows in "
        f"{copy.path}, {copy.seconds:.0f} s."
    )
    return 0


def refuse_if_open(warehouse: Path) -> None:
    """Ask for the file before dbt spends its time on the project."""
    if warehouse.exists():
        try:
            duckdb.connect(str(warehouse)).close()
        except duckdb.IOException as error:
            if is_lock(error):
                raise Busy(locked(warehouse, error)) from error


def build(given: argparse.Namespace, lock: int) -> bool:
    """Run dbt build, never as a full refresh: snapshots only grow.

    dbt holds the lock too, so that it lasts until dbt ends when we are killed.
    """
    command = [
        *(str(Path(sys.executable).with_name("dbt")), "--quiet", "build"),
        *("--target", given.target, "--vars", given.vars),
        *("--target-path", str(given.target_path)),
        *(("--select", *given.select) if given.select else ()),
    ]
    return subprocess.run(command, pass_fds=[lock]).returncode == 0


def results(target_path: Path, began: float) -> str:
    """What dbt did since `began`, in words."""
    path = target_path / "run_results.json"
    if not path.exists() or path.stat().st_mtime < began:
        return "dbt did not start to build"
    found = json.loads(path.read_text())["results"]
    counts = Counter(
        result["status"]
        for result in found
        if not result["unique_id"].startswith("operation")
    )
    words = {
        "success": "built",
        "pass": "tests passed",
        "warn": "warned",
        "error": "in error",
        "fail": "failed",
        "skipped": "skipped",
    }
    told = [f"{counts[k]} {said}" for k, said in words.items() if counts[k]]
    return ", ".join(told) or "nothing built"


def still_shown(target: str) -> str:
    """What the dashboards show after a refresh that failed."""
    if target == "postgres":
        return "The dashboards show the tables as far as they were built."
    try:
        built_at = DuckdbCopy(serving_path()).freshness().built_at
    except WarehouseError:
        return "There is no earlier copy for the dashboards to show."
    return f"The dashboards still show the build of {built_at} UTC."


def lock_path(target: str) -> Path:
    """A file that only marks a warehouse as being refreshed."""
    if target == "duckdb":
        warehouse = warehouse_path()
        return warehouse.with_name(f"{warehouse.name}.refreshing")
    return Path("target") / "postgres.refreshing"


@contextmanager
def only_refresh(path: Path) -> Iterator[int]:
    """Hold the lock in the block; it ends with the process, however that ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(
                "a refresh of this warehouse is running already: wait for it, or "
                "end it."
            ) from error
        yield file.fileno()


if __name__ == "__main__":
    sys.exit(main())
