"""Marts against answers that were computed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness.cases import Case, load_case, read_case
from harness.compare import differences, read_mart
from harness.project import Project

CASES = [
    read_case(path)
    for path in sorted((Path(__file__).parent / "fixtures").glob("*.yml"))
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_marts_give_the_answers_of(
    case: Case, project: Project, database: Path
) -> None:
    load_case(case, database)
    select = " ".join(f"+{mart}" for mart in case.expected)
    command = ["build", "--select", select, "--indirect-selection", "cautious"]
    run = project.run(command, database, case.variables)
    assert run.success, run.text
    for mart, expected in case.expected.items():
        assert differences(expected, read_mart(database, mart)) == []
