"""Currencies are never added together, whatever is asked.

A metric that sums money of any currency, alone or inside a rate, answers only when the
question is grouped by the currency of that money or is about one currency. The currency
is that of the row that is summed: of the refund for refunds, of the balance transaction
for net volume. A charge's currency says nothing of its settlement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from semantic_layer.compiler import Query
from semantic_layer.errors import MetricError
from semantic_layer.manifest import Manifest, Metric

# The entity that every semantic model with money has, to the seed of currencies.
ENTITY = "currency"
# Stripe refunds a charge in the charge's own currency; a test holds it to that.
SAME_CURRENCY = {"refund": {"charge"}}
ONE_CURRENCY = re.compile(
    r"\s*\{\{\s*(?:Dimension|Entity)\(\s*['\"](\w+)['\"]\s*\)\s*\}\}\s*"
    r"=\s*'([a-z]{3})'\s*"
)
# A condition that stands below one of these need not hold.
LOOSE = re.compile(r"\b(or|not|case)\b", re.IGNORECASE)


def check_currency(manifest: Manifest, query: Query) -> None:
    """Refuse a question whose answer would add currencies together."""
    kept = {*query.group_by, *fixed_currencies(query)}
    for name in query.metrics:
        for leaf in manifest.leaves(name):
            if leaf.unit == "money" and not kept & spellings(manifest, leaf):
                raise MetricError(refusal(name, leaf, query))


def refusal(name: str, leaf: Metric, query: Query) -> str:
    """One sentence: why not, and what to ask instead."""
    of = "" if leaf.name == name else f", through {leaf.name},"
    wrong = [group for group in query.group_by if group.endswith(ENTITY)]
    but = f" ({' and '.join(wrong)} is not the currency of it)" if wrong else ""
    return (
        f"{name} is{of} money of several currencies, which are never added together"
        f"{but}: add --group-by {ENTITY}, or --currency usd for one of them."
    )


def spellings(manifest: Manifest, metric: Metric) -> set[str]:
    """What the currency of a simple metric's money is called in a question."""
    entity = manifest.primary_entity(metric.model)
    entities = {entity, *SAME_CURRENCY.get(entity, set())}
    return {ENTITY} | {f"{name}__currency" for name in entities}


def fixed_currencies(query: Query) -> Iterator[str]:
    """The currency columns of which a question wants one value only."""
    for name, _ in conditions(query):
        yield name


def conditions(query: Query) -> Iterator[tuple[str, str]]:
    """(column, currency) of each condition that all rows of the answer meet."""
    for clause in query.where:
        if LOOSE.search(clause):
            continue
        for part in re.split(r"\s+and\s+", clause, flags=re.IGNORECASE):
            if found := ONE_CURRENCY.fullmatch(part):
                yield found[1], found[2]


def of_one_currency(code: str) -> str:
    """The condition that keeps one currency, for Query.where."""
    if not re.fullmatch("[a-z]{3}", code.lower()):
        raise MetricError(f"{code} is no currency: name one like usd.")
    return f"{{{{ Entity('{ENTITY}') }}}} = '{code.lower()}'"
