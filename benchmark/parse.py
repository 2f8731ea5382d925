"""Compare what dbt costs here and in another checkout, in processor seconds.

Three commands, each in a process of its own, the two checkouts in turn: a full parse, a
parse after one model has changed, and a parse after nothing has. Each checkout runs the
dbt of its own .venv on a copy of its project.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("models", "macros", "seeds", "snapshots", "analyses", "tests/dbt")
FILES = ("dbt_project.yml", "packages.yml", "profiles.example.yml")
CHANGED = Path("models/marts/core/fct_charges.sql")
COMMANDS = {
    "full parse": ["--no-partial-parse"],
    "after one changed model": [],
    "after no change": [],
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmark.parse", description=__doc__)
    parser.add_argument("base", type=Path, help="checkout that is set up (make setup)")
    parser.add_argument("--runs", type=int, default=3, help="default %(default)s")
    given = parser.parse_args()
    dbt = given.base / ".venv" / "bin" / "dbt"
    if not dbt.exists():
        print(f"error: there is no {dbt}: run make setup there.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="segment_stripe_parse_") as name:
        figures = compare(given.base.resolve(), Path(name), given.runs)
    print("processor seconds        | here  | base  | ratio | full parse of base")
    full = median(figures["base"]["full parse"])
    for command in COMMANDS:
        here, base = (median(figures[side][command]) for side in ("here", "base"))
        print(
            f"{command:24} | {here:5.2f} | {base:5.2f} | {here / base:5.2f} | "
            f"{here / full:5.2f}"
        )
    return 0


def compare(base: Path, folder: Path, runs: int) -> dict[str, dict[str, list[float]]]:
    """Seconds of each run by side and command."""
    checkouts = {"base": base, "here": ROOT}
    figures = {side: {command: [] for command in COMMANDS} for side in checkouts}
    for side, checkout in checkouts.items():
        copy_project(checkout, folder / side)
    for _ in range(runs):
        for command, options in COMMANDS.items():
            for side, checkout in checkouts.items():
                if command == "after one changed model":
                    with (folder / side / CHANGED).open("a") as file:
                        file.write("\n-- changed\n")
                seconds = parse(checkout, folder / side, options)
                figures[side][command].append(seconds)
                print(f"{side} {command}: {seconds:.2f}", file=sys.stderr, flush=True)
    return figures


def copy_project(checkout: Path, folder: Path) -> None:
    for part in (*PARTS, "dbt_packages"):
        shutil.copytree(checkout / part, folder / part)
    for name in FILES:
        shutil.copy(checkout / name, folder)
    (folder / FILES[-1]).rename(folder / "profiles.yml")


def parse(checkout: Path, folder: Path, options: list[str]) -> float:
    """Processor seconds of a dbt parse."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [checkout / ".venv" / "bin" / "dbt", "--quiet", "parse", *options],
        cwd=folder,
        env=os.environ | {"SEGMENT_STRIPE_DUCKDB": str(folder / "warehouse.duckdb")},
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
