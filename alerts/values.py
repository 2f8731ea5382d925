"""Values of a YAML file, each checked as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml


class Wrong(Exception):
    """What is wrong within the file, and the fix."""


class Loader(yaml.SafeLoader):
    """Reads `0.05` as it is written."""


Loader.add_constructor(
    "tag:yaml.org,2002:float", lambda loader, node: Decimal(node.value)
)


def mapping(said: Any, place: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise Wrong(f"{place} is not of the form name: value; see docs/alerts.md.")
    return said


def known(said: Mapping[str, Any], allowed: set[str], place: str) -> None:
    if unknown := sorted(map(str, said.keys() - allowed)):
        raise Wrong(
            f"{place} has an unknown {unknown[0]}: it may have "
            f"{', '.join(sorted(allowed))}."
        )


def names(said: Any, place: str) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise Wrong(f"{place} is no list of names: write [one, another].")
    return tuple(said)


def whole(said: Any, place: str) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or said < 1:
        raise Wrong(f"{place} is {said}: it is a number of days or weeks from 1.")
    return said


def number(said: Any, place: str) -> Decimal:
    if isinstance(said, bool) or not isinstance(said, int | Decimal):
        raise Wrong(f"{place} is {said}: it is a number, such as 0.05.")
    return Decimal(said)
