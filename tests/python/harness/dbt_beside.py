"""dbt of another environment than this one, with the adapter of another engine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
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
    dies_at: str = "",
) -> Run:
    """Run a dbt command as Project.run does.

    venv: of the checkout, such as .venv-spark; folder: holds profiles.yml, takes what
    dbt writes; dies_at: a model at whose start dbt is killed.
    """
    settings = {**OWN_VARIABLES, **(variables or {})}
    said = []
    with (
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(
            [
                *(ROOT / venv / "bin" / "dbt", *command),
                *("--target", target, "--no-use-colors"),
                *("--vars", json.dumps(settings, default=str)),
                *("--project-dir", ROOT, "--profiles-dir", folder),
                *("--target-path", folder / "target", "--log-path", folder),
            ],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=ROOT,
            env={**os.environ, **environment},
        ) as process,
    ):
        for line in process.stdout:
            # What a macro prints has no time before it.
            line = line.rstrip("\n")
            said.append(line.partition("  ")[2] or line)
            if dies_at and re.search(rf" START .*\b{dies_at} ", line):
                process.kill()
                said.append(f"1 of 1 ERROR killed at {dies_at} .. [")
        process.wait()
        errors.seek(0)
        lines = [*said, errors.read()]
    results = [found for line in said if (found := RESULT.match(line))]
    statuses = {
        found[2].split()[-1].split(".")[-1]: ENDS.get(found[1], found[1].lower())
        for found in results
    }
    return Run(process.returncode == 0, statuses, lines)
