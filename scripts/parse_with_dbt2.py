"""Parse the project with dbt 2, which is stricter than the dbt that runs it.

dbt 2 lives in an environment of its own, .venv-dbt2, and parses a copy of the project,
so that neither it nor its lock file touches this one. Nothing is downloaded but the
wheel of requirements-dbt2.lock, once. Exit codes: 0 it parses; 1 dbt 2 objects, and
says where; 2 dbt 2 could not be installed or run.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.set_up import SetUpError, explain, index_of_pip, run

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-dbt2.lock"
VENV = ROOT / ".venv-dbt2"
STAMP = VENV / ".requirements"
UV = ROOT / ".venv" / "bin" / "uv"
FOLDERS = ("models", "macros", "seeds", "snapshots", "analyses", "tests/dbt")
# dbt 2 would look for every package on the hub, so it is shown the installed ones.
INSTALLED = ROOT / "dbt_packages"
COMMAND = ["parse", "--target", "duckdb", "--profiles-dir", ".", "--no-version-check"]
# It heeds neither DO_NOT_TRACK nor the flag of dbt_project.yml.
SILENT = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
STACK = re.compile(r"\s*(\d+: |at \./|suggestion:)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--project-dir", type=Path, default=ROOT, help="project to parse (this one)"
    )
    arguments = parser.parse_args()
    try:
        install()
        output = parse(arguments.project_dir)
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
        return 2
    if output:
        print(output, file=sys.stderr)
        return 1
    print("dbt 2 parses the project.")
    return 0


def install() -> None:
    """Bring .venv-dbt2 to what its lock file names, hashes checked."""
    if not UV.exists() or not INSTALLED.exists():
        raise SetUpError("The project is not set up: run make setup first.")
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("Installing dbt 2 into .venv-dbt2 (90 MB) ...", flush=True)
    made = run([UV, "venv", "--quiet", "--clear", "--python", sys.executable, VENV])
    installed = made.returncode == 0 and run(
        [UV, "pip", "sync", "--quiet", "--require-hashes", LOCK],
        environment={"VIRTUAL_ENV": str(VENV), **index_of_pip()},
    )
    if not installed or installed.returncode != 0:
        raise SetUpError(
            explain(
                installed or made,
                "dbt 2 could not be installed: check the network and index settings "
                "of pip, then run this again.",
            )
        )
    STAMP.write_text(wanted)


def parse(project: Path) -> str:
    """What dbt 2 objects to in a project; empty where it parses."""
    with tempfile.TemporaryDirectory(prefix="segment_stripe_dbt2_") as name:
        folder = Path(name)
        copy_project(project, folder)
        done = subprocess.run(
            [VENV / "bin" / "dbt", *COMMAND],
            cwd=folder,
            env={**os.environ, **SILENT},
            capture_output=True,
            text=True,
        )
    if done.returncode == 0:
        return ""
    return objections(done.stdout + done.stderr) or "dbt 2 failed without a word."


def copy_project(project: Path, folder: Path) -> None:
    for part in FOLDERS:
        if (project / part).exists():
            shutil.copytree(project / part, folder / part)
    shutil.copy(project / "dbt_project.yml", folder)
    shutil.copy(ROOT / "profiles.example.yml", folder / "profiles.yml")
    packages = sorted(path for path in INSTALLED.iterdir() if path.is_dir())
    listed = "".join(f"  - local: packages/{path.name}\n" for path in packages)
    for path in packages:
        shutil.copytree(path, folder / "packages" / path.name)
    (folder / "packages.yml").write_text(f"packages:\n{listed}")


def objections(output: str) -> str:
    """The lines on errors and warnings, without dbt's own stack."""
    _, _, said = output.partition("Errors and Warnings")
    said, _, _ = said.partition("Execution Summary")
    lines = [line for line in said.splitlines() if not STACK.match(line)]
    return "\n".join(line for line in lines if line.strip(" ="))


if __name__ == "__main__":
    sys.exit(main())
