"""Metrics in the reporting currency add currencies up, and say where they cannot."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from harness.converted import converted_sample
from harness.project import AS_OF, Project

from metrics.conftest import duckdb_layer
from metrics.equality import Comparison
from semantic_layer.compiler import Query
from semantic_layer.errors import MetricError
from semantic_layer.layer import SemanticLayer

NAMES = ("gross_charges", "refunds", "net_charges", "net_volume")


@pytest.fixture(scope="module")
def layer(
    project: Project, built_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> SemanticLayer:
    """The metrics over the sample account in euros; yen lack rates in summer."""
    folder = tmp_path_factory.mktemp("converted")
    database = Path(shutil.copy(converted_sample(project, built_sample), folder))
    return duckdb_layer(project, database)


def test_they_equal_the_converted_marts(layer: SemanticLayer) -> None:
    comparison = Comparison(layer, date.fromisoformat(AS_OF))
    names = [
        f"{kind}_{name}" for kind in ("converted", "convertible") for name in NAMES
    ]
    assert comparison.differences(*names, "unconverted_day_count") == []
    assert any(
        comparison.answer("converted_net_charges", ["metric_time__day"]).values()
    )


def test_currencies_are_added_and_a_missing_rate_is_no_total(
    layer: SemanticLayer,
) -> None:
    months = ["metric_time__month"]
    comparison = Comparison(layer, date.fromisoformat(AS_OF))
    whole = comparison.answer("converted_gross_charges", months)
    part = comparison.answer("convertible_gross_charges", months)
    may, august = (date(2026, 5, 1),), (date(2026, 8, 1),)
    assert whole[may] == part[may] > 0
    assert whole[august] is None
    assert part[august] > 0
    with pytest.raises(MetricError, match="never added together"):
        layer.sql(Query(["gross_charges"], months))
