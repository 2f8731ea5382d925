"""Every metric equals the marts that show it, and the reference computation.

The marts equal the reference computation on this sample account, and the answers by
hand in these cases: random_accounts/test_sample_account.py and test_cases.py say so.
Metrics that no mart shows are compared with the reference directly.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from harness.case_groups import GROUPS, schema_of, sources
from harness.cases import Case, load_case
from harness.duckdb_file import copy_built
from harness.project import AS_OF, DATABASE_NAME, Project
from random_accounts.test_sample_account import raw_tables
from reference import Settings

from metrics import checks
from metrics.conftest import BUILD, ENGINES, duckdb_layer
from metrics.equality import Comparison, unequal
from semantic_layer.layer import SemanticLayer

DAY = date.fromisoformat(AS_OF)
# Accounts by hand that share a build: disputes, retries, captures, invoices, balances,
# recurring revenue, JPY and KWD.
BY_HAND = max(GROUPS.values(), key=len)


def report(lines: list[str]) -> None:
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


@pytest.fixture(scope="module")
def reference(built_sample: Path) -> checks.Marts:
    """The marts and facts of the sample account as the reference computes them."""
    stripe, website = (raw_tables(built_sample, name) for name in ("stripe", "website"))
    return checks.reference_marts(stripe, website, Settings(as_of=DAY))


@pytest.mark.parametrize("layer", ENGINES, indirect=True)
def test_metrics_equal_the_marts_of_the_sample_account(layer: SemanticLayer) -> None:
    report(Comparison(layer, DAY).differences())


@pytest.mark.parametrize("layer", ENGINES, indirect=True)
def test_metrics_that_no_mart_shows_equal_the_reference(
    layer: SemanticLayer, reference: checks.Marts
) -> None:
    comparison = Comparison(layer, DAY)
    lines = []
    for name, check in checks.CHECKS.items():
        found = comparison.answer(name, check.groups)
        assert any(found.values()), f"{name} is nowhere but zero"
        lines += [f"{name} {line}" for line in unequal(check.figures(reference), found)]
    report(lines)


@pytest.fixture(scope="module")
def by_hand(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Accounts by hand, each a Stripe source of its own in one warehouse."""
    database = tmp_path_factory.mktemp("by_hand") / DATABASE_NAME
    for case in BY_HAND:
        load_case(case, database, as_schema=schema_of(case))
    variables = BY_HAND[0].variables | {"stripe_sources": [*sources(BY_HAND)]}
    run = project.run(BUILD, database, variables, staging="table")
    assert run.success, run.text
    return copy_built(database, tmp_path_factory.mktemp("by_hand_copy"))


def test_metrics_equal_the_marts_of_accounts_by_hand(
    by_hand: Path, project: Project
) -> None:
    as_of = as_of_day(BY_HAND[0])
    report(Comparison(duckdb_layer(project, by_hand), as_of).differences())


def as_of_day(case: Case) -> date:
    return date.fromisoformat(str(case.variables["as_of"]))


def test_a_figure_that_is_off_by_a_millionth_is_seen(
    sample_copy: Path, project: Project, database: Path
) -> None:
    shutil.copy(sample_copy, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "update analytics.fct_charges set gross_amount = gross_amount + 0.000001 "
            "where charge_id = (select max(charge_id) from analytics.fct_charges "
            "where is_gross)"
        )
    changed, whole = "gross_charges", "net_charges"
    lines = Comparison(duckdb_layer(project, database), DAY).differences(changed, whole)
    assert any(
        line.startswith(f"{changed} = executive_summary_daily") for line in lines
    )
    assert any(line.startswith(f"{whole} = executive_summary_daily") for line in lines)


def test_a_total_to_date_of_a_month_is_that_of_its_last_day(
    on_duckdb: SemanticLayer,
) -> None:
    comparison = Comparison(on_duckdb, DAY)
    names = [
        name
        for name in checks.CHECKS
        if re.search("^cumulative_|_month_to_date$", name)
    ]
    assert len(names) > 7
    for name in names:
        check = checks.CHECKS[name]
        if check.key != checks.DAYS:
            continue
        by_month = comparison.answer(name, ["metric_time__month", "currency"])
        by_day = comparison.answer(name, ["metric_time__day", "currency"])
        last = {
            (day.replace(day=1), currency): value
            for (day, currency), value in sorted(by_day.items())
        }
        assert by_month == last, name
