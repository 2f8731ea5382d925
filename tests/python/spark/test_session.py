"""Spark in dbt's own process, on plain Parquet: the seeds and marts are DuckDB's."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from harness.duckdb_file import copy_built
from harness.project import Project, Run
from harness.two_accounts import SETTINGS

from spark.warehouse import Spark

pytestmark = [pytest.mark.spark, pytest.mark.long]
SCHEMAS = ["stripe", "stripe_america", "website"]
BUILT = ["analytics", "analytics_reference"]


class Session(Spark):
    """dbt with Spark in its own process, whose tables are in `folder`."""

    target = "spark_session"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.statements = (
            "tests.python.spark.in_session",
            str(folder / "profiles.yml"),
        )
        self.write_profile({})

    def write_profile(self, session: dict[str, str]) -> None:
        """Copy the target of profiles.example.yml, with its folders in `folder`."""
        super().write_profile(session)
        path = self.folder / "profiles.yml"
        text = path.read_text().replace("build/spark-session", str(self.folder))
        profile = yaml.safe_load(text)
        outputs = profile["segment_stripe"]["outputs"]
        outputs["spark_session"]["server_side_parameters"]["spark.master"] = "local[2]"
        path.write_text(yaml.safe_dump(profile))

    def run(self, command: list[str], variables: dict | None = None) -> Run:
        return super().run(command, variables, "parquet")


def test_seeds_and_marts_are_those_of_duckdb(
    accounts: Path, project: Project, tmp_path: Path
) -> None:
    session = Session(tmp_path)
    session.load(accounts, SCHEMAS, "parquet")
    # Plain Parquet holds no snapshots.
    command = ["build", "--exclude", "resource_type:snapshot", "resource_type:test"]
    run = session.run([*command, "resource_type:unit_test"], SETTINGS)
    assert run.success, run.text
    beside = project.run(
        ["build", "--resource-type", "model", "--resource-type", "seed"],
        accounts,
        SETTINGS,
    )
    assert beside.success, beside.text
    built = copy_built(accounts, tmp_path / "built")
    assert [found for name in BUILT if (found := session.unequal(built, name))] == []
