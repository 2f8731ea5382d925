"""What a run of dbt says of each model: its room, time and compiled SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

ROOMS = Path(__file__).resolve().parents[1] / "docs" / "rooms.yml"


@dataclass(frozen=True)
class Timing:
    """A model or snapshot of a run; its SQL, or none of a view, which costs nothing."""

    name: str
    schema: str
    room: str
    seconds: float
    sql: str | None


def timings(target: Path) -> list[Timing]:
    """Every model and snapshot of the last run."""
    nodes = json.loads((target / "manifest.json").read_text())["nodes"]
    results = json.loads((target / "run_results.json").read_text())["results"]
    found = []
    for result in results:
        node = nodes.get(result["unique_id"], {})
        if node.get("resource_type") not in ("model", "snapshot"):
            continue
        is_view = node["config"]["materialized"] == "view"
        found.append(
            Timing(
                node["name"],
                node["schema"],
                room_of(node["name"], node["original_file_path"]),
                result["execution_time"],
                None if is_view else result["compiled_code"],
            )
        )
    return found


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


def by_room(models: Iterable[Timing]) -> dict[str, float]:
    """Seconds by room; a view's work is in the time of whoever reads it."""
    found: dict[str, float] = {}
    for model in models:
        found[model.room] = found.get(model.room, 0) + model.seconds
    return dict(sorted(found.items(), key=lambda item: -item[1]))
