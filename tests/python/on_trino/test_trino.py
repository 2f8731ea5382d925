"""A build with all tests, and accounts by hand: Trino has the rows of DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from harness.case_groups import GROUPS, answers_differ, schema_of
from harness.cases import Case, load_case
from harness.duckdb_file import copy_built, schemas_of
from harness.project import DATABASE_NAME, Project, Run
from harness.two_accounts import SETTINGS, two_accounts

from on_trino.server import query, running
from on_trino.warehouse import Trino, difference

pytestmark = pytest.mark.trino
BUILT = ["", "_staging", "_intermediate", "_reference"]
ANALYTICS = [f"analytics{name}" for name in BUILT]
# Cases of equal variables; one case takes as long as many.
LARGE = {name: group for name, group in GROUPS.items() if len(group) > 1}


@pytest.fixture(scope="module")
def trino(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trino]:
    folder = tmp_path_factory.mktemp("trino")
    with running(folder):
        yield Trino(folder)


@pytest.fixture(scope="module")
def built(
    trino: Trino, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Two accounts in New York, built and tested on both engines."""
    folder = tmp_path_factory.mktemp("accounts")
    database = folder / DATABASE_NAME
    two_accounts(database, folder, "epoch", "zoned")
    trino.load(database, ["stripe", "stripe_america", "website"])
    run = trino.run(["build"], SETTINGS)
    assert run.success, run.text
    beside = project.run(["build"], database, SETTINGS)
    assert beside.success, beside.text
    assert run.names("warn") == beside.names("warn")
    assert len(run.names("pass")) == len(beside.names("pass"))
    return copy_built(database, tmp_path_factory.mktemp("built"))


@pytest.mark.parametrize("schema", ANALYTICS)
def test_every_table_is_that_of_duckdb(built: Path, trino: Trino, schema: str) -> None:
    assert trino.unequal(built, schema) == {}


def test_a_difference_is_seen(built: Path, trino: Trino) -> None:
    query(
        "update analytics.fct_refunds set refund_amount = refund_amount + 0.000001 "
        "where refund_id = (select min(refund_id) from analytics.fct_refunds)"
    )
    with duckdb.connect(str(built), read_only=True) as connection:
        said = difference(connection, "analytics", "fct_refunds")
    assert said.startswith("1 rows missing, 1 more")


def test_a_changed_subscription_gets_a_version(built: Path, trino: Trino) -> None:
    versions = "analytics_snapshots.subscriptions_snapshot"
    before = trino.read(versions)
    query(
        "update stripe.subscriptions set status = 'canceled', "
        "received_at = received_at + 1 where status = 'active'"
    )
    run = trino.run(["snapshot", "-s", "subscriptions_snapshot"], SETTINGS)
    assert run.success, run.text
    # Staging is a table there: what changed is seen when that is built.
    assert len(trino.read(versions)) == len(before)
    only = ["-s", "stg_stripe__subscriptions", "subscriptions_snapshot"]
    run = trino.run(["build", *only], SETTINGS)
    assert run.success, run.text
    after = trino.read(versions)
    ended = [row for row in after if row["dbt_valid_to"]]
    assert len(ended) == len(after) - len(before) > 0


@pytest.mark.parametrize("group", LARGE.values(), ids=list(LARGE))
def test_marts_give_the_answers_of(
    group: list[Case], trino: Trino, tmp_path: Path
) -> None:
    for schema in ANALYTICS:
        query(f"drop schema if exists {schema} cascade")
    database = tmp_path / DATABASE_NAME
    for case in group:
        load_case(case, database, as_schema=schema_of(case))
    trino.load(database, schemas_of(database))

    def build(command: list[str], variables: dict, staging: str) -> Run:
        # All models are tables there.
        return trino.run(command, variables)

    def read(mart: str) -> list[dict]:
        return trino.read(f"analytics.{mart}")

    assert answers_differ(group, build, read) == {}
