"""Metrics against the mart columns that they equal, row by row.

The marts themselves equal the reference computation and the answers by hand: that is
tested in random_accounts/test_sample_account.py and test_cases.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from semantic_layer.compiler import Query
from semantic_layer.layer import SemanticLayer

MARTS = Path(__file__).with_name("marts.yml")
HALF_A_MILLIONTH = Decimal("0.0000005")
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Grain:
    """Rows of a mart that metrics answer: its key, as they group by it."""

    mart: str
    group_by: Mapping[str, str]
    columns: list[str]
    metrics: list[str]
    where: str | None
    filter: str | None
    # Which rows the mart lists, where it leaves out some that a metric returns.
    some: str | None


@dataclass(frozen=True)
class Mart:
    """What marts.yml says of a mart."""

    name: str
    grains: list[Grain]
    not_metrics: Mapping[str, str]

    def excuses(self, column: str) -> bool:
        """Whether it says why the column needs no metric."""
        return any(fnmatchcase(column, pattern) for pattern in self.not_metrics)

    def grain_of(self, metric: str, column: str) -> Grain:
        """The grain that is for the column or metric, else the one for all others."""
        rest = [g for g in self.grains if not g.columns and not g.metrics]
        for grain in self.grains:
            named = any(fnmatchcase(metric, pattern) for pattern in grain.metrics)
            if named or column in grain.columns:
                return grain
        return rest[0]


def read_marts() -> dict[str, Mart]:
    found = {}
    for name, said in yaml.safe_load(MARTS.read_text()).items():
        grains = [
            Grain(
                name,
                grain["group_by"],
                grain.get("columns", []),
                grain.get("metrics", []),
                grain.get("where"),
                grain.get("filter"),
                grain.get("some") or said.get("some"),
            )
            for grain in said.get("grains", [])
        ]
        found[name] = Mart(name, grains, said.get("not_metrics") or {})
    return found


def pairs(layer: SemanticLayer) -> Iterator[tuple[str, Grain, str]]:
    """(metric, grain, column) for every mart column that a metric says it equals."""
    marts = read_marts()
    for metric in layer.manifest.metrics.values():
        for place in metric.equals:
            mart, column = place.split(".")
            yield metric.name, marts[mart].grain_of(metric.name, column), column


class Comparison:
    """Metrics against marts on one warehouse; each metric is asked once a grouping."""

    def __init__(self, layer: SemanticLayer, as_of: date) -> None:
        self.layer = layer
        self.as_of = as_of
        self._answers: dict[tuple, dict[Key, Any]] = {}

    def differences(self, *metrics: str) -> list[str]:
        """Where these metrics, or all, are not the mart columns that they name."""
        found = []
        for metric, grain, column in pairs(self.layer):
            if metrics and metric not in metrics:
                continue
            lines = list(self.of_column(metric, grain, column))
            found += lines[:3]
            if len(lines) > 3:
                found.append(f"... and {len(lines) - 3} more rows of that column")
        return found

    def of_column(self, metric: str, grain: Grain, column: str) -> Iterator[str]:
        clause = self.filled(grain.filter)
        found = self.answer(metric, list(grain.group_by.values()), clause)
        for line in unequal(self.mart_values(grain, column), found, grain):
            yield f"{metric} = {grain.mart}.{column} {line}"

    def mart_values(self, grain: Grain, column: str) -> dict[Key, Any]:
        """Key -> value of a mart column, of the rows that metrics answer."""
        keys = self.filled(", ".join(grain.group_by))
        sql = f"select {keys}, {column} from {self.layer.profile.schema}.{grain.mart}"
        if grain.where:
            sql += f" where {self.filled(grain.where)}"
        return keyed(self.layer.run(sql)[1], f"{grain.mart}.{column}")

    def answer(
        self, metric: str, groups: list[str], clause: str | None = None
    ) -> dict[Key, Any]:
        """Groups -> value of a metric, where the clause holds."""
        asked = (metric, *groups, clause)
        if asked not in self._answers:
            query = Query([metric], groups, [clause] if clause else [])
            columns, rows = self.layer.run(self.layer.compiler.sql(query))
            assert columns == [*(group.lower() for group in groups), metric]
            self._answers[asked] = keyed(rows, metric)
        return self._answers[asked]

    def filled(self, clause: str | None) -> str | None:
        """A condition of marts.yml with the dates of this build."""
        if clause is None:
            return None
        month = self.as_of.replace(day=1)
        return clause.replace("{as_of}", f"date '{self.as_of}'").replace(
            "{as_of_month}", f"date '{month}'"
        )


def unequal(
    expected: Mapping[Key, Any], found: Mapping[Key, Any], grain: Grain | None = None
) -> Iterator[str]:
    """How a metric differs; groups that it does not return must be zero or null."""
    for key, value in expected.items():
        if key not in found:
            if value is not None and value != 0:
                yield f"{key}: expected {value}, the metric has no row"
        elif not same(value, found[key]):
            yield f"{key}: expected {value}, the metric has {found[key]}"
    for key, value in found.items():
        if value and key not in expected and not (grain and is_beside(key, grain)):
            yield f"{key}: expected no row, the metric has {value}"


def keyed(rows: list[tuple[Any, ...]], what: str) -> dict[Key, Any]:
    """Rows by all but their last value."""
    found = {tuple(day(part) for part in row[:-1]): row[-1] for row in rows}
    assert len(found) == len(rows), f"{what} repeats a key"
    return found


def day(value: Any) -> Any:
    """A period by its first day, whether the engine gives a date or a timestamp."""
    return value.date() if isinstance(value, datetime) else value


def is_beside(key: Key, grain: Grain) -> bool:
    """Whether a mart has no such row: it lists some, or nobody stands for the row."""
    return bool(grain.some) or any(
        value is None and "_id" in column
        for value, column in zip(key, grain.group_by, strict=True)
    )


def same(mart: Any, metric: Any) -> bool:
    """Whether two figures agree, to the last digit of what the mart keeps.

    Marts round quotients to six decimals, once. Metrics do not round: they agree when
    they are within half a millionth, and exactly where they have no more decimals.
    """
    if mart is None or metric is None:
        return mart is metric
    if isinstance(metric, float):
        metric = Decimal(repr(metric))
    if isinstance(metric, Decimal) and metric.as_tuple().exponent < -6:
        # Floating point and PostgreSQL's quotients are rounded far behind that.
        slack = Decimal("1e-12") * max(1, abs(metric))
        return abs(mart - metric) <= HALF_A_MILLIONTH + slack
    return mart == metric
