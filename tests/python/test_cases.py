"""Marts against answers that were computed by hand.

A build takes many seconds, a case milliseconds. So the cases of equal variables are
built together, each as a Stripe account of its own: accounts never mix.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from harness.cases import Case, load_case, read_case
from harness.compare import differences, read_mart
from harness.project import Project

CASES = [
    read_case(path)
    for path in sorted((Path(__file__).parent / "fixtures").glob("*.yml"))
]


def groups() -> dict[str, list[Case]]:
    """Cases that one build can answer, by their variables."""
    found: dict[str, list[Case]] = {}
    for case in CASES:
        name = json.dumps(case.variables, default=str)
        # People are of no account, so that cases with events would share them.
        alone = set(case.schemas) != {"stripe"}
        found.setdefault(case.name if alone else name, []).append(case)
    return found


GROUPS = groups()


@pytest.mark.parametrize("group", GROUPS.values(), ids=list(GROUPS))
def test_marts_give_the_answers_of(
    group: list[Case], project: Project, database: Path
) -> None:
    for case in group:
        load_case(case, database, as_schema=schema_of(case))
    variables = group[0].variables | {"stripe_sources": [*sources(group)]}
    marts = sorted({mart for case in group for mart in case.expected})
    select = " ".join(f"+{mart}" for mart in marts)
    command = ["build", "--select", select, "--indirect-selection", "cautious"]
    command += ["--exclude", "test_type:unit"]
    run = project.run(command, database, variables)
    assert run.success, run.text
    tables = {mart: read_mart(database, mart) for mart in marts}
    said = {}
    for case in group:
        for mart, expected in case.expected.items():
            own = sources([case])
            # people are of no Stripe account, so these figures are the whole build's
            rows = [
                row
                for row in tables[mart]
                if row.get("source_relation") in [None, *own]
            ]
            if found := differences(expected, rows):
                said[f"{case.name}, {mart}"] = found
    assert said == {}


def schema_of(case: Case) -> str | None:
    """The schema of a case that has one account; None: it names its accounts."""
    return case.name if set(case.schemas) == {"stripe"} else None


def sources(group: list[Case]) -> list[str]:
    """The Stripe accounts of some cases."""
    return [s for c in group for s in ([schema_of(c)] if schema_of(c) else c.accounts)]
