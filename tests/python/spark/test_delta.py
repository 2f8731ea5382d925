"""One build on Delta tables, with all tests: its tables are those of DuckDB."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from harness.duckdb_file import copy_built
from harness.project import Project
from harness.two_accounts import SETTINGS

from spark.warehouse import Spark, difference

pytestmark = pytest.mark.spark
SCHEMAS = ["stripe", "stripe_america", "website"]
BUILT = ["", "_staging", "_intermediate", "_reference"]


@pytest.fixture(scope="module")
def built(
    spark: Spark,
    accounts: Path,
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The two accounts in New York, built and tested on both engines."""
    spark.load(accounts, SCHEMAS)
    run = spark.run(["build"], SETTINGS)
    assert run.success, run.text
    beside = project.run(["build"], accounts, SETTINGS)
    assert beside.success, beside.text
    assert run.names("warn") == beside.names("warn")
    assert len(run.names("pass")) == len(beside.names("pass"))
    return copy_built(accounts, tmp_path_factory.mktemp("built"))


@pytest.mark.parametrize("schema", [f"analytics{name}" for name in BUILT])
def test_every_table_is_that_of_duckdb(built: Path, spark: Spark, schema: str) -> None:
    assert spark.unequal(built, schema) == {}


def test_a_difference_is_seen(built: Path, spark: Spark) -> None:
    found = spark.export(["analytics.fct_charges"])["analytics.fct_charges"]
    with duckdb.connect(str(built), read_only=True) as connection:
        ours = connection.sql("from analytics.fct_charges")
        changed = ours.project("* replace (net_amount + 0.000001 as net_amount)")
        assert difference(ours, found) == ""
        assert "rows missing" in difference(changed.limit(2000), found)
        assert "columns" in difference(ours.project("* exclude net_amount"), found)


def test_a_changed_subscription_gets_a_version_and_no_rebuild_drops_it(
    built: Path, spark: Spark
) -> None:
    versions = "analytics_snapshots.subscriptions_snapshot"
    before = spark.read(versions)
    spark.execute(
        "update stripe.subscriptions set status = 'canceled', "
        "received_at = received_at + 1 where status = 'active'"
    )
    only = ["-s", "stg_stripe__subscriptions", "subscriptions_snapshot"]
    for command in (["build", *only], ["build", "--full-refresh", *only]):
        run = spark.run(command, SETTINGS)
        assert run.success, run.text
        after = spark.read(versions)
        ended = [row for row in after if row["dbt_valid_to"]]
        assert len(ended) == len(after) - len(before) > 0


def test_snapshots_of_plain_parquet_are_refused(built: Path, spark: Spark) -> None:
    run = spark.run(["build"], SETTINGS, file_format="parquet")
    assert not run.success
    assert "set SPARK_FILE_FORMAT to delta or iceberg" in run.text
    assert run.names("success") == []


def test_a_session_in_another_zone_is_refused(built: Path, spark: Spark) -> None:
    tokyo = {"spark.sql.session.timeZone": "Asia/Tokyo"}
    run = spark.run(["build"], SETTINGS, session=tokyo)
    assert not run.success
    assert "The session of Spark is in the time zone 'Asia/Tokyo'" in run.text
    assert run.names("success") == []
