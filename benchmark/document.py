"""Write the figures of build/bench into docs/benchmarks.md, and draw its plot.

`make bench` writes a file there for each account that it measured; each is a column.
Exit codes: 0 written, 1 nothing was measured yet.
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import pairwise
from typing import Any

from benchmark.growth import growth
from benchmark.plot import plot
from benchmark.report import REPORTS, ROOT, ratio, tests_share

PAGE = ROOT / "docs" / "benchmarks.md"
PLOT = ROOT / "docs" / "benchmarks.svg"
BEGIN, END = "<!-- figures: make bench-docs -->\n", "<!-- end of figures -->\n"
DEAREST = 12
Result = dict[str, Any]


def results() -> list[Result]:
    """What was measured: accounts without events first, smaller ones first."""
    found = [json.loads(file.read_text()) for file in REPORTS.glob("*.json")]
    return sorted(
        found, key=lambda each: (each["events"], each["charges"], each["memory"] or 0)
    )


def page(found: list[Result]) -> str:
    """The tables, in Markdown."""
    parts = (machine, sizes, exponents, rooms, models, tests, incremental)
    return "\n".join(text for part in parts if (text := part(found)))


def machine(found: list[Result]) -> str:
    of = found[-1]["machine"]
    loads = ", ".join(str(each["machine"]["load_average"]) for each in found)
    return (
        f"{of['cores']} cores of {of['processor']}, {of['system']}. How many programs "
        f"ran or waited at the end of each: {loads}; processor seconds mind that less "
        "than the clock does.\n"
    )


def sizes(found: list[Result]) -> str:
    """A column for each account."""
    lines = {
        "rows of the raw tables": lambda each: f"{each['raw scans']['rows']:,}",
        "build, clock": lambda each: seconds(each, "models", "seconds"),
        "build, processor": lambda each: seconds(each, "models", "cpu_seconds"),
        "of that dbt's own": lambda each: seconds(
            each, "models of a small account", "cpu_seconds"
        ),
        "peak memory": lambda each: gigabytes(each["steps"]["models"]["peak_bytes"]),
        "copy of the raw tables, processor": lambda each: seconds(
            each, "copy of the raw tables", "cpu_seconds"
        ),
        "copy of the marts, processor": lambda each: seconds(
            each, "copy of the marts", "cpu_seconds"
        ),
        "build less dbt's own, by both copies": lambda each: f"{ratio(each):.2f}",
        "scans of raw tables": lambda each: str(each["raw scans"]["scans"]),
        "rows scanned, by the raw rows": scanned,
        "cells in marts": lambda each: f"{each['cells']['marts']:,}",
        "cells in intermediate tables": lambda each: (
            f"{each['cells']['intermediate']:,}"
        ),
        "parse, processor": lambda each: seconds(each, "parse", "cpu_seconds"),
        "data tests, of models and tests": lambda each: (
            f"{tests_share(each):.0%}" if "tests" in each else ""
        ),
    }
    rows = [(name, *map(value, found)) for name, value in lines.items()]
    return table(("", *(each["title"] for each in found)), rows)


def exponents(found: list[Result]) -> str:
    """Between each account and the next: of all, of rooms and of the worst models."""
    rows = []
    for smaller, larger in pairwise(plain(found)):
        grown = growth(smaller, larger)
        steps = f"{smaller['title']} → {larger['title']}"
        parts = {f"{steps}: whole": grown["whole"]} | grown["rooms"]
        worst = sorted(grown["models"].items(), key=steepness)
        parts |= {f"`{name}`": model for name, model in worst[:3]}
        figures = ("seconds", "cpu_seconds", "peak_bytes")
        rows += [
            (name, *(f"{part.get(figure, 0):.2f}" for figure in figures))
            for name, part in parts.items()
        ]
    head = ("exponents of growth: rooms, worst models", "clock", "processor", "peak")
    return table(head, rows)


def steepness(model: tuple[str, dict[str, float]]) -> float:
    return -model[1]["cpu_seconds"]


def rooms(found: list[Result]) -> str:
    rows = [
        (name, *(costs(each["rooms"].get(name)) for each in found))
        for name in found[-1]["rooms"]
    ]
    titles = (each["title"] for each in found)
    return table(("room: processor, peak memory", *titles), rows)


def models(found: list[Result]) -> str:
    largest = plain(found)[-1]
    rows = [
        (f"`{name}`", *(costs(each["models"].get(name)) for each in found))
        for name in list(largest["models"])[:DEAREST]
    ]
    titles = (each["title"] for each in found)
    return table(("dearest models", *titles), rows)


def tests(found: list[Result]) -> str:
    tested = [each for each in found if "tests" in each]
    if not tested:
        return ""
    kinds = tested[-1]["tests"].items()
    rows = [
        (f"`{name}`", f"{kind['tests']:g}", *(costs(e["tests"][name]) for e in tested))
        for name, kind in kinds
    ]
    return table(("data tests", "tests", *(each["title"] for each in tested)), rows)


def incremental(found: list[Result]) -> str:
    rows = [
        (each["title"], f"{float(share):.1%}", f"{cost['of_full']:.1%}")
        for each in found
        for share, cost in each.get("incremental", {}).items()
    ]
    head = ("incremental builds", "of customers changed", "processor, of a full build")
    return table(head, rows)


def plain(found: list[Result]) -> list[Result]:
    return [each for each in found if not each["events"]]


def seconds(each: Result, step: str, figure: str) -> str:
    return f"{each['steps'][step][figure]:,.0f} s"


def scanned(each: Result) -> str:
    scans = each["raw scans"]
    return f"{scans['rows_scanned'] / scans['rows']:.1f}"


def gigabytes(count: float) -> str:
    return f"{count / 1e9:.1f} GB"


def costs(cost: dict[str, float] | None) -> str:
    if cost is None:
        return ""
    return f"{cost['cpu_seconds']:,.1f} s, {gigabytes(cost['peak_bytes'])}"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in Markdown; nothing without rows."""
    if not rows:
        return ""
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    found = results()
    if not found:
        print("error: build/bench is empty: run make bench first.", file=sys.stderr)
        return 1
    before, rest = PAGE.read_text().split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{page(found)}\n{END}{after}")
    PLOT.write_text(plot(plain(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
