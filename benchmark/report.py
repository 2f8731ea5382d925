"""What a benchmark found, as a table and as JSON."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import Any

from benchmark.timings import Timing, by_room

SLOWEST = 15


def ratio(found: dict[str, Any]) -> float:
    """Processor seconds of the models, less dbt's own, by those of the two copies."""
    own = found["models of a small account"]["cpu_seconds"]
    copies = ("copy of the raw tables", "copy of the marts")
    least = sum(found[copy]["cpu_seconds"] for copy in copies)
    return (found["models"]["cpu_seconds"] - own) / least


def parts(models: list[Timing]) -> dict[str, dict[str, float]]:
    """Seconds by room, and of the models that took longest."""
    slowest = sorted(models, key=lambda model: -model.seconds)[:SLOWEST]
    return {
        "rooms": by_room(models),
        "slowest": {model.name: model.seconds for model in slowest},
    }


def table(title: str, found: dict[str, Any]) -> str:
    """A line for each step, then scans, cells and the dearest rooms and models.

    Time is by the clock, then of processors: another program's load slows the first
    more.
    """
    lines = [f"\n{title}", f"{'':36}{'s':>8}{'cpu s':>8}{'GB':>6}"]
    for name, step in found.items():
        if "cpu_seconds" in step:
            lines.append(
                f"{name:36}{step['seconds']:8.1f}{step['cpu_seconds']:8.1f}"
                f"{step['peak_bytes'] / 1e9:6.2f}"
            )
    scans, cells = found["raw scans"], found["cells"]
    lines += [
        f"\nmodels, less dbt's own, by the copies: {ratio(found):.2f}",
        f"raw rows scanned: {scans['rows_scanned'] / scans['rows']:.1f} times the "
        f"{scans['rows']:,} that there are, in {scans['scans']} scans",
        f"cells written: {cells['marts']:,} in marts, {cells['intermediate']:,} before",
    ]
    for part, seconds in found["parts"].items():
        lines.append(f"\n{part}, seconds of one model at a time")
        lines += [f"  {name:44.44}{value:8.1f}" for name, value in seconds.items()]
    return "\n".join(lines)


def save(path: Path, title: str, found: dict[str, Any]) -> None:
    """Add to the file: the last result for each size stays."""
    saved = json.loads(path.read_text()) if path.exists() else {}
    machine = {"cores": os.cpu_count(), "system": platform.platform()}
    load = round(os.getloadavg()[0], 1)
    saved[title] = {"machine": machine, "load_average": load} | found
    path.write_text(json.dumps(saved, indent=2) + "\n")
