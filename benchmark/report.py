"""What a benchmark found, as text and as JSON."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import Any

from benchmark.growth import growth

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "build" / "bench"
SHOWN = 15


def ratio(found: dict[str, Any]) -> float:
    """Processor seconds of the models, less dbt's own, by those of the two copies."""
    steps = found["steps"]
    own = steps["models of a small account"]["cpu_seconds"]
    copies = ("copy of the raw tables", "copy of the marts")
    least = sum(steps[copy]["cpu_seconds"] for copy in copies)
    return (steps["models"]["cpu_seconds"] - own) / least


def tests_share(found: dict[str, Any]) -> float:
    """Data tests' part of the processor seconds of models and tests."""
    models, tests = (
        found["steps"][step]["cpu_seconds_after_parse"]
        for step in ("models one by one", "tests one by one")
    )
    return tests / (models + tests)


def table(found: dict[str, Any]) -> str:
    """A line for each step, then scans, cells and the dearest rooms and models.

    Time is by the clock, then of processors: another program's load slows the first
    more.
    """
    lines = [f"\n{found['title']}", costs_line("", "s", "cpu s", "GB")]
    lines += [cost_line(name, step) for name, step in found["steps"].items()]
    scans, cells = found["raw scans"], found["cells"]
    lines += [
        f"\nmodels, less dbt's own, by the copies: {ratio(found):.2f}",
        f"raw rows scanned: {scans['rows_scanned'] / scans['rows']:.1f} times the "
        f"{scans['rows']:,} that there are, in {scans['scans']} scans",
        f"cells written: {cells['marts']:,} in marts, {cells['intermediate']:,} before",
    ]
    if "tests" in found:
        lines.append(f"tests are {tests_share(found):.0%} of models and tests")
    for share, cost in found.get("incremental", {}).items():
        lines.append(
            f"{float(share):.1%} of customers changed: {cost['of_full']:.1%} of a full "
            f"build's cpu s after the parse"
        )
    for part in ("rooms", "models", "tests"):
        if part in found:
            lines.append(f"\n{part}, one at a time")
            dearest = list(found[part].items())[:SHOWN]
            lines += [cost_line(f"  {name}", cost) for name, cost in dearest]
    return "\n".join(lines)


def growth_table(smaller: dict[str, Any], larger: dict[str, Any]) -> str:
    """The exponents of all, of rooms, and of the models that grow fastest."""
    found = growth(smaller, larger)
    lines = [
        f"\nfrom {smaller['title']} to {larger['title']}: exponents of growth",
        costs_line("", "s", "cpu s", "GB"),
        exponents_line("whole", found["whole"]),
    ]
    lines += [exponents_line(f"  {n}", room) for n, room in found["rooms"].items()]
    fastest = sorted(found["models"].items(), key=lambda item: -item[1]["cpu_seconds"])
    lines += [exponents_line(f"    {name}", model) for name, model in fastest[:SHOWN]]
    return "\n".join(lines)


def cost_line(name: str, cost: dict[str, float]) -> str:
    return costs_line(
        name,
        f"{cost['seconds']:.1f}",
        f"{cost['cpu_seconds']:.1f}",
        f"{cost['peak_bytes'] / 1e9:.2f}",
    )


def exponents_line(name: str, found: dict[str, float]) -> str:
    figures = ("seconds", "cpu_seconds", "peak_bytes")
    return costs_line(name, *(f"{found.get(figure, 0):.2f}" for figure in figures))


def costs_line(name: str, *figures: str) -> str:
    return f"{name:44.44}" + "".join(f"{figure:>9}" for figure in figures)


def save(found: dict[str, Any], folder: Path = REPORTS) -> None:
    """A file for each title: the last result for each stays."""
    machine = {
        "cores": os.cpu_count(),
        "processor": processor(),
        "system": platform.platform(),
        "load_average": round(os.getloadavg()[0], 1),
    }
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{found['title'].replace(' ', '_').replace(',', '')}.json"
    file.write_text(json.dumps({"machine": machine} | found, indent=2) + "\n")


def processor() -> str:
    """Its name, where the system tells."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    names = [line.split(": ")[1] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
