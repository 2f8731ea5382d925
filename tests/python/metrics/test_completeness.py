"""No figure without a metric; no metric without words, a unit and a check."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from harness.project import Project

from metrics.checks import CHECKS, UNCONVERTED
from metrics.equality import Mart, read_marts
from semantic_layer.manifest import Manifest, Metric

UNITS = {"money", "count", "rate", "ratio", "days", "months"}
DOMAINS = {
    "payments",
    "refunds",
    "disputes",
    "receivables",
    "revenue",
    "lifetime_value",
    "customers",
    "balances",
    "fulfillment",
}
# Aggregations and domains of metrics that are 0 where nothing happened, as the marts.
COUNTED = {"count", "count_distinct"}
ADDED = COUNTED | {"sum", "sum_boolean"}
HAPPENING = {"payments", "refunds", "disputes", "customers", "fulfillment"}
# Whose rows can be counted, but hold states and running totals, which may be unknown.
STATES = {"dim_customers", "totals_to_date_daily"}
NUMBER = re.compile(r"^(bigint|integer|numeric)", re.IGNORECASE)
Columns = Mapping[str, set[str]]


@pytest.fixture(scope="session")
def figures(project: Project) -> Columns:
    """Mart -> its numeric columns. Facts and dimensions are what metrics sum."""
    return {
        node.name: {
            name
            for name, column in node.columns.items()
            if NUMBER.match(column.data_type or "")
        }
        for node in project.manifest.nodes.values()
        if node.resource_type == "model"
        and node.fqn[1] == "marts"
        and node.fqn[2] != "core"
    }


def without_metric(
    figures: Columns, metrics: Iterable[Metric], marts: Mapping[str, Mart]
) -> list[str]:
    """Numeric columns that no metric equals and for which no reason stands."""
    answered = {place for metric in metrics for place in metric.equals}
    return sorted(
        f"{mart}.{column}"
        for mart, names in figures.items()
        for column in names
        if f"{mart}.{column}" not in answered
        and not (mart in marts and marts[mart].excuses(column))
    )


def faults(metric: Metric, figures: Columns) -> list[str]:
    """What a metric lacks."""
    places = [place.split(".") for place in metric.equals]
    unknown = [p for p in places if len(p) != 2 or p[1] not in figures.get(p[0], ())]
    lacking = {
        "a description": len(metric.description.split()) > 2,
        "a label": metric.label not in ("", metric.name),
        "a unit": metric.unit in UNITS,
        "a domain": metric.domain in DOMAINS,
        "a check": bool(metric.equals) != (metric.name in {*CHECKS, *UNCONVERTED}),
        f"mart columns {unknown}": not unknown,
    }
    return [
        f"{metric.name} has not {what}" for what, there in lacking.items() if not there
    ]


def test_every_figure_of_a_mart_has_a_metric_or_a_reason(
    figures: Columns, manifest: Manifest
) -> None:
    assert len(figures) > 15
    assert without_metric(figures, manifest.metrics.values(), read_marts()) == []


def test_a_new_figure_without_a_metric_is_found(
    figures: Columns, manifest: Manifest
) -> None:
    more = {**figures, "mrr_monthly": figures["mrr_monthly"] | {"new_amount"}}
    found = without_metric(more, manifest.metrics.values(), read_marts())
    assert "mrr_monthly.new_amount" in found


def test_a_reason_stands_for_a_column_that_is_there_and_has_no_metric(
    figures: Columns, manifest: Manifest
) -> None:
    answered = {place for m in manifest.metrics.values() for place in m.equals}
    for mart in read_marts().values():
        unanswered = [
            column
            for column in figures[mart.name]
            if f"{mart.name}.{column}" not in answered
        ]
        assert [p for p in mart.not_metrics if not fnmatch.filter(unanswered, p)] == []
        assert all(len(reason.split()) > 2 for reason in mart.not_metrics.values())


def test_every_metric_has_words_a_unit_and_a_check(
    figures: Columns, manifest: Manifest
) -> None:
    assert len(manifest.metrics) >= 60
    assert [f for m in manifest.metrics.values() for f in faults(m, figures)] == []
    assert {*CHECKS, *UNCONVERTED} <= set(manifest.metrics)


def zero_where_nothing_happened(metric: Metric) -> int | None:
    """What a metric is to be in a group in which only other metrics have a value."""
    if metric.model is None or metric.domain not in HAPPENING:
        return None
    added = COUNTED if metric.model in STATES else ADDED
    aggregation = metric.parameters["metric_aggregation_params"]["agg"]
    return 0 if aggregation in added else None


def test_counts_and_sums_of_what_happens_are_zero_where_nothing_did(
    manifest: Manifest,
) -> None:
    said = {n: m.parameters["fill_nulls_with"] for n, m in manifest.metrics.items()}
    wanted = {n: zero_where_nothing_happened(m) for n, m in manifest.metrics.items()}
    assert said == wanted
    assert {said["refunds"], said["refund_count"]} == {0}
    assert said["customer_balances"] is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"description": ""}, "a description"),
        ({"label": "net_charges"}, "a label"),
        ({"meta": {"domain": "payments", "equals": []}}, "a unit"),
        ({"meta": {"unit": "money", "domain": "payments", "equals": []}}, "a check"),
    ],
)
def test_a_metric_that_lacks_something_is_found(
    change: dict, fault: str, figures: Columns, manifest: Manifest
) -> None:
    changed = replace(manifest.metrics["net_charges"], **change)
    assert f"net_charges has not {fault}" in faults(changed, figures)
