"""The benchmark's own parts: a grown account, a plain copy, scans, measures."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb
import pytest

from benchmark import document
from benchmark.bench import watched
from benchmark.bytes import read_bytes
from benchmark.change import change
from benchmark.copy_tables import copy_tables
from benchmark.grow import grow
from benchmark.growth import growth
from benchmark.measure import CommandError, measured
from benchmark.report import growth_table, save, table
from benchmark.scans import raw_scans
from benchmark.timings import Timing, by_room, room_of
from sample_account import load_duckdb

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


def test_bytes_are_those_of_the_columns_that_are_read(database: Path) -> None:
    read = "select count(distinct {}) from stripe.charges where id > 'ch_8'"
    nodes = [
        {
            "name": f"{kind}_{column}",
            "resource_type": kind,
            "config": {"materialized": materialized},
            "compiled_code": read.format(column),
        }
        for kind, materialized, column in (
            ("model", "table", "currency"),
            ("model", "view", "currency"),
            ("test", "test", "id"),
        )
    ]
    with duckdb.connect(str(database), read_only=True) as connection:
        found = read_bytes(connection, nodes)
    currency, key = 20 * (2 + len("usd")), 20 * (2 + len("ch_") + 32)
    assert found == {
        "models": {"model_currency": [currency + key]},
        "tests": {"test_id": [key]},
    }


def test_scans_are_counted_through_views(database: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create view staged as select * from stripe.charges "
            "union all select * from stripe.charges"
        )
    models = [
        Timing("stored", "analytics", "payments", {}, "select count(id) from staged"),
        Timing("view", "analytics", "payments", {}, None),
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


def test_a_room_costs_the_sum_of_its_models_and_their_highest_peak() -> None:
    costs = [
        {"seconds": 1.0, "cpu_seconds": 2.0, "peak_bytes": 10},
        {"seconds": 0.5, "cpu_seconds": 1.0, "peak_bytes": 30},
    ]
    models = [Timing("m", "analytics", "payments", cost, None) for cost in costs]
    assert by_room(models) == {
        "payments": {"seconds": 1.5, "cpu_seconds": 3.0, "peak_bytes": 30}
    }


def result(charges: int, seconds: float) -> dict:
    """What a benchmark finds, costs being so many seconds, kilobytes and peaks."""
    cost = {"seconds": seconds, "cpu_seconds": seconds, "peak_bytes": seconds * 1e9}
    own = {"seconds": 1.0, "cpu_seconds": 1.0, "peak_bytes": 1e9}
    steps = dict.fromkeys(
        ("parse", "models of a small account", "copy of the raw tables"), own
    )
    steps |= {"copy of the marts": own, "models": cost}
    for step in ("models one by one", "tests one by one"):
        steps[step] = cost | {"cpu_seconds_after_parse": seconds}
    return {
        "title": f"{charges:,} charges",
        "charges": charges,
        "events": False,
        "memory": None,
        "steps": steps,
        "raw scans": {"rows": charges, "scans": 3, "rows_scanned": 2 * charges},
        "cells": {"marts": 10, "intermediate": 20},
        "rooms": {"payments": cost},
        "models": {"fct_refunds": cost},
        "tests": {"not_null": {"tests": 2} | cost},
        "incremental": {"0.001": {"of_full": 0.05, "cpu_seconds": 1}},
    }


def test_growth_is_the_exponent_of_size() -> None:
    grown = growth(result(1_000, 5), result(10_000, 401))
    # 4 seconds without dbt's own become 400
    assert grown["whole"] == {"seconds": 2, "cpu_seconds": 2, "peak_bytes": 1.9}
    assert grown["rooms"]["payments"]["cpu_seconds"] == 1.9
    assert grown["models"]["fct_refunds"]["peak_bytes"] == 1.9


def test_results_are_told_and_become_a_page_with_a_plot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = [result(1_000, 5), result(10_000, 401)]
    for each in results:
        save(each, tmp_path)
    told = table(results[1])
    assert "the copies: 200.00" in told
    assert "tests are 50% of models and tests" in told
    assert "0.1% of customers changed: 5.0% of a full build" in told
    assert "fct_refunds" in growth_table(*results)
    monkeypatch.setattr(document, "REPORTS", tmp_path)
    found = document.results()
    assert [each["charges"] for each in found] == [1_000, 10_000]
    page = document.page(found)
    for part in (
        "|  | 1,000 charges | 10,000 charges |",
        "| build, processor | 5 s | 401 s |",
        "| data tests, of models and tests | 50% | 50% |",
        "| 1,000 charges → 10,000 charges: whole | 2.00 | 2.00 | 1.90 |",
        "| `not_null` | 2 | 5.0 s, 5.0 GB | 401.0 s, 401.0 GB |",
        "| 10,000 charges | 0.1% | 5.0% |",
    ):
        assert part in page, part
    assert document.plot(found).count("<circle") == 2 * 4


def test_a_change_is_newer_than_every_row_and_hits_its_share(
    sample: Path, tmp_path: Path
) -> None:
    database = tmp_path / "sample.duckdb"
    load_duckdb(sample, database)
    with duckdb.connect(str(database)) as connection:
        before = connection.execute("select count(*) from stripe.charges").fetchone()
    newer = change(database, 0.1, {})
    assert 0 < newer["customers"] < 50
    assert newer["refunds"] > 0
    with duckdb.connect(str(database)) as connection:
        charges, latest = connection.execute(
            "select count(*), max(uuid_ts) from stripe.charges"
        ).fetchone()
        rows = connection.execute(
            "select charges.refunded, charges.amount_refunded = refunds.amount,"
            " -movements.amount = refunds.amount, movements.uuid_ts"
            " from stripe.refunds inner join stripe.charges"
            " on refunds.charge_id = charges.id"
            " inner join stripe.balance_transactions as movements"
            " on refunds.id = movements.source where refunds.uuid_ts = ?",
            [latest],
        ).fetchall()
    assert before[0] < charges <= before[0] + newer["customers"]
    assert rows == [(True, True, True, latest)] * newer["refunds"]
    again = change(database, 0.1, {})
    assert again["customers"] == newer["customers"]


@pytest.mark.long
def test_each_node_of_dbt_is_watched(sample: Path, tmp_path: Path) -> None:
    load_duckdb(sample, tmp_path / "warehouse.duckdb")
    output = {"type": "duckdb", "path": str(tmp_path / "warehouse.duckdb")}
    profile = {"target": "it", "outputs": {"it": output | {"schema": "analytics"}}}
    (tmp_path / "profiles.yml").write_text(json.dumps({"segment_stripe": profile}))
    done = measured(
        [
            *(sys.executable, "-m", "benchmark.watch", "--peaks", "--output"),
            *(tmp_path / "costs.json", "--", "--quiet", "build", "--threads", "1"),
            *("--select", "stg_stripe__charges", "--exclude-resource-types"),
            *("unit_test", "--project-dir", document.ROOT, "--profiles-dir", tmp_path),
            *("--target-path", tmp_path / "target", "--log-path", tmp_path),
        ],
        tmp_path / "log",
    )
    found = watched(done, tmp_path / "costs.json")
    cost = found["nodes"]["model.segment_stripe.stg_stripe__charges"]
    assert 0 < cost["cpu_seconds"] < found["cpu_seconds_after_parse"]
    assert found["cpu_seconds_after_parse"] < found["cpu_seconds"]
    assert cost["peak_bytes"] > 1e7 or sys.platform != "linux"
