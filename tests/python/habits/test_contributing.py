"""The steps of CONTRIBUTING.md, followed to the letter in a copy of the project."""

from __future__ import annotations

import copy
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from harness.cases import load_case, read_case
from harness.compare import differences, read_mart
from harness.project import DATABASE_NAME, ROOT, Project
from harness.schema import collections

from habits.yaml_schema import faults

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
COPIED = [
    *("models", "macros", "seeds", "snapshots", "tests", "dbt_packages"),
    *("scripts", "sample_account"),
]
COPIED_FILES = ["dbt_project.yml", "packages.yml", "profiles.example.yml"]
STEP = re.compile(
    r"(?P<verb>Create|Add to the end of)\s+`(?P<path>[^`]+)`:\n\n"
    r"(?P<block> *```\w+\n.*?\n *```)\n",
    re.DOTALL,
)
COMMANDS = re.compile(r" *```sh\n(.*?)\n *```", re.DOTALL)


@dataclass
class Step:
    """One file that the text says to create or to add to."""

    is_new: bool
    path: str
    text: str

    def follow(self, folder: Path) -> None:
        path = folder / self.path
        assert path.exists() != self.is_new, path
        path.parent.mkdir(parents=True, exist_ok=True)
        before = "" if self.is_new else path.read_text()
        path.write_text(before + self.text)


def steps(text: str) -> list[Step]:
    return [
        Step(found["verb"] == "Create", found["path"], block_text(found["block"]))
        for found in STEP.finditer(text)
    ]


def block_text(block: str) -> str:
    lines = textwrap.dedent(block).splitlines()
    return "\n".join(lines[1:-1]) + "\n"


def copy_project(folder: Path) -> None:
    for name in COPIED:
        copytree(ROOT / name, folder / name, ignore=ignore_patterns("__pycache__"))
    for name in [*COPIED_FILES, "pyproject.toml"]:
        (folder / name).write_bytes((ROOT / name).read_bytes())


def copied_project(
    project: Project, folder: Path, patch: pytest.MonkeyPatch
) -> Project:
    """The project of a copy, parsed from where the project's own parse left off."""
    assert project.manifest
    patch.setattr("harness.project.ROOT", folder)
    copied = copy.copy(project)
    del copied.manifest
    copied.workspace = copytree(project.workspace, folder / "workspace")
    return copied


@pytest.fixture
def contributed(tmp_path: Path) -> Path:
    """A copy of the project in which every step was followed."""
    copy_project(tmp_path)
    for step in steps(CONTRIBUTING):
        step.follow(tmp_path)
    return tmp_path


def test_every_code_block_is_followed() -> None:
    blocks = CONTRIBUTING.count("```") // 2
    assert len(steps(CONTRIBUTING)) == blocks - len(COMMANDS.findall(CONTRIBUTING))


def test_a_collection_a_fact_and_a_mart_can_be_added_as_written(
    contributed: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = copied_project(project, contributed, monkeypatch)
    reference = contributed / "tests/python/harness/segment_stripe_schema.csv"
    monkeypatch.setattr("harness.schema.REFERENCE", reference)
    collections.cache_clear()
    case = read_case(contributed / "tests/python/fixtures/payouts.yml")
    database = contributed / DATABASE_NAME
    try:
        load_case(case, database)
    finally:
        collections.cache_clear()
    marts = list(case.expected)
    select = [f"+{marts[0]}", "--indirect-selection", "cautious"]
    run = copied.run(["build", "--select", *select], database, case.variables)
    assert run.success, run.text
    assert {"stg_stripe__payouts", "fct_payouts", "payouts_monthly"} <= set(
        run.statuses
    )
    for mart, expected in case.expected.items():
        assert differences(expected, read_mart(database, mart)) == []
        expected[0]["payout_amount"] = "99"
        assert differences(expected, read_mart(database, mart)) != []
    for path in (contributed / "models").rglob("*payouts*.yml"):
        assert faults(path, contributed) == []


def test_its_commands_name_what_exists(contributed: Path) -> None:
    words = [word for line in COMMANDS.findall(CONTRIBUTING) for word in line.split()]
    words += re.findall(
        r"[^\s`]+", " ".join(re.findall(r"^\| `.*", CONTRIBUTING, re.M))
    )
    paths = [word for word in words if word.startswith(("tests/", "scripts/"))]
    assert len(paths) >= 4
    assert [path for path in paths if not (contributed / path).exists()] == []
    account = words[words.index("-k") + 1]
    assert (contributed / "tests/python/fixtures" / f"{account}.yml").exists()
