"""Nothing drops a snapshot, and nothing needs one: on DuckDB and on PostgreSQL."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from harness.postgres import connect, execute
from harness.project import EVENTS, Project

from sample_account import create_account, load_duckdb, load_postgres

SNAPSHOTS = (
    "subscriptions_snapshot",
    "subscription_items_snapshot",
    "discounts_snapshot",
)
BUILD = [
    *("build", "--exclude-resource-type", "test", "unit_test", "--select"),
    *("+fct_customer_mrr", "+mrr_monthly"),
]
# A row that only a table which was never made anew can still hold.
KEPT = "kept since the beginning"


def marked(name: str) -> str:
    """Statement that adds the row to a snapshot."""
    return (
        f"insert into analytics_snapshots.{name} (source_relation, subscription_id) "
        f"values ('{KEPT}', '{KEPT}')"
    )


@pytest.fixture(scope="module")
def other_account(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another account than the sample: fewer customers, other ids."""
    folder = tmp_path_factory.mktemp("other") / "account"
    day = date(2026, 10, 20)
    create_account(folder, customers=60, months=6, seed=7, as_of=day, workers=1)
    return folder


def kept_in_duckdb(database: Path) -> list[int]:
    with duckdb.connect(str(database)) as connection:
        return [
            connection.execute(
                f"select count(*) from analytics_snapshots.{name} "
                f"where subscription_id = '{KEPT}'"
            ).fetchone()[0]
            for name in SNAPSHOTS
        ]


def kept_in_postgres() -> list[int]:
    with connect() as connection, connection.cursor() as cursor:
        found = []
        for name in SNAPSHOTS:
            cursor.execute(
                f"select count(*) from analytics_snapshots.{name} "
                f"where subscription_id = '{KEPT}'"
            )
            found.append(cursor.fetchone()[0])
    connection.close()
    return found


@pytest.mark.long
def test_no_command_drops_a_snapshot_in_duckdb(
    project: Project, database: Path, sample: Path, other_account: Path
) -> None:
    load_duckdb(sample, database)
    # Without a snapshot at first.
    for command in (["seed"], ["run", *BUILD[4:]], BUILD):
        run = project.run(command, database, EVENTS)
        assert run.success, run.text
    with duckdb.connect(str(database)) as connection:
        for name in SNAPSHOTS:
            connection.execute(marked(name))
    for command in (BUILD, [*BUILD, "--full-refresh"], ["snapshot"]):
        run = project.run(command, database, EVENTS)
        assert run.success, run.text
        assert kept_in_duckdb(database) == [1, 1, 1]
    load_duckdb(other_account, database)
    run = project.run(BUILD, database, EVENTS)
    assert run.success, run.text
    assert kept_in_duckdb(database) == [1, 1, 1]
    with duckdb.connect(str(database)) as connection:
        (strangers,) = connection.execute(
            "select count(*) from analytics.fct_customer_mrr where customer_id not in "
            "(select customer_id from stripe.subscriptions)"
        ).fetchone()
        assert strangers == 0


def test_no_command_drops_a_snapshot_in_postgres(
    postgres: Project, sample: Path, other_account: Path
) -> None:
    run = postgres.run(BUILD, variables=EVENTS)
    assert run.success, run.text
    for name in SNAPSHOTS:
        execute(marked(name))
    try:
        for account, more in ((other_account, ["--full-refresh"]), (sample, [])):
            load_postgres(account)
            assert kept_in_postgres() == [1, 1, 1]
            run = postgres.run([*BUILD, *more], variables=EVENTS)
            assert run.success, run.text
            assert kept_in_postgres() == [1, 1, 1]
    finally:
        for name in SNAPSHOTS:
            execute(f"drop table if exists analytics_snapshots.{name} cascade")
