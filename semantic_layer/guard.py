"""Figures that must not be added together are not, whatever is asked.

A metric that sums money of any currency, alone or inside a rate, answers only when the
question is grouped by the currency of that money or is about one currency. The currency
is that of the row that is summed: of the refund for refunds, of the balance transaction
for net volume. A charge's currency says nothing of its settlement.

Metrics with `is_converted` in their meta sum what is in one currency, the reporting
currency, and answer any question.

In the same way, a metric with `required_group_by` in its meta answers by those groups
only: a cohort after one month and after two are the same users.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from semantic_layer.compiler import Query
from semantic_layer.errors import MetricError
from semantic_layer.manifest import Manifest, Metric

# The entity that every semantic model with money has.
ENTITY = "currency"
ONE_VALUE = re.compile(
    r"\s*\{\{\s*(?:Dimension|Entity)\(\s*['\"](\w+)['\"]\s*\)\s*\}\}\s*"
    r"=\s*('[^']*'|\d+)\s*"
)
# A condition that stands below one of these need not hold.
LOOSE = re.compile(r"\b(or|not|case)\b", re.IGNORECASE)


def check(manifest: Manifest, query: Query) -> None:
    """Refuse a question whose answer would add what must not be added."""
    kept = {*query.group_by, *(name for name, _ in fixed_values(query))}
    for name in query.metrics:
        for part in manifest.parts(name):
            if is_money(part) and not kept & spellings(manifest, part):
                raise MetricError(refusal(name, part, query))
            for group in part.meta.get("required_group_by") or []:
                if group not in kept:
                    raise MetricError(
                        f"{name} is a figure of each {group}, which do not add up: "
                        f"add --group-by {group}."
                    )


def is_money(metric: Metric) -> bool:
    """Whether it is money of many currencies that a metric sums; others only divide or
    subtract it, or sum what is in the reporting currency."""
    is_converted = metric.meta.get("is_converted", False)
    return metric.unit == "money" and metric.model is not None and not is_converted


def refusal(name: str, part: Metric, query: Query) -> str:
    """One sentence: why not, and what to ask instead."""
    of = "" if part.name == name else f", through {part.name},"
    wrong = [group for group in query.group_by if group.endswith(ENTITY)]
    but = f" ({' and '.join(wrong)} is not the currency of it)" if wrong else ""
    return (
        f"{name} is{of} money of several currencies, which are never added together"
        f"{but}: add --group-by {ENTITY}, or --currency usd for one of them."
    )


def spellings(manifest: Manifest, metric: Metric) -> set[str]:
    """What the currency of a simple metric's money is called in a question."""
    return {ENTITY, f"{manifest.primary_entity(metric.model)}__{ENTITY}"}


def fixed_values(query: Query) -> Iterator[tuple[str, str]]:
    """(column, value) where all rows of the answer have that one value."""
    for clause in query.where:
        if LOOSE.search(clause):
            continue
        for part in re.split(r"\s+and\s+", clause, flags=re.IGNORECASE):
            if found := ONE_VALUE.fullmatch(part):
                yield found[1], found[2].strip("'")


def one_currency(query: Query) -> str | None:
    """The currency of the whole answer, where the question is about one."""
    values = {v for name, v in fixed_values(query) if name.endswith(ENTITY)}
    return values.pop() if len(values) == 1 else None


def of_one_currency(code: str) -> str:
    """The condition that keeps one currency, for Query.where."""
    if not re.fullmatch("[a-z]{3}", code.lower()):
        raise MetricError(f"{code} is no currency: name one like usd.")
    return f"{{{{ Entity('{ENTITY}') }}}} = '{code.lower()}'"
