"""How costs grow with the account: 1 is as fast as it, 2 with its square."""

from __future__ import annotations

import math
from typing import Any

# What costs less than this is mostly dbt's own, and tells nothing of growth.
SECONDS = 1.0
FIGURES = ("seconds", "cpu_seconds", "peak_bytes")


def growth(smaller: dict[str, Any], larger: dict[str, Any]) -> dict[str, Any]:
    """Exponents of the whole, of each room and of each model between two results."""
    times = larger["charges"] / smaller["charges"]
    found = {
        "whole": exponents(whole(smaller), whole(larger), times),
    }
    for part in ("rooms", "models"):
        found[part] = {
            name: exponents(smaller[part][name], cost, times)
            for name, cost in larger[part].items()
            if smaller[part].get(name, {}).get("cpu_seconds", 0) >= SECONDS
        }
    return found


def whole(found: dict[str, Any]) -> dict[str, float]:
    """Seconds and memory of all models, without the seconds that dbt itself takes."""
    build, own = found["steps"]["models"], found["steps"]["models of a small account"]
    less = {name: max(build[name] - own[name], 0.1) for name in FIGURES[:2]}
    return build | less


def exponents(
    smaller: dict[str, float], larger: dict[str, float], times: float
) -> dict[str, float]:
    """The logarithms of both ratios, divided."""
    return {
        name: round(math.log(larger[name] / smaller[name]) / math.log(times), 2)
        for name in FIGURES
        if larger[name] and smaller[name]
    }
