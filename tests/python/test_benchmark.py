"""The benchmark's own parts: a grown account, a plain copy, scans, measures."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest

from benchmark.copy_tables import copy_tables
from benchmark.grow import grow
from benchmark.measure import CommandError, measured
from benchmark.scans import raw_scans
from benchmark.timings import Timing, room_of

CATALOG = """
    create schema stripe;
    create table stripe.plans as select 'plan_monthly00' as id;
    create table stripe.customers as
        select 'cus_' || md5(i::text) as id, i || '@example.com' as email
        from range(10) as numbers(i);
    create table stripe.charges as
        select
            'ch_' || md5(i::text) as id,
            'cus_' || md5((i // 2)::text) as customer_id,
            'usd' as currency,
            'plan_monthly00' as plan_id
        from range(20) as numbers(i);
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Ten customers with two charges each."""
    path = tmp_path / "raw.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(CATALOG)
    return path


def test_a_grown_account_has_copies_that_name_each_other(database: Path) -> None:
    rows = grow(database, 90, {})
    assert rows == {"stripe.charges": 100, "stripe.customers": 50, "stripe.plans": 1}
    with duckdb.connect(str(database)) as connection:
        joined = connection.execute(
            "select count(*), count(distinct charges.id), count(distinct customers.id),"
            " count(distinct email), count(distinct currency), count(distinct plan_id)"
            " from stripe.charges inner join stripe.customers"
            " on charges.customer_id = customers.id"
        ).fetchone()
    assert joined == (100, 100, 50, 50, 1, 1)


def test_a_plain_copy_has_every_row(database: Path) -> None:
    copied = copy_tables(database, ["stripe"], {})
    assert (copied["tables"], copied["rows"]) == (3, 1 + 10 + 20)
    assert not database.with_name("copy.duckdb").exists()


def test_scans_are_counted_through_views(database: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create view staged as select * from stripe.charges "
            "union all select * from stripe.charges"
        )
    models = [
        Timing("stored", "analytics", "payments", 1.0, "select count(id) from staged"),
        Timing("view", "analytics", "payments", 1.0, None),
    ]
    found = raw_scans(database, models, ["stripe"])
    assert (found["scans"], found["rows_scanned"], found["rows"]) == (2, 40, 31)
    assert found["by_table"] == {"stripe.charges": 2}


def test_every_model_has_its_room() -> None:
    assert room_of("fct_charges", "models/marts/core/fct_charges.sql") == "charges"
    staged = "models/staging/stripe/stg_stripe__charges.sql"
    assert room_of("stg_stripe__charges", staged) == "staging"


def test_memory_and_time_of_a_command(tmp_path: Path) -> None:
    code = "print(len(b'x' * 300_000_000))"
    done = measured([sys.executable, "-c", code], tmp_path / "log")
    assert done.output == "300000000\n"
    assert done.peak_bytes > 300_000_000
    assert done.seconds > 0


def test_a_failed_command_says_why(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such thing"):
        measured([sys.executable, "-c", "exit('no such thing')"], tmp_path / "log")
