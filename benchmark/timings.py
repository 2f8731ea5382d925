"""What a run of dbt says of each model: its room, cost and compiled SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

ROOMS = Path(__file__).resolve().parents[1] / "docs" / "rooms.yml"
Cost = dict[str, float]


@dataclass(frozen=True)
class Timing:
    """A model or snapshot of a run; its SQL, or none of a view, which costs nothing."""

    name: str
    schema: str
    room: str
    cost: Cost
    sql: str | None


def dearest_said(target: Path, count: int = 10) -> list[str]:
    """Lines on what took longest by the clock in the last run, one beside another."""
    results = json.loads((target / "run_results.json").read_text())["results"]
    spent = (
        (one["execution_time"], one["unique_id"].split(".")[-1]) for one in results
    )
    return [
        f"  {took:.1f} s {name}" for took, name in sorted(spent, reverse=True)[:count]
    ]


def timings(target: Path, nodes: dict[str, Cost]) -> list[Timing]:
    """Every model and snapshot of the last run, with its cost by benchmark.watch."""
    manifest = json.loads((target / "manifest.json").read_text())["nodes"]
    results = json.loads((target / "run_results.json").read_text())["results"]
    found = []
    for result in results:
        node = manifest.get(result["unique_id"], {})
        if node.get("resource_type") not in ("model", "snapshot"):
            continue
        is_view = "view" in node["config"]["materialized"]
        found.append(
            Timing(
                node["name"],
                node["schema"],
                room_of(node["name"], node["original_file_path"]),
                nodes[result["unique_id"]],
                None if is_view else result["compiled_code"],
            )
        )
    return found


def by_kind(target: Path, nodes: dict[str, Cost]) -> dict[str, Cost]:
    """Of data tests: how many there are of each kind, and what they cost together."""
    manifest = json.loads((target / "manifest.json").read_text())["nodes"]
    found: dict[str, Cost] = {}
    for test, cost in nodes.items():
        kind = (manifest[test].get("test_metadata") or {"name": "singular"})["name"]
        found[kind] = added(found.get(kind, {}), {"tests": 1} | cost)
    return dearest_first(found)


def by_room(models: Iterable[Timing]) -> dict[str, Cost]:
    """Costs by room; a view's work is in the time of whoever reads it."""
    found: dict[str, Cost] = {}
    for model in models:
        found[model.room] = added(found.get(model.room, {}), model.cost)
    return dearest_first(found)


def added(one: Cost, other: Cost) -> Cost:
    """The sum of two costs; of peaks of memory the higher."""
    return {
        name: max(one.get(name, 0), value)
        if name == "peak_bytes"
        else one.get(name, 0) + value
        for name, value in other.items()
    }


def dearest_first(costs: dict[str, Cost]) -> dict[str, Cost]:
    return dict(sorted(costs.items(), key=lambda item: -item[1]["cpu_seconds"]))


@cache
def rooms() -> list[dict]:
    return yaml.safe_load(ROOMS.read_text())


def room_of(name: str, path: str) -> str:
    """By docs/rooms.yml: a fact's room names it, any other's holds its folder."""
    for room in rooms():
        if name in room.get("facts", ()):
            return room["room"]
    return next(
        room["room"]
        for room in rooms()
        if any(path.startswith(f"{folder}/") for folder in room["folders"])
    )
