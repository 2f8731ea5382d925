"""Tests of dbt's last build that failed or warned, from what dbt left of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from alerts.errors import LeftOut

OUTCOMES = {"warn": "a warning", "fail": "a failure", "error": "an error"}


@dataclass(frozen=True)
class FailedTest:
    """A test, what came of it, what its project says of it, and the models it reads."""

    name: str
    outcome: str
    description: str
    models: list[str]


def failed_tests(target: Path, patterns: Sequence[str]) -> Iterator[FailedTest]:
    """Those whose name is like one of the patterns. Raises LeftOut."""
    results = target / "run_results.json"
    found = json.loads(results.read_text()) if results.exists() else {"args": {}}
    if found["args"].get("which") not in ("build", "test"):
        raise LeftOut("dbt left no results of a build")
    failed = [
        result
        for result in found["results"]
        if result["unique_id"].startswith("test.")
        and result["status"] in OUTCOMES
        and any(fnmatchcase(name_of(result), pattern) for pattern in patterns)
    ]
    nodes = read_nodes(target) if failed else {}
    for result in failed:
        node = nodes.get(result["unique_id"], {})
        rows = result.get("failures")
        count = f" of {rows:,} rows" if rows else ""
        yield FailedTest(
            name_of(result),
            f"{OUTCOMES[result['status']]}{count}",
            " ".join((node.get("description") or "").split()),
            [one.split(".")[2] for one in node.get("depends_on", {}).get("nodes", [])],
        )


def name_of(result: dict[str, Any]) -> str:
    return result["unique_id"].split(".")[2]


def read_nodes(target: Path) -> dict[str, Any]:
    manifest = target / "manifest.json"
    return json.loads(manifest.read_text())["nodes"] if manifest.exists() else {}
