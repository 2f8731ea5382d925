"""No model compares every row with every other: that is quadratic at a real size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
from harness.project import EVENTS, Project

# Every currency on every day, every cohort in every month: wanted, and small. DuckDB
# compares all rows where it takes one side for a few.
CALENDARS = (
    "currency_days",
    "cohort_months",
    "subscriptions__months",
    "time_spine_daily",
)
QUADRATIC = ("BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN", "CROSS_PRODUCT")


def operators(plan: dict) -> Iterator[str]:
    """Names of all operators of a plan."""
    yield plan["name"]
    for child in plan["children"]:
        yield from operators(child)


def quadratic_joins(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    """Quadratic joins in the plan of a query, by operator name."""
    rows = connection.execute(f"explain (format json) {query}").fetchall()
    (plan,) = json.loads(rows[0][1])
    return [name for name in operators(plan) if name in QUADRATIC]


def test_no_model_joins_every_row_with_every_other(
    project: Project, built_sample: Path
) -> None:
    run = project.run(["compile"], built_sample, EVENTS)
    assert run.success, run.text
    folder = project.workspace / "target" / "compiled" / "segment_stripe" / "models"
    queries = {path.stem: path.read_text() for path in folder.rglob("*.sql")}
    assert "fct_charges" in queries
    with duckdb.connect(str(built_sample)) as connection:
        found = {
            name: joins
            for name, query in queries.items()
            if not name.endswith(CALENDARS)
            if (joins := quadratic_joins(connection, query))
        }
    assert found == {}


def test_a_quadratic_join_is_seen() -> None:
    query = "select * from range(9) a(x) left join range(9) b(y) on x = y and x > 3"
    with duckdb.connect() as connection:
        assert quadratic_joins(connection, query)
