"""Metrics against the mart columns that they equal, row by row.

The marts themselves equal the reference computation and the answers by hand: that is
tested in random_accounts/test_sample_account.py and test_cases.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
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
    where: str | None = None
    metric_where: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Mart:
    """What marts.yml says of a mart."""

    name: str
    grains: list[Grain]
    not_metrics: Mapping[str, str]

    def grain_of(self, column: str) -> Grain:
        """The grain that lists a column, else the one that lists none."""
        for grain in self.grains:
            if column in grain.columns:
                return grain
        (rest,) = [grain for grain in self.grains if not grain.columns]
        return rest


def read_marts() -> dict[str, Mart]:
    found = {}
    for name, said in yaml.safe_load(MARTS.read_text()).items():
        grains = [
            Grain(
                name,
                grain["group_by"],
                grain.get("columns", []),
                grain.get("where"),
                grain.get("metric_where", []),
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
            yield metric.name, marts[mart].grain_of(column), column


def differences(
    layer: SemanticLayer, metric: str, grain: Grain, column: str, as_of: date
) -> list[str]:
    """Where a metric is not its mart column, in sentences."""
    expected = mart_values(layer, grain, column, as_of)
    found = metric_values(layer, metric, grain, as_of)
    said = []
    for key, value in expected.items():
        if key not in found:
            if value is not None and value != 0:
                said.append(f"{key}: the mart has {value}, the metric no row")
        elif not same(value, found[key]):
            said.append(f"{key}: the mart has {value}, the metric {found[key]}")
    said += [
        f"{key}: the metric has {value}, the mart no row"
        for key, value in found.items()
        if key not in expected and value and not is_remainder(key, grain)
    ]
    return [f"{metric} = {grain.mart}.{column} {line}" for line in said]


def mart_values(
    layer: SemanticLayer, grain: Grain, column: str, as_of: date
) -> dict[Key, Any]:
    """Key -> value of a mart column, of the rows that metrics answer."""
    keys = ", ".join(grain.group_by)
    sql = f"select {keys}, {column} from {layer.profile.schema}.{grain.mart}"
    if grain.where:
        sql += f" where {filled(grain.where, as_of)}"
    return keyed(layer.run(sql)[1], f"{grain.mart}.{column}")


def metric_values(
    layer: SemanticLayer, metric: str, grain: Grain, as_of: date
) -> dict[Key, Any]:
    """Key -> value of a metric, grouped as the mart is."""
    where = [filled(clause, as_of) for clause in grain.metric_where]
    groups = list(grain.group_by.values())
    # The compiler's SQL, for the guard is tested apart and marts may sum none.
    answer = layer.query(Query([metric], groups, where))
    assert list(answer.columns) == [*(g.lower() for g in groups), metric]
    return keyed(answer.rows, metric)


def filled(clause: str, as_of: date) -> str:
    """A condition of marts.yml with the dates of this build."""
    dates = {"as_of": f"date '{as_of}'", "as_of_month": f"date '{as_of:%Y-%m-01}'"}
    for name, value in dates.items():
        clause = clause.replace(f"{{{name}}}", value)
    return clause


def keyed(rows: list[tuple[Any, ...]], what: str) -> dict[Key, Any]:
    """Rows by all but their last value."""
    found = {tuple(day(part) for part in row[:-1]): row[-1] for row in rows}
    assert len(found) == len(rows), f"{what} repeats a key"
    return found


def day(value: Any) -> Any:
    """A period by its first day, whether the engine gives a date or a timestamp."""
    return value.date() if isinstance(value, datetime) else value


def is_remainder(key: Key, grain: Grain) -> bool:
    """Whether a row is what no customer or invoice accounts for: no mart row's."""
    return any(
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
        # Floating point and PostgreSQL's quotients end somewhere, too.
        slack = abs(metric) * Decimal("1e-15")
        return abs(mart - metric) <= HALF_A_MILLIONTH + slack
    return mart == metric
