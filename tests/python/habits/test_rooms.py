"""Models stand in rooms, and none reads a later room than its own: docs/rooms.yml."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from harness.project import ROOT, Project

# The longest way from a raw table to a mart, in models.
DEEPEST = 20
ROOMS = yaml.safe_load((ROOT / "docs" / "rooms.yml").read_text())


@pytest.fixture(scope="module")
def models(project: Project) -> dict[str, Any]:
    """Models and snapshots, by their id."""
    return {
        unique_id: node
        for unique_id, node in project.manifest.nodes.items()
        if node.resource_type in ("model", "snapshot")
    }


def room_of(node: Any) -> int:
    """The place of a model's room in the order."""
    (number,) = (
        number
        for number, room in enumerate(ROOMS)
        if node.name in room.get("facts", ())
        or (
            node.original_file_path.startswith(tuple(f"{f}/" for f in room["folders"]))
            and "/core/" not in node.original_file_path
        )
    )
    return number


def ways_back(models: dict[str, Any], more: tuple[str, str] | None = None) -> list[str]:
    """Each model that reads a later room; more: one that reads another, too."""
    rooms = {node.name: room_of(node) for node in models.values()}
    reads = [
        (node.name, models[read].name)
        for node in models.values()
        for read in node.depends_on.nodes
        if read in models
    ]
    return [
        f"{reader} reads {read}"
        for reader, read in [*reads, *([more] if more else [])]
        if rooms[read] > rooms[reader]
    ]


def longest_way(models: dict[str, Any]) -> list[str]:
    """The most models that read one another, from a raw table to a mart."""
    ways: dict[str, list[str]] = {}

    def way(unique_id: str) -> list[str]:
        if unique_id not in ways:
            node = models[unique_id]
            reads = [way(read) for read in node.depends_on.nodes if read in models]
            own = [node.name] * (node.resource_type == "model")
            ways[unique_id] = max(reads, key=len, default=[]) + own
        return ways[unique_id]

    return max(map(way, models), key=len)


def test_the_longest_way_is_no_longer(models: dict[str, Any]) -> None:
    found = longest_way(models)
    assert len(found) <= DEEPEST, " <- ".join(reversed(found))


def test_no_model_reads_a_later_room(models: dict[str, Any]) -> None:
    assert ways_back(models) == []


def test_a_way_back_is_seen(models: dict[str, Any]) -> None:
    assert ways_back(models, ("fct_refunds", "fct_charges")) == [
        "fct_refunds reads fct_charges"
    ]
