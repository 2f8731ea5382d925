"""Every pair of zone, timestamps, ANSI and file format, and the accounts by hand."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from harness.case_groups import GROUPS, answers_differ, schema_of
from harness.cases import Case, load_case
from harness.duckdb_file import copy_built, schemas_of
from harness.project import DATABASE_NAME, Project, Run
from harness.two_accounts import SETTINGS, two_accounts

from spark.warehouse import Spark

pytestmark = [pytest.mark.spark, pytest.mark.long]
# Zone of the days, how timestamps are delivered, ANSI, file format.
WAYS = [
    ("UTC", "plain", "true", "delta"),
    ("America/New_York", "plain", "false", "parquet"),
    ("UTC", "zoned", "false", "parquet"),
    ("America/New_York", "zoned", "true", "delta"),
    ("UTC", "epoch", "true", "parquet"),
    ("America/New_York", "epoch", "false", "delta"),
]
BUILT = ["analytics", "analytics_staging", "analytics_intermediate"]


@pytest.fixture(autouse=True)
def nothing_built(spark: Spark) -> None:
    """Without the tables of the test before, which may be of another format."""
    spark.execute(*(f"drop schema if exists {name} cascade" for name in BUILT))


def test_every_pair_is_among_the_ways() -> None:
    values = [set(column) for column in zip(*WAYS, strict=True)]
    for first, second in itertools.combinations(range(4), 2):
        wanted = set(itertools.product(values[first], values[second]))
        assert wanted == {(way[first], way[second]) for way in WAYS}


@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_tables_are_those_of_duckdb(
    way: tuple[str, str, str, str], spark: Spark, project: Project, tmp_path: Path
) -> None:
    zone, delivered, ansi, file_format = way
    database = tmp_path / DATABASE_NAME
    two_accounts(database, tmp_path, delivered, delivered)
    settings = {**SETTINGS, "reporting_timezone": zone}
    spark.load(database, ["stripe", "stripe_america", "website"], file_format)
    # Plain Parquet holds no snapshots: test_delta asks for the refusal.
    command = ["build", "--resource-type", "model", "--resource-type", "seed"]
    run = spark.run(command, settings, file_format, {"spark.sql.ansi.enabled": ansi})
    assert run.success, run.text
    beside = project.run(command, database, settings)
    assert beside.success, beside.text
    copy = copy_built(database, tmp_path / "built")
    differing = {name: spark.unequal(copy, name) for name in BUILT}
    assert [said for said in differing.values() if said] == []


@pytest.mark.parametrize("group", GROUPS.values(), ids=list(GROUPS))
def test_marts_give_the_answers_of(
    group: list[Case], spark: Spark, tmp_path: Path
) -> None:
    database = tmp_path / DATABASE_NAME
    for case in group:
        load_case(case, database, as_schema=schema_of(case))
    spark.load(database, schemas_of(database))

    def build(command: list[str], variables: dict, staging: str) -> Run:
        # All models are tables there.
        return spark.run(command, variables)

    def read(mart: str) -> list[dict]:
        return spark.read(f"analytics.{mart}")

    assert answers_differ(group, build, read, tests=len(group) > 1) == {}
