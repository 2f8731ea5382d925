"""Compile for a warehouse in .venv-dialects, whose adapters .venv does not have."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.project import ROOT

PYTHON = ROOT / ".venv-dialects" / "bin" / "python"
TESTS = ROOT / "tests" / "python"
DIALECTS = ("snowflake", "bigquery", "redshift", "databricks", "trino")
MODELS = ("--select", "resource_type:model")
Nodes = dict[str, dict[str, Any]]


@dataclass
class Compilation:
    """What is compiled: settings, what the warehouse holds, which nodes."""

    variables: Mapping[str, Any]
    catalog: Mapping | None = None
    select: Sequence[str] = field(default=MODELS)


def compile_for(
    dialect: str, compilations: Sequence[Compilation], folder: Path
) -> list[Nodes]:
    """The nodes of each compilation, in one process that parses once."""
    outputs = [
        folder / f"{dialect}_{number}.json" for number in range(len(compilations))
    ]
    job = folder / f"{dialect}_job.json"
    listed = [
        {
            "variables": compilation.variables,
            "catalog": compilation.catalog,
            "select": list(compilation.select),
            "output": str(output),
        }
        for compilation, output in zip(compilations, outputs, strict=True)
    ]
    job.write_text(
        json.dumps({"dialect": dialect, "compilations": listed}, default=str)
    )
    result = subprocess.run(
        [PYTHON, "-m", "dialects.compile", job],
        cwd=TESTS,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-4000:]
    return [json.loads(output.read_text()) for output in outputs]
