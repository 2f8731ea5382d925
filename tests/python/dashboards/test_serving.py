"""The serving copy: whole, of the marts only, replaced under its readers."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest
from harness.project import ROOT

from dashboards.warehouse import NotBuilt
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.serving import (
    INDEXES,
    REFERENCE_TABLES,
    ServingError,
    publish,
    serving_path,
)

TABLES = """
    select schema_name || '.' || table_name, estimated_size
    from duckdb_tables()
    order by all
"""
GENERATION = "select generation from generations"
# Twenty thousand rows, all of one generation, in two tables.
GENERATIONS = """
    create or replace table analytics.generations as
    select {0} as generation from range(20000);
    create or replace table analytics.others as
    select {0} as generation from range(20000);
"""
WRITE = """
import sys, duckdb
duckdb.connect(sys.argv[1]).execute("create table analytics.third as select 1")
"""
# Publishes, and stands still in the middle of it until it is killed.
HALF_WRITTEN = """
import sys, time
from pathlib import Path
from dashboards.warehouse import serving

copy_table = serving.copy_table

def stand_still(connection, *table):
    copy_table(connection, *table)
    connection.execute("checkpoint serving")
    Path(sys.argv[3]).touch()
    time.sleep(600)

serving.copy_table = stand_still
serving.publish(Path(sys.argv[1]), Path(sys.argv[2]), "analytics")
"""


def generation(warehouse: Path, number: int) -> None:
    """Write a warehouse whose every row is of a generation."""
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema if not exists analytics")
        connection.execute(GENERATIONS.format(number))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A warehouse of generation 1."""
    warehouse = tmp_path / "warehouse.duckdb"
    generation(warehouse, 1)
    return warehouse


@pytest.fixture
def built(built_sample: Path, tmp_path: Path) -> Path:
    """The built sample in a file of its own; dbt holds the other one here."""
    return Path(shutil.copy(built_sample, tmp_path / "built.duckdb"))


def test_the_copy_holds_the_marts_and_what_pages_need(
    built: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.duckdb"
    published = publish(built, copy)
    with duckdb.connect(str(built), read_only=True) as connection:
        tables = dict(connection.execute(TABLES).fetchall())
    with duckdb.connect(str(copy), read_only=True) as connection:
        copied = dict(connection.execute(TABLES).fetchall())
    reference = {f"analytics_reference.{name}" for name in REFERENCE_TABLES}
    marts = {name for name in tables if name.startswith("analytics.")}
    assert "analytics.fct_charges" in marts
    assert copied == {name: tables[name] for name in marts | reference}
    assert published.table_count == len(copied)
    assert published.row_count == sum(copied.values())


def test_ids_are_indexed(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    publish(built, copy)
    with duckdb.connect(str(copy), read_only=True) as connection:
        rows = connection.execute("select index_name from duckdb_indexes()").fetchall()
    wanted = [f"{mart}_{column}" for mart in INDEXES for column in INDEXES[mart]]
    assert sorted(row[0] for row in rows) == sorted(wanted)


def test_a_reader_finishes_on_the_copy_it_began(small: Path) -> None:
    copy = serving_path(small)
    publish(small, copy)
    reader = DuckdbCopy(copy)
    batches = reader.batches(GENERATION, size=100)
    assert next(batches)[0] == {"generation": 1}
    generation(small, 2)
    publish(small, copy)
    assert reader.query(GENERATION)[0] == {"generation": 2}
    rest = [row["generation"] for batch in batches for row in batch]
    assert rest == [1] * 19_900


def test_a_page_sees_one_copy_throughout(small: Path) -> None:
    copy = serving_path(small)
    publish(small, copy)
    reader = DuckdbCopy(copy)
    with reader.reading():
        before = reader.query(GENERATION)[0]
        generation(small, 2)
        publish(small, copy)
        assert reader.query(GENERATION)[0] == before == {"generation": 1}
    assert reader.query(GENERATION)[0] == {"generation": 2}


def test_an_answer_that_was_kept_is_of_its_copy_and_nobody_elses(small: Path) -> None:
    copy = serving_path(small)
    publish(small, copy)
    reader = DuckdbCopy(copy)
    question = "select max(generation) as high, ? as asked from generations"
    first = reader.query(question, [1])
    first[0]["high"] = "changed by a page"
    assert reader.query(question, [1]) == [{"high": 1, "asked": 1}]
    assert reader.query(question, [True])[0]["asked"] is True
    generation(small, 2)
    publish(small, copy)
    assert reader.query(question, [1]) == [{"high": 2, "asked": 1}]


def test_swaps_under_load_lose_no_request(small: Path) -> None:
    copy = serving_path(small)
    publish(small, copy)
    reader = DuckdbCopy(copy)
    stop = threading.Event()
    seen: list[set[int]] = []
    wrong: list[object] = []

    def ask() -> None:
        numbers = set()
        while not stop.is_set():
            try:
                with reader.reading():
                    found = [
                        reader.query(
                            f"select count(*) as n, min(generation) as low, "
                            f"max(generation) as high from {table}"
                        )[0]
                        for table in ("generations", "others")
                    ]
                if found[0] != found[1] or found[0]["n"] != 20_000:
                    wrong.append(found)
                numbers |= {found[0]["low"], found[0]["high"]}
            except Exception as error:
                wrong.append(error)
        seen.append(numbers)

    clients = [threading.Thread(target=ask) for _ in range(4)]
    for client in clients:
        client.start()
    try:
        for number in range(2, 12):
            generation(small, number)
            publish(small, copy)
            time.sleep(0.05)
        assert reader.query(GENERATION)[0] == {"generation": 11}
    finally:
        stop.set()
        for client in clients:
            client.join()
    assert wrong == []
    assert len(set.union(*seen)) > 5


def test_a_killed_publisher_leaves_the_old_copy(small: Path, tmp_path: Path) -> None:
    copy, reached = serving_path(small), tmp_path / "reached"
    publish(small, copy)
    generation(small, 2)
    child = subprocess.Popen(
        [sys.executable, "-c", HALF_WRITTEN, str(small), str(copy), str(reached)],
    )
    deadline = time.monotonic() + 60
    while not reached.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    half = copy.with_name(f"{copy.name}.unfinished")
    assert half.stat().st_size > 0
    assert DuckdbCopy(copy).query(GENERATION)[0] == {"generation": 1}
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert DuckdbCopy(copy).query(GENERATION)[0] == {"generation": 1}
    publish(small, copy)
    assert DuckdbCopy(copy).query(GENERATION)[0] == {"generation": 2}
    assert sorted(path.name for path in tmp_path.glob("*.duckdb*")) == [
        "warehouse.duckdb",
        "warehouse.serving.duckdb",
    ]


def test_a_copy_that_cannot_be_made_leaves_the_old_one(small: Path) -> None:
    copy = serving_path(small)
    publish(small, copy)
    generation(small, 2)
    with pytest.raises(ServingError, match="no tables in schema finance"):
        publish(small, copy, "finance")
    # As while dbt builds: another program holds the warehouse for writing.
    holder = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); "
            "print('held', flush=True); time.sleep(600)",
            str(small),
        ],
        stdout=subprocess.PIPE,
    )
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(ServingError, match="lock"):
        publish(small, copy)
    assert DuckdbCopy(copy).query(GENERATION)[0] == {"generation": 1}
    holder.kill()
    holder.wait()
    assert not copy.with_name(f"{copy.name}.unfinished").exists()


def test_a_reader_does_not_hold_the_warehouse(small: Path) -> None:
    publish(small, serving_path(small))
    reader = DuckdbCopy(serving_path(small))
    batches = reader.batches(GENERATION, size=1)
    next(batches)
    command = [sys.executable, "-c", WRITE, str(small)]
    assert subprocess.run(command).returncode == 0


def test_the_first_copy_is_shown_as_soon_as_it_is_there(small: Path) -> None:
    reader = DuckdbCopy(serving_path(small))
    with pytest.raises(NotBuilt, match="make refresh"):
        reader.query(GENERATION)
    publish(small, serving_path(small))
    assert reader.query(GENERATION)[0] == {"generation": 1}


def served_at(*address: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboards", *address],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_an_address_that_cannot_be_served_at_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        done = served_at("--port", str(number))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"error: port {number} of 127.0.0.1 is taken, perhaps by dashboards that run "
        "already: end them, or choose another with make dashboards PORT=8051.\n"
    )
    # An address for documentation, which no machine has.
    done = served_at("--host", "192.0.2.1")
    assert done.returncode == 1
    assert done.stderr == (
        "error: 192.0.2.1 is no address of this machine: leave out --host, or correct "
        "it.\n"
    )
    assert "invalid port value: '99999'" in served_at("--port", "99999").stderr
