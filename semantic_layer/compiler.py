"""MetricFlow in this process: a question about metrics becomes SQL in 20 ms.

`mf` needs two seconds for each question, since it starts dbt every time.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from semantic_layer.errors import MetricError, nearest
from semantic_layer.manifest import Manifest


@dataclass(frozen=True)
class Query:
    """A question: metrics by groups, of the rows where, in an order."""

    metrics: Sequence[str]
    group_by: Sequence[str] = ()
    where: Sequence[str] = ()
    order_by: Sequence[str] = ()
    limit: int | None = None
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True)
class Dialect:
    """All that MetricFlow wants of a warehouse in order to write SQL for it."""

    sql_engine_type: Any
    sql_plan_renderer: Any


def dialect(engine: str) -> Dialect:
    from metricflow.protocols.sql_client import SqlEngine

    if engine == "duckdb":
        from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer

        return Dialect(SqlEngine.DUCKDB, DuckDbSqlPlanRenderer())
    from metricflow.sql.render.postgres import PostgresSQLSqlPlanRenderer

    return Dialect(SqlEngine.POSTGRES, PostgresSQLSqlPlanRenderer())


class Compiler:
    """Writes SQL for one engine from a manifest that is parsed once."""

    def __init__(self, manifest: Manifest, engine: str) -> None:
        self.manifest = manifest
        self.engine = engine

    @cached_property
    def _metricflow(self) -> Any:
        from metricflow.engine.metricflow_engine import MetricFlowEngine
        from metricflow_semantics.model.dbt_manifest_parser import (
            parse_manifest_from_dbt_generated_manifest,
        )
        from metricflow_semantics.model.semantic_manifest_lookup import (
            SemanticManifestLookup,
        )

        for name in ("metricflow", "metricflow_semantics"):
            logging.getLogger(name).setLevel(logging.ERROR)
        parsed = parse_manifest_from_dbt_generated_manifest(self.manifest.text)
        return MetricFlowEngine(SemanticManifestLookup(parsed), dialect(self.engine))

    def sql(self, query: Query) -> str:
        """The SQL that answers a question."""
        for metric in query.metrics:
            self.manifest.metric(metric)
        try:
            return self._explain(
                metric_names=list(query.metrics),
                group_by_names=list(query.group_by),
                where_constraints=list(query.where) or None,
                order_by_names=list(query.order_by) or None,
                limit=query.limit,
                time_constraint_start=query.start,
                time_constraint_end=query.end,
            )
        except MetricError:
            self._check_names(query)
            raise

    def saved_query_sql(self, name: str) -> str:
        return self._explain(saved_query_name=name)

    def groups(self, metrics: Sequence[str]) -> list[str]:
        """What all these metrics can be grouped by, as it is written in --group-by."""
        dimensions = self._metricflow.simple_dimensions_for_metrics(list(metrics))
        names = {dimension.granularity_free_dunder_name for dimension in dimensions}
        return sorted(names | self.entities(metrics))

    def entities(self, metrics: Sequence[str]) -> set[str]:
        """Those of the groups that are ids of objects, or a currency."""
        found = self._metricflow.entities_for_metrics(list(metrics))
        return {entity.name for entity in found}

    def _check_names(self, query: Query) -> None:
        """Say which name is unknown, with what it may have meant."""
        known = self.groups(query.metrics)
        filtered = re.findall(r"(?:Dimension|Entity)\(\s*['\"](\w+)", str(query.where))
        for verb, names in (("grouped", query.group_by), ("filtered", filtered)):
            for name in map(without_grain, names):
                if name not in known:
                    raise MetricError(
                        f"{' and '.join(query.metrics)} cannot be {verb} by {name}"
                        f"{nearest(name, known)} (make metrics "
                        f"ARGS='explain {query.metrics[0]}' lists all)."
                    )
        asked = [*query.metrics, *query.group_by]
        for name in query.order_by:
            if name.removeprefix("-") not in asked:
                raise MetricError(
                    f"The answer has no {name} to order by: it has {', '.join(asked)}."
                )

    def _explain(self, **request: Any) -> str:
        from metricflow.engine.metricflow_engine import (
            MetricFlowQueryRequest,
            OutputColumnOrderMode,
        )
        from metricflow_semantics.errors.error_classes import InformativeUserError

        try:
            explained = self._metricflow.explain(
                MetricFlowQueryRequest.create(
                    output_column_order_mode=OutputColumnOrderMode.INPUT_ORDER,
                    **request,
                )
            )
        except InformativeUserError as error:
            raise MetricError(in_a_sentence(str(error))) from error
        return explained.sql_statement.sql


def without_grain(name: str) -> str:
    """A group without the day, week, month … that it is asked by."""
    return re.sub(r"__(day|week|month|quarter|year|extract_\w+)$", "", name.lower())


def in_a_sentence(message: str) -> str:
    """The first message of the many lines that MetricFlow says, without its paths."""
    found = re.search(r"Message:\s+(.+?)(?:\n\s*\n(?!\s+\")|$)", message, re.DOTALL)
    said = " ".join((found[1] if found else message).split())
    if "metric_time" in said and re.search("time offset|cumulative metric", said):
        return "That is a figure of a period: add --group-by metric_time__month."
    return f"MetricFlow cannot answer that: {said.split('. ')[0]}"
