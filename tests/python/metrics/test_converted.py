"""Metrics in the reporting currency add currencies up, and say where they cannot."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from harness.converted import converted_sample, copy_to_postgres
from harness.postgres import set_aside
from harness.project import AS_OF, Project

from metrics.checks import UNCONVERTED
from metrics.conftest import duckdb_layer, postgres_layer
from metrics.equality import Comparison, keyed
from semantic_layer.compiler import Query
from semantic_layer.errors import MetricError
from semantic_layer.layer import SemanticLayer

# What a period opens with, what moved with its sign, and what it closes with.
ROLLED = {
    "mrr": {
        "opening_mrr": 1,
        "new_mrr": 1,
        "reactivation_mrr": 1,
        "expansion_mrr": 1,
        "contraction_mrr": -1,
        "churn_mrr": -1,
        "mrr_currency_effect": 1,
    },
    "receivables": {
        "opening_receivables": 1,
        "invoiced": 1,
        "invoices_paid": -1,
        "written_off": -1,
        "receivables_currency_effect": 1,
    },
}
NAMES = (
    *("gross_charges", "refunds", "net_charges", "net_volume", "lifetime_value"),
    *(name for parts in ROLLED.values() for name in parts),
    *ROLLED,
)
# What these metrics ask.
MARTS = (
    *("executive_summary_daily_converted", "mrr_monthly_converted"),
    *("receivables_monthly_converted", "customer_lifetime_value_converted"),
    "time_spine_daily",
)
DAY = date.fromisoformat(AS_OF)


@pytest.fixture(scope="module")
def layer(
    project: Project, built_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> SemanticLayer:
    """The metrics over the sample account in euros; yen lack rates in summer."""
    folder = tmp_path_factory.mktemp("converted")
    database = Path(shutil.copy(converted_sample(project, built_sample), folder))
    return duckdb_layer(project, database)


def test_they_equal_the_converted_marts(layer: SemanticLayer) -> None:
    comparison = Comparison(layer, DAY)
    names = [
        f"{kind}_{name}" for kind in ("converted", "convertible") for name in NAMES
    ]
    more = "converted_arr", "unconverted_day_count"
    assert comparison.differences(*names, *more) == []
    for name in ("converted_arr", *names):
        assert any(comparison.answer(name, ["metric_time__month"]).values()), name


@pytest.mark.parametrize("name", UNCONVERTED)
def test_what_lacks_a_rate_is_counted_where_the_mart_has_no_amount(
    layer: SemanticLayer, name: str
) -> None:
    mart, month, figure = UNCONVERTED[name]
    holes = (
        f"select {month}, count(*) - count({figure}) from analytics.{mart} "
        f"where {month} is not null group by {month}"
    )
    found = Comparison(layer, DAY).answer(name, ["metric_time__month"])
    known = {key: count for key, count in found.items() if key != (None,)}
    assert known == keyed(layer.run(holes)[1], mart)
    assert any(known.values()) and not all(known.values())


def test_what_stands_is_added_over_currencies_at_the_end_of_a_period(
    layer: SemanticLayer,
) -> None:
    comparison = Comparison(layer, DAY)
    for name, mart, figure in (
        ("mrr", "mrr_monthly_converted", "closing_mrr_amount"),
        ("receivables", "receivables_monthly_converted", "closing_amount"),
    ):
        quarters = comparison.answer(f"converted_{name}", ["metric_time__quarter"])
        last = (
            f"select sum({figure}) from analytics.{mart} "
            "where reporting_month = date '2026-06-01'"
        )
        ((expected,),) = layer.run(last)[1]
        assert quarters[(date(2026, 4, 1),)] == expected > 0
        assert quarters[(date(2026, 7, 1),)] is None


@pytest.mark.parametrize("closing", ROLLED)
@pytest.mark.parametrize("period", ["month", "quarter"])
def test_what_moved_leads_from_the_opening_to_the_closing(
    layer: SemanticLayer, closing: str, period: str
) -> None:
    comparison, grouping = Comparison(layer, DAY), [f"metric_time__{period}"]
    closed = comparison.answer(f"converted_{closing}", grouping)
    found = {
        name: comparison.answer(f"converted_{name}", grouping)
        for name in ROLLED[closing]
    }
    effects = found[f"{closing}_currency_effect"]
    known = [key for key, value in effects.items() if value is not None]
    assert any(effects.values())
    assert 1 < len(known) < len(effects)
    for key in known:
        signed = ((found[name][key], sign) for name, sign in ROLLED[closing].items())
        assert sum(value * sign for value, sign in signed) == closed[key], key
    august = (date(2026, 8 if period == "month" else 7, 1),)
    assert {values[august] for values in found.values()} == {None}


@pytest.fixture(scope="module")
def asked_on_postgres(postgres: Project) -> SemanticLayer:
    """The metrics on a real PostgreSQL, whatever stands there."""
    return postgres_layer(postgres)


@pytest.mark.xdist_group("postgres")
def test_postgresql_gives_the_same_answers(
    layer: SemanticLayer,
    asked_on_postgres: SemanticLayer,
    project: Project,
    built_sample: Path,
) -> None:
    """Over the same marts, so that the questions alone could differ."""
    names = {
        *UNCONVERTED,
        *(
            metric.name
            for metric in layer.manifest.metrics.values()
            if any("_converted." in place for place in metric.equals)
        ),
    }
    assert len(names) > 40
    with set_aside():
        copy_to_postgres(converted_sample(project, built_sample), MARTS)
        for name in sorted(names):
            for groups in (["metric_time__month"], []):
                here = Comparison(layer, DAY).answer(name, groups)
                there = Comparison(asked_on_postgres, DAY).answer(name, groups)
                assert here == there, name


def test_currencies_are_added_and_a_missing_rate_is_no_total(
    layer: SemanticLayer,
) -> None:
    months = ["metric_time__month"]
    comparison = Comparison(layer, DAY)
    whole = comparison.answer("converted_gross_charges", months)
    part = comparison.answer("convertible_gross_charges", months)
    may, august = (date(2026, 5, 1),), (date(2026, 8, 1),)
    assert whole[may] == part[may] > 0
    assert whole[august] is None
    assert part[august] > 0
    with pytest.raises(MetricError, match="never added together"):
        layer.sql(Query(["gross_charges"], months))
