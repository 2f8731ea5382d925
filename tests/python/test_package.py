"""The project as a package of another one: examples/consumer, as docs/package.md says.

A real dbt in a process of its own builds it, for a project of another name shares
nothing with this one's.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from harness.project import AS_OF, ROOT, Project

from sample_account.load import load_duckdb
from scripts.export_package import export
from scripts.write_package_metrics import written
from semantic_layer.compiler import Compiler, Query
from semantic_layer.manifest import Manifest

pytestmark = pytest.mark.xdist_group("package")
DBT = Path(sys.executable).parent / "dbt"
DOC = (ROOT / "docs" / "package.md").read_text()
VARIABLES = f"{{as_of: {AS_OF}, segment_event_sources: [website]}}"


@dataclass
class Consumer:
    """A copy of the example, with the package installed."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "shop.duckdb"

    def dbt(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run dbt in the project, with its own profile."""
        environment = {**os.environ, "DBT_PROFILES_DIR": str(self.folder)}
        environment["ACME_DUCKDB"] = str(self.database)
        return subprocess.run(
            [DBT, "--no-use-colors", *command],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
        )

    def build(self, *selection: str) -> subprocess.CompletedProcess[str]:
        return self.dbt("build", "--vars", VARIABLES, *selection)

    def rows(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def consumer(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Consumer:
    """The example, with the package and its metrics, over the sample account."""
    folder = tmp_path_factory.mktemp("consumer")
    shutil.copytree(ROOT / "examples" / "consumer", folder, dirs_exist_ok=True)
    export(folder / "packages")
    (folder / "models" / "stripe_metrics.yml").write_text(written())
    found = Consumer(folder)
    load_duckdb(sample, found.database)
    installed = found.dbt("deps")
    assert installed.returncode == 0, installed.stdout
    return found


@pytest.fixture(scope="module")
def ours(built_sample: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built_sample), read_only=True) as connection:
        yield connection


def test_a_selection_is_built_into_an_empty_database(consumer: Consumer) -> None:
    own = consumer.build("--select", "acme", "--exclude", "revenue_by_plan_tier")
    assert own.returncode == 0, own.stdout
    some = consumer.build("--select", "+fct_refunds")
    assert some.returncode == 0, some.stdout
    assert "is not asked before these are built: " in some.stdout


def test_the_example_builds_what_the_project_builds(
    consumer: Consumer, ours: duckdb.DuckDBPyConnection
) -> None:
    run = consumer.build()
    assert run.returncode == 0, run.stdout
    marts = ours.execute(
        "select table_name from information_schema.tables "
        "where table_schema = 'analytics' and table_name <> 'data_freshness'"
    ).fetchall()
    assert len(marts) > 30
    for (mart,) in marts:
        rows = sorted(map(str, ours.execute(f"from analytics.{mart}").fetchall()))
        assert sorted(map(str, consumer.rows(f"from acme_stripe.{mart}"))) == rows, mart
    (count,) = consumer.rows("select count(*) from acme.dim_customers")[0]
    assert count == 3
    tiers = consumer.rows("select plan_tier from acme.revenue_by_plan_tier")
    assert ("none",) in tiers


def test_its_metrics_give_the_same_answers(
    consumer: Consumer, ours: duckdb.DuckDBPyConnection, project: Project
) -> None:
    assert project.manifest
    parsed = consumer.dbt("parse", "--vars", VARIABLES)
    assert parsed.returncode == 0, parsed.stdout
    name = "semantic_manifest.json"
    here = Manifest(project.workspace / "target" / name)
    there = Manifest(consumer.folder / "target" / name)
    assert set(here.metrics) == set(there.metrics)
    asked = Compiler(here, "duckdb"), Compiler(there, "duckdb")
    months = ["metric_time__month"]
    answered = 0
    for metric in here.metrics:
        sql, other = (compiler.sql(Query([metric], months)) for compiler in asked)
        rows = sorted(map(str, ours.execute(sql).fetchall()))
        assert sorted(map(str, consumer.rows(other))) == rows, metric
        answered += bool(rows)
    assert answered > 150


def test_a_name_of_both_is_told_in_one_sentence(consumer: Consumer) -> None:
    path = consumer.folder / "dbt_project.yml"
    text = path.read_text()
    flag = "require_ref_searches_node_package_before_root: true"
    path.write_text(text.replace(flag, flag.replace("true", "false")))
    try:
        run = consumer.build("--select", "fct_refunds")
    finally:
        path.write_text(text)
    assert run.returncode != 0
    said = " ".join(run.stdout.split())
    own = r"\w+ would read (model|seed)\.acme\.\w+, which is not its own: add "
    assert re.search(own + flag, said), said


def test_every_line_of_the_page_stands_in_the_example() -> None:
    example = (ROOT / "examples" / "consumer" / "dbt_project.yml").read_text()
    said = re.findall(r"^  segment_stripe: \{.enabled: false\}$", DOC, re.M)
    assert len(said) == 4
    assert all(example.count(line) == len(said) for line in said)
    for block in re.findall(r"^(\w[\w-]*):\n  segment_stripe:", DOC, re.M):
        assert f"\n{block}:\n  segment_stripe:" in example, block
    local = (
        "packages:\n  - local: packages/segment_stripe\n  - local: packages/dbt_utils\n"
    )
    assert local in DOC
    assert (ROOT / "examples" / "consumer" / "packages.yml").read_text() == local


def test_the_page_lists_every_macro_that_may_be_overridden() -> None:
    dispatched = {
        name
        for path in (ROOT / "macros").rglob("*.sql")
        for name in re.findall(r"adapter\.dispatch\(\s*'(\w+)'", path.read_text())
    }
    _, table = DOC.split("## Macros that you may override")
    rows = re.findall(r"^\| (`.+`) \|", table, re.M)
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert listed == dispatched
