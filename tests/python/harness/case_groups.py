"""Cases that one build can answer, and whether its marts give their answers.

A build takes many seconds, a case milliseconds. So the cases of equal variables are
built together, each as a Stripe account of its own: accounts never mix.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from harness.cases import Case, read_case
from harness.compare import differences
from harness.project import Run

FIXTURES = Path(__file__).parents[1] / "fixtures"
CASES = [read_case(path) for path in sorted(FIXTURES.glob("*.yml"))]


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


def answers_differ(
    group: list[Case],
    build: Callable[..., Run],
    read: Callable[[str], list[dict]],
    tests: bool = True,
) -> dict[str, list[str]]:
    """Build what the cases of a group ask for, and say what differs.

    `build` runs a dbt command as Project.run does, `read` gives the rows of a mart;
    without `tests`, dbt's own tests do not run.
    """
    variables = variables_of(group)
    marts = sorted({mart for case in group for mart in case.expected})
    select = " ".join(f"+{mart}" for mart in marts)
    command = ["build", "--select", select, "--indirect-selection", "cautious"]
    left_out = "test_type:unit" + ("" if tests else " resource_type:test")
    staging = "view" if len(group) == 1 else "table"
    run = build([*command, "--exclude", left_out], variables=variables, staging=staging)
    assert run.success, run.text
    tables = {mart: read(mart) for mart in marts}
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
    return said


def variables_of(group: list[Case]) -> dict:
    """The variables of cases of equal ones, with their Stripe accounts."""
    variables = group[0].variables
    if "stripe_accounts" in variables:
        return variables
    return variables | {"stripe_sources": sources(group)}


def schema_of(case: Case) -> str | None:
    """The schema of a case that has one account; None: it names its accounts."""
    return case.name if set(case.schemas) == {"stripe"} else None


def sources(group: list[Case]) -> list[str]:
    """The Stripe accounts of some cases."""
    return [s for c in group for s in ([schema_of(c)] if schema_of(c) else c.accounts)]
