"""A simulated account, synced every three hours: as if it was built once.

SEGMENT_STRIPE_EXAMPLES says how many syncs: 240 are a month.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from harness.project import DATABASE_NAME, EVENTS, Project
from random_accounts.differences import report
from random_accounts.drawing import examples

from syncs.months import SCHEMAS, moments, received, upsert
from syncs.playing import (
    BUILD,
    FULL,
    INCREMENTAL,
    against,
    build,
    computed_otherwise,
    tables,
)
from syncs.warehouses import DuckdbWarehouse

CUSTOMERS = 100
HOURS = 3
FIRST = date(2026, 9, 29)


def test_a_sync_brings_what_came_since_the_last(tmp_path: Path) -> None:
    first, second = moments(FIRST, 2, HOURS)
    database = tmp_path / DATABASE_NAME
    all_rows = upsert(received(tmp_path, CUSTOMERS, None, first), database)
    assert 0 < upsert(received(tmp_path, CUSTOMERS, first, second), database) < all_rows


@pytest.mark.long
def test_syncs_of_three_hours_are_one_full_build(
    project: Project, tmp_path: Path
) -> None:
    warehouse = DuckdbWarehouse(project, tmp_path)
    before, rows = None, []
    for moment in moments(FIRST, examples(24), HOURS):
        brought = received(tmp_path / "accounts", CUSTOMERS, before, moment)
        rows.append(upsert(brought, warehouse.database))
        variables = EVENTS | {"as_of": str(previous_day(moment))}
        run = build(warehouse, BUILD, variables | INCREMENTAL)
        assert run.success, run.text
        before = moment
    assert rows[0] > 1000 and sum(rows[1:]) > 0
    print(f"rows of each sync: {rows}")
    built = tables(warehouse)
    raw = {
        (schema, name): warehouse.rows(schema, name)
        for schema, name in warehouse.raw_tables()
        if schema in SCHEMAS
    }
    said = list(computed_otherwise(raw, variables, built))
    with warehouse.fresh() as other:
        run = build(other, BUILD, variables | FULL)
        assert run.success, run.text
        said += against(tables(other), built)
    if said:
        pytest.fail(report(said), pytrace=False)


def previous_day(moment: datetime) -> date:
    """The day that ends at the moment, or in which it lies."""
    return (moment - timedelta(seconds=1)).date()
