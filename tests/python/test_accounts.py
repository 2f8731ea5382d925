"""Stripe accounts by name, and in another database where the engine reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from harness.project import Project

CHARGES = (
    "create schema stripe; create table stripe.charges as select '{}' as id, 100 as "
    "amount, 'usd' as currency, 'succeeded' as status, "
    "timestamp '2026-03-01 10:00:00' as created"
)
AMERICA = {"schema": "stripe", "database": "america", "name": "America"}
STAGED = ["run", "--select", "stg_stripe__charges", "dim_accounts"]


@pytest.fixture
def beside(project: Project, tmp_path: Path) -> Iterator[Project]:
    """The project on DuckDB, with a second database attached as `america`."""
    other = tmp_path / "america.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute(CHARGES.format("ch_us"))
    made = Project()
    profiles = made.workspace / "profiles.yml"
    attached = f"type: duckdb\n      attach: [{{path: {other}}}]"
    profiles.write_text(profiles.read_text().replace("type: duckdb", attached, 1))
    yield made
    made.close()


def test_an_account_may_be_in_another_database(beside: Project, database: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(CHARGES.format("ch_eu"))
    accounts = {"stripe_accounts": ["stripe", AMERICA]}
    run = beside.run(STAGED, database, accounts, staging="table")
    assert run.success, run.text
    with duckdb.connect(str(database)) as connection:
        charges = connection.execute(
            "select source_relation, charge_id "
            "from analytics_staging.stg_stripe__charges order by charge_id"
        ).fetchall()
        names = connection.execute("from analytics.dim_accounts").fetchall()
    assert charges == [("stripe", "ch_eu"), ("america.stripe", "ch_us")]
    assert names == [("stripe", "stripe"), ("america.stripe", "America")]


def test_a_database_that_the_engine_cannot_read_is_one_sentence(
    postgres: Project,
) -> None:
    run = postgres.run(STAGED, variables={"stripe_accounts": [AMERICA]})
    assert not run.success
    assert "is in database 'america', but postgres reads one database" in run.text
