"""A copy of the project, in which a test may write."""

from __future__ import annotations

import copy
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from harness.project import ROOT, Project

COPIED = [
    *("models", "macros", "seeds", "snapshots", "tests", "dbt_packages"),
    *("scripts", "sample_account", "dashboards", "environment", "semantic_layer"),
]
COPIED_FILES = ["dbt_project.yml", "packages.yml", "profiles.example.yml"]


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
