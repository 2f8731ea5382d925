"""Conditions of a question, from values alone: an assistant writes no SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from semantic_layer.compiler import Compiler, without_grain
from semantic_layer.errors import MetricError, nearest

Filters = Mapping[str, str | Sequence[str]]


def conditions(compiler: Compiler, metrics: Sequence[str], given: Filters) -> list[str]:
    """The conditions that keep rows of which each group has one of its values."""
    if not given:
        return []
    known = compiler.groups(metrics)
    entities = compiler.entities(metrics)
    found = []
    for group, values in given.items():
        if group not in known:
            raise MetricError(refusal(group, metrics, known))
        kind = "Entity" if group.split("__")[-1] in entities else "Dimension"
        found.append(f"{{{{ {kind}('{group}') }}}} {one_of(values)}")
    return found


def refusal(group: str, metrics: Sequence[str], known: Sequence[str]) -> str:
    if without_grain(group) in known:
        return f"{group} is a date: say start and end, as days like 2026-09-01."
    return (
        f"{' and '.join(metrics)} cannot be filtered by {group}"
        f"{nearest(group, known)} (explain_metric lists all)."
    )


def one_of(values: str | Sequence[str]) -> str:
    """`= 'one'` or `in ('one', 'two')`; engines read numbers and flags as text, too."""
    values = [values] if isinstance(values, str) else list(values)
    if not values:
        raise MetricError("A filter has no value: give one or more, or leave it out.")
    quoted = [literal(value) for value in values]
    return f"= {quoted[0]}" if len(quoted) == 1 else f"in ({', '.join(quoted)})"


def literal(value: str) -> str:
    # MetricFlow reads conditions as templates.
    if "{" in value or "}" in value:
        raise MetricError(f"No value has braces: correct {value}.")
    return "'" + value.replace("'", "''") + "'"


def day(text: str | None, name: str) -> datetime | None:
    """A day as it is given."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        raise MetricError(
            f"{name} is no day: {text}; write it as 2026-09-01."
        ) from None
