"""make refresh: build, test, swap, while people look; on failure nothing changes."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from harness.browser import serving
from harness.project import DATABASE_NAME, EVENTS, OWN_VARIABLES, ROOT, Project

from benchmark.pages import PageClient
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.serving import publish, serving_path

ADDRESSES = (
    *("/", "/finance", "/customer", "/explore?table=charges"),
    *("/revenue", "/lifetime-value"),
)
SNAPSHOTS = ("subscriptions_snapshot", "subscription_items_snapshot")
FAILING = "assert_currencies_are_known"


@pytest.fixture
def shown(built_sample: Path, tmp_path: Path) -> Path:
    """A built warehouse of this test's own, with its serving copy."""
    warehouse = Path(shutil.copy(built_sample, tmp_path / DATABASE_NAME))
    publish(warehouse, serving_path(warehouse))
    return warehouse


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A warehouse of one table, with its serving copy."""
    warehouse = tmp_path / DATABASE_NAME
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema analytics; create table analytics.t (a int)")
    publish(warehouse, serving_path(warehouse))
    return warehouse


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where dbt leaves its artifacts: the project is parsed once for all refreshes."""
    return tmp_path_factory.mktemp("target")


def refresh(
    project: Project, warehouse: Path, target: Path, *more: str
) -> subprocess.CompletedProcess[str]:
    """Run scripts/refresh.py as a scheduler does."""
    return subprocess.run(
        [*command(target), *more],
        cwd=ROOT,
        env=environment(project, warehouse, target),
        capture_output=True,
        text=True,
    )


def command(target: Path) -> list[str]:
    return [
        *(sys.executable, str(ROOT / "scripts" / "refresh.py")),
        *("--vars", json.dumps(OWN_VARIABLES | EVENTS)),
        *("--target-path", str(target)),
    ]


def environment(project: Project, warehouse: Path, target: Path) -> dict[str, str]:
    return os.environ | {
        "SEGMENT_STRIPE_DUCKDB": str(warehouse),
        "DBT_PROFILES_DIR": str(project.workspace),
        "DBT_LOG_PATH": str(target),
    }


@contextmanager
def looking(reader: DuckdbCopy, wrong: list[object]) -> Iterator[list[str]]:
    """Have two people open every page again and again; yields what they opened."""
    opened: list[str] = []
    stop = threading.Event()
    (ids,) = reader.query(
        "select invoice_id, customer_id from fct_invoices order by invoice_id limit 1"
    )
    addresses = (
        *ADDRESSES,
        f"/customer?customer_id={ids['customer_id']}",
        f"/invoice?invoice_id={ids['invoice_id']}",
    )

    def look(address: str) -> None:
        client = PageClient(address)
        while not stop.is_set():
            for page in addresses:
                try:
                    if state := client.open(page).state:
                        wrong.append((page, state))
                except Exception as error:
                    wrong.append((page, error))
                opened.append(page)
                stop.wait(0.5)
        client.close()

    with serving(reader) as address:
        people = [threading.Thread(target=look, args=[address]) for _ in range(2)]
        for person in people:
            person.start()
        try:
            yield opened
        finally:
            stop.set()
            for person in people:
                person.join()


def snapshot_rows(warehouse: Path) -> list[tuple]:
    """Every version that the snapshots hold."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return [
            row
            for name in SNAPSHOTS
            for row in connection.execute(
                f"select dbt_scd_id, dbt_valid_from from analytics_snapshots.{name} "
                "order by all"
            ).fetchall()
        ]


@pytest.mark.long
def test_ten_refreshes_while_people_look(
    project: Project, shown: Path, target: Path
) -> None:
    reader, wrong = DuckdbCopy(serving_path(shown)), []
    versions = snapshot_rows(shown)
    with looking(reader, wrong) as opened:
        for _ in range(10):
            before, seen = reader.freshness().built_at, len(opened)
            done = refresh(project, shown, target)
            assert done.returncode == 0, done.stdout + done.stderr
            summary = done.stdout.splitlines()[-1]
            assert summary.startswith("Refreshed: ") and "tests passed" in summary
            assert reader.freshness().built_at > before
            assert len(opened) > seen
    assert wrong == []
    assert versions and snapshot_rows(shown) == versions


def test_a_failing_test_keeps_the_old_copy(
    project: Project, shown: Path, target: Path
) -> None:
    with duckdb.connect(str(shown)) as connection:
        connection.execute(
            "update analytics.executive_summary_daily set currency='xyz'"
        )
    copy = serving_path(shown)
    before = copy.stat()
    done = refresh(project, shown, target, "--select", FAILING)
    assert done.returncode == 1
    last = done.stdout.splitlines()[-1]
    assert last.startswith("Refresh failed: 1 failed, ")
    assert "The dashboards still show the build of 20" in last
    assert (copy.stat().st_ino, copy.stat().st_mtime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
    )
    currencies = DuckdbCopy(copy).query(
        "select distinct currency from executive_summary_daily"
    )
    assert {"currency": "xyz"} not in currencies


def test_a_file_that_is_open_elsewhere_is_refused_in_one_sentence(
    project: Project, small: Path, target: Path
) -> None:
    copy = serving_path(small)
    before = copy.stat().st_ino
    with duckdb.connect(str(small)):
        done = refresh(project, small, target)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        f"error: {small} is open in another program (process {os.getpid()}): wait "
        "until that ends or close it, or name another file in SEGMENT_STRIPE_DUCKDB.\n"
    )
    assert copy.stat().st_ino == before


def test_of_two_refreshes_at_once_the_second_is_refused(
    project: Project, small: Path, target: Path
) -> None:
    first = subprocess.Popen(
        command(target),
        cwd=ROOT,
        env=environment(project, small, target),
        start_new_session=True,
    )
    try:
        wait_until_locked(small.with_name(f"{small.name}.refreshing"))
        done = refresh(project, small, target)
    finally:
        # Its dbt with it.
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    assert done.returncode == 3
    assert done.stderr == (
        "error: a refresh of this warehouse is running already: wait for it, or end "
        "it.\n"
    )
    assert done.stdout == ""


def wait_until_locked(path: Path) -> None:
    for _ in range(600):
        time.sleep(0.1)
        if path.exists():
            with path.open() as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    return
    raise AssertionError(f"nobody locked {path}")


def test_what_another_project_built_is_shown_without_a_build(small: Path) -> None:
    with duckdb.connect(str(small)) as connection:
        connection.execute(
            "create schema acme_stripe; create table acme_stripe.t as select 5 as a"
        )
    named = {
        "SEGMENT_STRIPE_DUCKDB": str(small),
        "SEGMENT_STRIPE_SCHEMA": "acme_stripe",
    }
    done = subprocess.run(
        [sys.executable, "scripts/refresh.py", "--copy-only"],
        cwd=ROOT,
        env={**os.environ, **named},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Refreshed: nothing built; 1 tables with 1 rows" in done.stdout
    copy = DuckdbCopy(serving_path(small), "acme_stripe")
    assert copy.query("select a from t") == [{"a": 5}]
