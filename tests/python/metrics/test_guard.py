"""Currencies are never added together, and the guard says what to ask instead."""

from __future__ import annotations

import re

import pytest

from semantic_layer.compiler import Query
from semantic_layer.errors import MetricError
from semantic_layer.guard import check, is_money
from semantic_layer.layer import SemanticLayer
from semantic_layer.manifest import Manifest, Metric

USD = "{{ Entity('currency') }} = 'usd'"
CHARGE_USD = "{{ Entity('charge__currency') }} = 'usd'"


@pytest.mark.parametrize(
    ("metrics", "group_by", "where"),
    [
        (["gross_charges"], [], []),
        (["gross_charges"], ["metric_time__month", "charge__status"], []),
        (["net_charges"], ["refund__currency"], []),
        (["refund_rate"], ["metric_time__month"], []),
        (["average_charge"], [], []),
        (["gross_charge_count", "gross_charges"], ["metric_time"], []),
        (["net_volume"], ["charge__currency"], []),
        (["refunds"], ["charge__currency"], []),
        (["net_charges", "refund_rate"], ["charge__currency"], []),
        (["net_volume"], [], [CHARGE_USD]),
        (["gross_charges"], ["charge__settlement_currency"], []),
        (["gross_charges"], [], [f"{USD} or 1 = 1"]),
        (["gross_charges"], [], [f"not {USD}"]),
        (["gross_charges"], [], [f"case when {USD} and 1 = 1 then true end"]),
        (["gross_charges"], [], ["{{ Entity('currency') }} in ('usd', 'eur')"]),
        (["gross_charges"], [], ["{{ Entity('currency') }} <> 'usd'"]),
        (["cumulative_gross_charges"], ["metric_time__day"], []),
    ],
)
def test_a_question_that_adds_currencies_is_refused(
    metrics: list[str], group_by: list[str], where: list[str], manifest: Manifest
) -> None:
    with pytest.raises(MetricError, match=r"never added together.*--group-by currency"):
        check(manifest, Query(metrics, group_by, where))


@pytest.mark.parametrize(
    ("metrics", "group_by", "where"),
    [
        (["gross_charges", "net_volume", "invoiced"], ["currency"], []),
        (["average_charge"], ["charge__currency"], []),
        (["refunds"], ["refund__currency"], []),
        (["net_charges"], ["metric_time__month"], [USD]),
        (["gross_charges"], [], [CHARGE_USD]),
        (
            ["gross_charges"],
            [],
            [f"{{{{ Dimension('charge__status') }}}} = 'x' AND {USD}"],
        ),
        (["gross_charge_count", "charge_success_rate"], [], []),
        (["mean_days_to_payment"], ["metric_time__week"], []),
    ],
)
def test_a_question_that_keeps_currencies_apart_is_answered(
    metrics: list[str],
    group_by: list[str],
    where: list[str],
    on_duckdb: SemanticLayer,
) -> None:
    assert on_duckdb.query(Query(metrics, group_by, where)).rows


def test_every_metric_that_sums_money_is_guarded_and_takes_currency(
    on_duckdb: SemanticLayer,
) -> None:
    manifest = on_duckdb.manifest
    money = [n for n in manifest.metrics if any(map(is_money, manifest.parts(n)))]
    assert len(money) > 60
    for name in money:
        with pytest.raises(MetricError):
            on_duckdb.sql(Query([name], []))
        required = {
            group
            for part in manifest.parts(name)
            for group in part.meta.get("required_group_by") or []
        }
        # Growth and sums to date are of a period.
        period = ["metric_time__month"] if has_period(manifest, name) else []
        assert on_duckdb.sql(Query([name], [*{"currency", *required, *period}]))


def expression(metric: Metric) -> str:
    return metric.parameters.get("expr") or metric.name


def has_period(manifest: Manifest, name: str) -> bool:
    return any(part.type == "cumulative" for part in manifest.parts(name)) or any(
        word in str(part.parameters["metrics"])
        for part in manifest.parts(name)
        for word in ("'offset_window': {", "'offset_to_grain': '")
    )


def test_whatever_is_called_an_amount_of_money_is_guarded(manifest: Manifest) -> None:
    """A simple metric of a model with amounts that is no money sums none of them."""
    amounts = [
        metric.name
        for metric in manifest.metrics.values()
        if metric.model
        and re.search(r"^\w*amount$|(then|else) \w*amount", expression(metric))
        and metric.unit != "money"
    ]
    assert amounts == []


def test_a_metric_answers_by_the_groups_that_it_requires(manifest: Manifest) -> None:
    asking = [m for m in manifest.metrics.values() if m.meta.get("required_group_by")]
    assert asking
    for metric in asking:
        required = {*metric.meta["required_group_by"]}
        groups = {"currency", *required}
        check(manifest, Query([metric.name], [*groups]))
        for group in required:
            others = [*groups - {group}]
            with pytest.raises(MetricError, match=f"add --group-by {group}"):
                check(manifest, Query([metric.name], others))
            fixed = f"{{{{ Dimension('{group}') }}}} = 3"
            check(manifest, Query([metric.name], others, [fixed]))
