"""examples/ci: workflows that GitHub and GitLab take, and commands that run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from harness.postgres import execute, psql, read_query
from harness.project import EVENTS, OWN_VARIABLES, ROOT, Project
from harness.project_copy import copy_project

EXAMPLES = ROOT / "examples" / "ci"
GITHUB, GITLAB = (
    sorted((EXAMPLES / "github").iterdir()),
    sorted((EXAMPLES / "gitlab").iterdir()),
)
PROGRAM = Path(sys.executable).with_name("check-jsonschema")
SLIM = "dbt build"
CHANGED = "finance_operations_invoice_attempts"
BUILT = """
select table_schema, table_name from information_schema.tables
where table_schema like 'pr_7%'
"""


def commands(path: Path) -> dict[str, list[str]]:
    """{job: what it runs} of a workflow, each command in one line."""
    content = yaml.safe_load(path.read_text())
    if path in GITHUB:
        jobs = {
            name: [step["run"] for step in job["steps"] if "run" in step]
            for name, job in content["jobs"].items()
        }
    else:
        jobs = {
            name: [*job.get("before_script", []), *job["script"]]
            for name, job in content.items()
            if "script" in job
        }
    return {
        name: [" ".join(line.replace("\\\n", " ").split()) for line in lines]
        for name, lines in jobs.items()
    }


def check(schema: str, *files: Path) -> subprocess.CompletedProcess:
    transform = ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    return subprocess.run(
        [PROGRAM, "--builtin-schema", f"vendor.{schema}", *transform, *files],
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("schema", "files", "wrong"),
    [
        ("github-workflows", GITHUB, ("runs-on: ", "run-on: ")),
        ("gitlab-ci", GITLAB, ("script:\n", "scripts:\n")),
    ],
)
def test_workflows_are_of_their_schema(
    schema: str, files: list[Path], wrong: tuple[str, str], tmp_path: Path
) -> None:
    assert [file.name for file in files] == ["check.yml", "warehouse.yml"]
    found = check(schema, *files)
    assert found.returncode == 0, found.stdout + found.stderr
    broken = tmp_path / "broken.yml"
    broken.write_text(files[0].read_text().replace(*wrong))
    assert check(schema, broken).returncode == 1


def test_their_commands_are_there_and_alike() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    used = set()
    for path in (*GITHUB, *GITLAB):
        for lines in commands(path).values():
            used |= set(re.findall(r"\bmake ([a-z-]+)", " ".join(lines)))
    assert used == {"setup", "check", "build", "freshness", "refresh"}
    assert used <= targets
    assert commands(GITHUB[0])["check"] == commands(GITLAB[0])["check"]
    assert slim(GITHUB[1]) == slim(GITLAB[1])


def slim(path: Path) -> str:
    (line,) = [one for one in commands(path)["slim"] if SLIM in one]
    return line


def test_every_secret_is_explained() -> None:
    page = (ROOT / "docs" / "ci.md").read_text()
    text = GITHUB[1].read_text()
    named = set(re.findall(r"(?:secrets|vars)\.(\w+)", text))
    assert len(named) > 6
    assert [name for name in sorted(named) if f"`{name}`" not in page] == []
    # None has a value in the file.
    for path in (*GITHUB, *GITLAB, EXAMPLES / "profiles.yml"):
        assert not re.search(r"(?i)password: *[\"']?[a-z0-9]", path.read_text())


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What a runner checks out: this project, with a mart changed."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    copy_project(folder)
    shutil.copytree(EXAMPLES, folder / "examples" / "ci")
    (folder / ".venv").symlink_to(ROOT / ".venv")
    changed = folder / "models" / "marts" / "finance_operations" / f"{CHANGED}.sql"
    before = changed.read_text()
    changed.write_text(before.replace("final as (", "final as (  -- changed", 1))
    assert changed.read_text() != before
    return folder


@pytest.mark.long
def test_a_pull_request_builds_what_it_changes_beside_production(
    built_postgres: Project, checkout: Path
) -> None:
    """The very command of the workflows, on a real PostgreSQL."""
    (checkout / "production").mkdir()
    shutil.copy(
        built_postgres.workspace / "target" / "manifest.json", checkout / "production"
    )
    variables = json.dumps({**OWN_VARIABLES, **EVENTS})
    said = run(f"{slim(GITHUB[1])} --vars '{variables}'", checkout)
    assert "is not asked before" not in said
    assert "assert_invoice_attempts_equal_invoices" in said
    assert [*map(tuple, read_query(BUILT))] == [("pr_7", CHANGED)]

    for drop in cleaning():
        execute("create schema if not exists pr_7_staging")
        execute("create table pr_7_staging.rest (id int)")
        run(drop, checkout)
        assert read_query(BUILT) == []


def run(command: str, folder: Path) -> str:
    """What a runner's shell says to a command that ends well."""
    said = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        env={
            "PGUSER": "postgres",
            "PGPASSWORD": "",
            **os.environ,
            "PATH": f"{Path(psql()).parent}:{os.environ['PATH']}",
            "CI_SCHEMA": "pr_7",
        },
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout


def cleaning() -> list[str]:
    """What GitHub and GitLab run where a pull request is closed."""
    github, gitlab = (yaml.safe_load(path[1].read_text()) for path in (GITHUB, GITLAB))
    jobs = (github["jobs"]["clean"]["steps"], gitlab["clean"]["script"])
    return [jobs[0][0]["run"], jobs[1][0]]
