"""Net charges and success rate by month and charge currency: the monthly summary."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import itemgetter
from pathlib import Path

import duckdb
import pytest
from harness.project import DATABASE_NAME, ROOT, Project

from metrics.conftest import ENGINES, duckdb_layer
from metrics.equality import keyed, unequal
from semantic_layer.compiler import Query
from semantic_layer.layer import SemanticLayer
from semantic_layer.manifest import NAME

GROUPS = ["metric_time__month", "currency"]
MF = Path(sys.executable).with_name("mf")


def summary(layer: SemanticLayer, column: str) -> dict:
    """(month, currency) -> a figure of the mart."""
    sql = f"select reporting_month, currency, {column} "
    sql += "from analytics.executive_summary_monthly"
    return keyed(layer.run(sql)[1], column)


@pytest.mark.parametrize("layer", ENGINES, indirect=True)
def test_the_example_question_gives_the_monthly_summary(layer: SemanticLayer) -> None:
    answer = layer.query(Query(["net_charges", "charge_success_rate"], GROUPS))
    assert list(answer.columns) == [*GROUPS, "net_charges", "charge_success_rate"]
    assert len(answer.rows) > 40
    net = keyed([row[:3] for row in answer.rows], "net_charges")
    rate = keyed([(*row[:2], row[3]) for row in answer.rows], "charge_success_rate")
    assert list(unequal(summary(layer, "net_charge_amount"), net)) == []
    assert list(unequal(summary(layer, "charge_success_rate"), rate)) == []


def test_refunds_without_a_charge_are_reached_by_their_own_currency(
    sample_copy: Path, project: Project, database: Path
) -> None:
    shutil.copy(sample_copy, database)
    with duckdb.connect(str(database)) as connection:
        lost = connection.execute(
            "update analytics.fct_refunds set charge_id = 'ch_not_delivered' "
            "where refund_amount > 0 and refund_id like '%a%' "
            "returning currency, refund_amount"
        ).fetchall()
    assert len({currency for currency, _ in lost}) > 1
    layer = duckdb_layer(project, database)
    by_charge = layer.query(Query(["refund_count"], ["charge__currency"]))
    (nowhere,) = [row[1:] for row in by_charge.rows if row[0] is None]
    assert nowhere == (len(lost),)
    assert "group by currency to tell" in by_charge.to_text()
    by_refund = layer.query(
        Query(["refunds"], ["metric_time__month", "refund__currency"])
    )
    found = keyed(by_refund.rows, "refunds")
    assert list(unequal(summary(layer, "refund_amount"), found)) == []


@pytest.fixture
def metricflow(
    request: pytest.FixtureRequest, project: Project, sample_copy: Path, tmp_path: Path
) -> Callable[..., str]:
    """The real mf, in a folder that holds what it reads of the project."""
    layer: SemanticLayer = request.getfixturevalue(request.param)
    shutil.copy(ROOT / "dbt_project.yml", tmp_path)
    profiles = (ROOT / "profiles.example.yml").read_text()
    (tmp_path / "profiles.yml").write_text(
        profiles.replace("target: duckdb", f"target: {layer.profile.target}")
    )
    (tmp_path / "target").mkdir()
    shutil.copy(layer.profile.folder / "target" / NAME, tmp_path / "target")
    shutil.copy(sample_copy, tmp_path / DATABASE_NAME)
    environment = os.environ | {"SEGMENT_STRIPE_DUCKDB": str(tmp_path / DATABASE_NAME)}

    def run(*arguments: str) -> str:
        result = subprocess.run(
            [str(MF), *arguments],
            cwd=tmp_path,
            env=environment | {"DO_NOT_TRACK": "1"},
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout + result.stderr

    return run


# On PostgreSQL other tests ask for the metrics.
@pytest.mark.parametrize(
    "metricflow",
    ["on_duckdb", pytest.param("on_postgres", marks=pytest.mark.long)],
    indirect=True,
)
def test_mf_validates_the_metrics_against_the_warehouse(
    metricflow: Callable[..., str],
) -> None:
    said = metricflow("validate-configs", "--show-all")
    for part in ("semantic models", "dimensions", "entities", "metrics"):
        assert f"Successfully validated {part} against data warehouse" in said
    assert said.count("(ERRORS: 0, FUTURE_ERRORS: 0, WARNINGS: 0)") == 6


@pytest.mark.parametrize("metricflow", ["on_duckdb"], indirect=True)
def test_mf_itself_lists_sixty_metrics_and_answers_the_same(
    metricflow: Callable[..., str], on_duckdb: SemanticLayer, tmp_path: Path
) -> None:
    assert metricflow("list", "metrics").count("•") >= 60
    question = ["query", "--metrics", "gross_charges,net_charges,refunds,refund_count"]
    metricflow(*question, "--group-by", ",".join(GROUPS), "--csv", "answer.csv")
    with (tmp_path / "answer.csv").open() as file:
        rows = list(csv.DictReader(file))
    for metric, column in {
        "net_charges": "net_charge_amount",
        "refunds": "refund_amount",
        "refund_count": "refund_count",
    }.items():
        values = {
            (date.fromisoformat(month[:10]), currency): number(value)
            for month, currency, value in map(itemgetter(*GROUPS, metric), rows)
        }
        assert 0 in values.values() or metric == "net_charges"
        assert list(unequal(summary(on_duckdb, column), values)) == []


def number(text: str) -> Decimal | None:
    """A value of mf, which turns decimals into floating point."""
    return Decimal(text) if text else None


@pytest.mark.parametrize("layer", ENGINES, indirect=True)
def test_a_day_without_refunds_says_0_beside_its_charges(layer: SemanticLayer) -> None:
    names = ["gross_charges", "refunds", "refund_count", "disputes", "dispute_count"]
    answer = layer.query(Query(names, ["metric_time__day", "currency"]))
    assert any(row[3] == 0 for row in answer.rows)
    assert [row for row in answer.rows if None in row] == []


def test_saved_queries_say_0_where_nothing_happened(on_duckdb: SemanticLayer) -> None:
    columns, rows = on_duckdb.run(on_duckdb.saved_query_sql("executive_summary_by_day"))
    counts = [i for i, name in enumerate(columns) if name.endswith("_count")]
    assert len(counts) > 8
    assert [row for row in rows if any(row[i] is None for i in counts)] == []
