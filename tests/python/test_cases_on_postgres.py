"""Marts against answers that were computed by hand, on a real PostgreSQL."""

from __future__ import annotations

from functools import partial

import pytest
from harness.case_groups import GROUPS, answers_differ, schema_of
from harness.cases import Case
from harness.postgres import load_case, read_relation, set_aside
from harness.project import EVENTS, Project

# In make test: the most cases of one set of variables, and of one with another zone.
LARGEST = max(GROUPS, key=lambda name: len(GROUPS[name]))
ELSEWHERE = max(
    (name for name in GROUPS if "reporting_timezone" in GROUPS[name][0].variables),
    key=lambda name: len(GROUPS[name]),
)


@pytest.mark.long
def test_unit_tests_pass_on_postgres(built_postgres: Project) -> None:
    run = built_postgres.run(["test", "--select", "test_type:unit"], variables=EVENTS)
    assert run.success, run.text
    assert len(run.names("pass")) >= 49


@pytest.mark.parametrize(
    "group",
    [
        pytest.param(
            group,
            id=name,
            marks=[] if name in (LARGEST, ELSEWHERE) else [pytest.mark.long],
        )
        for name, group in GROUPS.items()
    ],
)
def test_postgres_gives_the_answers_of(group: list[Case], postgres: Project) -> None:
    with set_aside():
        for case in group:
            load_case(case, as_schema=schema_of(case))
        read = partial(read_relation, "analytics")
        assert answers_differ(group, postgres.run, read) == {}
