"""Marts against answers that were computed by hand, on DuckDB."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from harness.case_groups import CASES, GROUPS, answers_differ, schema_of
from harness.cases import Case, load_case
from harness.compare import read_mart
from harness.project import Project

# What dbt's own tests say of one account alone, make test-long asks.
SINGLE = {name: group for name, group in GROUPS.items() if len(group) == 1}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Build each group once; only one case where `-k` is its name."""
    if metafunc.function is test_marts_give_the_answers_of:
        asked = metafunc.config.getoption("keyword")
        groups = {c.name: [c] for c in CASES if c.name == asked} or GROUPS
        metafunc.parametrize("group", groups.values(), ids=list(groups))


def test_marts_give_the_answers_of(
    group: list[Case], project: Project, database: Path, request: pytest.FixtureRequest
) -> None:
    models_only = len(group) == 1 or request.config.getoption("models_only")
    assert differing(group, project, database, tests=not models_only) == {}


@pytest.mark.long
@pytest.mark.parametrize("group", SINGLE.values(), ids=list(SINGLE))
def test_no_test_of_dbt_fails_on(
    group: list[Case], project: Project, database: Path
) -> None:
    assert differing(group, project, database, tests=True) == {}


def differing(
    group: list[Case], project: Project, database: Path, tests: bool
) -> dict[str, list[str]]:
    """Load the cases of a group into one DuckDB file, build it and compare."""
    for case in group:
        load_case(case, database, as_schema=schema_of(case))
    build, read = partial(project.run, database=database), partial(read_mart, database)
    return answers_differ(group, build, read, tests)
