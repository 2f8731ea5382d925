"""dbt 2, which is stricter, parses the project too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree

from harness.project import ROOT

MODEL = "models/marts/core/dim_customers.yml"


def parse_with_dbt2(project: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "scripts" / "parse_with_dbt2.py")]
    return subprocess.run(
        [*command, "--project-dir", str(project)], capture_output=True, text=True
    )


def test_dbt_2_parses_the_project_and_names_a_stray_key(tmp_path: Path) -> None:
    # One test, so that two workers never install dbt 2 at the same time.
    done = parse_with_dbt2(ROOT)
    assert done.returncode == 0, done.stderr
    for folder in ("models", "macros", "seeds", "snapshots", "tests/dbt"):
        copytree(ROOT / folder, tmp_path / folder)
    copy(ROOT / "dbt_project.yml", tmp_path)
    model = tmp_path / MODEL
    name = "  - name: dim_customers\n"
    assert name in model.read_text()
    model.write_text(model.read_text().replace(name, f"{name}    stray_key: 1\n"))
    done = parse_with_dbt2(tmp_path)
    assert done.returncode == 1
    assert "stray_key" in done.stderr
    assert MODEL in done.stderr
