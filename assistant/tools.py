"""What an assistant may ask, each answer as text.

A thin layer over the semantic layer: the same list, explanation, guard and tables as
`make metrics`, read from where the dashboards read.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from assistant.filters import Filters, conditions, day
from assistant.offered import offered, personal_columns
from dashboards.text.definitions import descriptions, yaml_files
from dashboards.text.formatting import day as day_in_words
from dashboards.warehouse import Warehouse, WarehouseError
from semantic_layer.compiler import Query
from semantic_layer.errors import MetricError, nearest
from semantic_layer.explained import explanation, metric_list
from semantic_layer.guard import of_one_currency
from semantic_layer.layer import SemanticLayer
from semantic_layer.manifest import Manifest
from semantic_layer.shown import run_in
from semantic_layer.warehouse import Profile

MOST_ROWS = 1_000
Groups = Annotated[
    Sequence[str],
    Field(description="groups that explain_metric lists, as metric_time__month"),
]
Day = Annotated[str | None, Field(description="a day, as 2026-09-01, itself included")]


class Tools:
    """The metrics of a project over the marts that a warehouse shows."""

    def __init__(
        self, manifest: Manifest, profile: Profile, warehouse: Warehouse
    ) -> None:
        self.everything = manifest
        self.warehouse = warehouse
        shown = offered(manifest, profile.schema)
        self.layer = SemanticLayer(shown, profile, run_in(warehouse))
        # Tools are called from several threads, MetricFlow is made for one.
        self.lock = threading.Lock()

    def list_metrics(
        self,
        domain: Annotated[str | None, Field(description="as payments")] = None,
    ) -> str:
        """List all metrics by domain, or those of one domain, with their units; and say
        up to which day the data go."""
        return f"{self._state()}\n\n{metric_list(self.layer.manifest, domain)}"

    def explain_metric(self, name: str) -> str:
        """Say what a metric means, what it is computed from, what it can be grouped and
        filtered by, and the SQL of it by month."""
        self._check_offered([name])
        with self.lock:
            return explanation(self.layer, name)

    def query_metrics(
        self,
        metrics: Annotated[Sequence[str], Field(description="one or more")],
        group_by: Groups = (),
        currency: Annotated[
            str | None, Field(description="answer for this currency only, as usd")
        ] = None,
        filters: Annotated[
            Filters | None,
            Field(description="{group: values}: rows that have one of the values"),
        ] = None,
        start: Day = None,
        end: Day = None,
        order_by: Annotated[
            Sequence[str],
            Field(description="groups or metrics, -name descending; as grouped if not"),
        ] = (),
        limit: Annotated[
            int, Field(description=f"rows at most, 1 to {MOST_ROWS}")
        ] = 100,
        exact: Annotated[
            bool, Field(description="CSV with all decimals, not a table to be read")
        ] = False,
    ) -> str:
        """Ask for metrics by groups. Money needs the group currency, or one currency.
        The answer is a table; its last line says up to which day the data go."""
        self._check_offered(metrics, [*group_by, *(filters or {})])
        if not 1 <= limit <= MOST_ROWS:
            raise MetricError(f"limit is {limit}: it may be 1 to {MOST_ROWS:,}.")
        with self.lock:
            where = conditions(self.layer.compiler, metrics, filters or {})
            if currency:
                where.append(of_one_currency(currency))
            query = Query(
                metrics=metrics,
                group_by=group_by,
                where=where,
                order_by=order_by or list(group_by),
                limit=limit + 1,
                start=day(start, "start"),
                end=day(end, "end"),
            )
            answer = self.layer.query(query)
        shown = answer.first(limit)
        text = shown.to_csv() if exact else shown.to_text()
        if len(answer.rows) > limit:
            text = (
                f"{text.rstrip()}\n\nThere are more rows than {limit:,}: narrow the "
                "question by filters, start and end, or group by less."
            )
        return f"{text.rstrip()}\n\n{self._state()}"

    def read_definition(self, mart: str, column: str | None = None) -> str:
        """Say what the columns of a mart mean, or one of them; explain_metric names the
        mart columns that a metric equals."""
        if mart not in yaml_files():
            raise MetricError(f"There is no mart {mart}{nearest(mart, yaml_files())}.")
        columns = descriptions(mart)
        if column is None:
            return "\n".join(f"{name}: {text}" for name, text in columns.items())
        if column not in columns:
            raise MetricError(f"{mart} has no {column}{nearest(column, columns)}.")
        return f"{mart}.{column}: {columns[column]}"

    def _check_offered(
        self, metrics: Sequence[str], groups: Sequence[str] = ()
    ) -> None:
        """Say of what is left out that it is, and not that there is no such thing."""
        for name in metrics:
            if name in self.everything.metrics.keys() - self.layer.manifest.metrics:
                raise MetricError(
                    f"{name} is computed from tables that are not marts, which nobody "
                    "reads from here: scripts/metrics.py asks for it, beside dbt."
                )
            self.everything.metric(name)
        for name in groups:
            if name.split("__")[-1] in personal_columns():
                raise MetricError(
                    f"{name} is personal data, which is not offered: customer, an id, "
                    "tells customers apart."
                )

    def _state(self) -> str:
        """Up to which day the data go, in which zone days are."""
        try:
            freshness, zone = self.warehouse.freshness(), self.warehouse.zone()
        except WarehouseError as error:
            raise MetricError(str(error)) from error
        return (
            f"State at the end of {day_in_words(freshness.as_of)}; last activity "
            f"{day_in_words(freshness.data_through)}; days are of zone {zone}."
        )
