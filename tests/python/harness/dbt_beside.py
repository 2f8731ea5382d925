"""dbt of another environment than this one, with the adapter of another engine."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.project import OWN_VARIABLES, ROOT, Run

# "12 of 40 PASS assert_days_equal_charges ....... [PASS in 0.31s]", and models alike.
RESULT = re.compile(r"\d+ of \d+ (PASS|WARN|FAIL|ERROR|SKIP|OK|NO-OP) (.*?) \.*\s*\[")
ENDS = {"PASS": "pass", "WARN": "warn", "FAIL": "fail", "OK": "success"}


def run_beside(
    venv: str,
    target: str,
    command: Sequence[str],
    variables: Mapping | None,
    folder: Path,
    environment: Mapping[str, str],
) -> Run:
    """Run a dbt command as Project.run does.

    venv: of the checkout, such as .venv-spark; folder: holds profiles.yml, takes what
    dbt writes.
    """
    settings = {**OWN_VARIABLES, **(variables or {})}
    done = subprocess.run(
        [
            *(ROOT / venv / "bin" / "dbt", *command),
            *("--target", target, "--no-use-colors"),
            *("--vars", json.dumps(settings, default=str)),
            *("--project-dir", ROOT, "--profiles-dir", folder),
            *("--target-path", folder / "target", "--log-path", folder),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    lines = [line.partition("  ")[2] for line in done.stdout.splitlines()]
    results = [found for line in lines if (found := RESULT.match(line))]
    statuses = {
        found[2].split()[-1].split(".")[-1]: ENDS.get(found[1], found[1].lower())
        for found in results
    }
    return Run(done.returncode == 0, statuses, [*lines, done.stderr])
