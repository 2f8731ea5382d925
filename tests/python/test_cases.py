"""Marts against answers that were computed by hand, on DuckDB."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from harness.case_groups import GROUPS, answers_differ, schema_of
from harness.cases import Case, load_case
from harness.compare import read_mart
from harness.project import Project


@pytest.mark.parametrize("group", GROUPS.values(), ids=list(GROUPS))
def test_marts_give_the_answers_of(
    group: list[Case], project: Project, database: Path, request: pytest.FixtureRequest
) -> None:
    for case in group:
        load_case(case, database, as_schema=schema_of(case))

    build, read = partial(project.run, database=database), partial(read_mart, database)
    tests = not request.config.getoption("models_only")
    assert answers_differ(group, build, read, tests) == {}
