"""A plot of costs by size, both in powers of ten, as SVG: no library draws it."""

from __future__ import annotations

import math
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM = 720, 420, 60, 50
COLOURS = ("#b91c1c", "#2563eb", "#15803d", "#7c3aed")
GRID = "#e2e8f0"
LINES = {
    "build: processor seconds": ("models", "cpu_seconds", 1),
    "copy of the raw tables: processor seconds": (
        *("copy of the raw tables", "cpu_seconds", 1),
    ),
    "copy of the marts: processor seconds": ("copy of the marts", "cpu_seconds", 1),
    "build: peak memory in tenths of a GB": ("models", "peak_bytes", 1e8),
}


def plot(found: list[dict[str, Any]]) -> str:
    """Lines of a build, of both copies and of memory over charges."""
    charges = [each["charges"] for each in found]
    lines = {
        name: [each["steps"][step][figure] / unit for each in found]
        for name, (step, figure, unit) in LINES.items()
    }
    first, last = powers(charges)
    low, high = powers([max(cost, 0.1) for costs in lines.values() for cost in costs])

    def x(charge: float) -> float:
        part = (math.log10(charge) - first) / (last - first)
        return LEFT + part * (WIDTH - LEFT - 30)

    def y(value: float) -> float:
        part = (math.log10(max(value, 0.1)) - low) / (high - low)
        return HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - 110)

    shapes = []
    for cost in (10.0**power for power in range(low, high + 1)):
        shapes.append(line([(LEFT, y(cost)), (WIDTH - 30, y(cost))], GRID))
        shapes.append(text(LEFT - 8, y(cost) + 4, f"{cost:g}", "end"))
    for size in (10**power for power in range(first, last + 1)):
        shapes.append(line([(x(size), y(10**low)), (x(size), y(10**high))], GRID))
        shapes.append(text(x(size), HEIGHT - BOTTOM + 20, f"{size:,}", "middle"))
    shapes.append(text((LEFT + WIDTH) / 2, HEIGHT - 8, "charges", "middle"))
    drawn = zip(lines.items(), COLOURS, strict=True)
    for place, ((name, costs), colour) in enumerate(drawn):
        points = [(x(c), y(cost)) for c, cost in zip(charges, costs, strict=True)]
        shapes.append(line(points, colour))
        shapes += [
            f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3.5" fill="{colour}"/>'
            for px, py in points
        ]
        top = 20 + place * 20
        shapes.append(line([(LEFT, top), (LEFT + 24, top)], colour))
        shapes.append(text(LEFT + 32, top + 4, name, "start"))
    inside = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{inside}\n</svg>\n'
    )


def powers(values: list[float]) -> tuple[int, int]:
    """Of ten, around all values."""
    low, high = math.log10(min(values)), math.log10(max(values))
    return math.floor(low), max(math.ceil(high), math.floor(low) + 1)


def line(points: list[tuple[float, float]], colour: str) -> str:
    path = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'


def text(x: float, y: float, words: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
        f'fill="#334155">{words}</text>'
    )
