"""The benchmark's own parts: its events, its plain copy, its measure."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest

from benchmark.copy_tables import copy_tables
from benchmark.create_events import create_events
from benchmark.measure import CommandError, measured

CONTENT = """
    select count(*), count(distinct anonymous_id), sum(hash(pages))
    from website.pages
"""


def test_events_are_as_many_as_asked_and_always_the_same(tmp_path: Path) -> None:
    found = []
    for name in ("one.duckdb", "two.duckdb"):
        create_events(tmp_path / name, 20_000, {"memory_limit": "1GB"})
        with duckdb.connect(str(tmp_path / name)) as connection:
            found.append(connection.execute(CONTENT).fetchone())
    assert found[0] == found[1]
    # 20,000 calls of 2,000 devices, of which 14,000 pages
    assert found[0][0] == 14_000
    assert 1_900 < found[0][1] <= 2_000


def test_a_plain_copy_has_every_raw_row(tmp_path: Path) -> None:
    create_events(tmp_path / "events.duckdb", 1_000, {})
    copied = copy_tables(tmp_path / "events.duckdb", {})
    # 1,000 calls; of 100 devices 25 users, 5 customers with 4 charges and balances each
    assert (copied["tables"], copied["rows"]) == (7, 1_000 + 25 + 5 + 20 + 20)
    assert not (tmp_path / "copy.duckdb").exists()


def test_memory_and_time_of_a_command(tmp_path: Path) -> None:
    code = "print(len(b'x' * 300_000_000))"
    done = measured([sys.executable, "-c", code], tmp_path / "log")
    assert done.output == "300000000\n"
    assert done.peak_bytes > 300_000_000
    assert done.seconds > 0


def test_a_failed_command_says_why(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such thing"):
        measured([sys.executable, "-c", "exit('no such thing')"], tmp_path / "log")
