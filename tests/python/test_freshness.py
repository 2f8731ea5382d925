"""Freshness is a command over the tables that exist, apart from dbt build."""

from __future__ import annotations

import re
from pathlib import Path

from harness.project import Project

FRESHNESS = ["run-operation", "report_freshness"]


def test_each_table_that_exists_has_its_age(
    project: Project, built_sample: Path
) -> None:
    run = project.run(FRESHNESS, built_sample)
    assert run.success, run.text
    assert re.search(r"stripe\.charges: 2026-10-20 .* hours ago", run.text)


def test_a_silent_source_fails(project: Project, built_sample: Path) -> None:
    run = project.run(FRESHNESS, built_sample, {"as_of": "2026-10-22"})
    assert not run.success
    assert "Segment has delivered nothing to stripe for more than 24 hours" in run.text


def test_the_limit_is_an_argument(project: Project, built_sample: Path) -> None:
    command = [*FRESHNESS, "--args", "{error_after_hours: 72}"]
    assert project.run(command, built_sample, {"as_of": "2026-10-22"}).success


def test_postgres_says_the_same(
    project: Project, postgres: Project, built_sample: Path
) -> None:
    ages = [
        sorted(line for line in run.lines if "hours ago" in line)
        for run in (project.run(FRESHNESS, built_sample), postgres.run(FRESHNESS))
    ]
    assert ages[0] == ages[1]
    assert ages[0]
