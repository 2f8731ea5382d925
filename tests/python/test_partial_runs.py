"""A run of some models leaves every other relation of a built warehouse readable."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest
from harness.postgres import execute, read_query
from harness.project import EVENTS, ROOT, Project

BUILD = ["build", "--exclude-resource-type", "test", "--exclude-resource-type"]
BUILD += ["unit_test"]
SOME = ["staging", "fct_charges", "marts.executive_summary"]
MARTS = ROOT / "models" / "marts"
ALL = [
    *(f"marts.{path.name}" for path in sorted(MARTS.iterdir()) if path.is_dir()),
    *(path.stem for path in sorted((MARTS / "core").glob("*.sql"))),
    *("semantic", "intermediate", "marts", "staging", "fqn:*"),
]
RELATIONS = (
    "select table_schema, table_name, table_type from information_schema.tables "
    "where table_schema like 'analytics%' or table_schema = 'report' order by 1, 2"
)


def count(relations: Iterable[tuple]) -> str:
    """A query for the number of rows of each relation, and so for its being there."""
    return " union all ".join(
        f"select '{schema}.{name}' as name, (select count(*) from {schema}.{name})"
        for schema, name, _ in relations
    )


def check_postgres(postgres: Project, selections: list[str]) -> None:
    """Run the selections one after another, and read everything between."""
    relations = read_query(RELATIONS)
    assert len(relations) > 150
    rows = read_query(count(relations))
    for selection in selections:
        run = postgres.run(["run", "-s", selection], variables=EVENTS)
        assert run.success, run.text
        assert run.statuses, selection
        assert read_query(RELATIONS) == relations, selection
    assert read_query(count(relations)) == rows


def check_duckdb(
    project: Project, database: Path, built: Path, selections: list[str]
) -> None:
    shutil.copy(built, database)
    with duckdb.connect(str(database)) as connection:
        relations = connection.execute(RELATIONS).fetchall()
        rows = connection.execute(count(relations)).fetchall()
    for selection in selections:
        run = project.run(["run", "-s", selection], database, EVENTS)
        assert run.success, run.text
        with duckdb.connect(str(database)) as connection:
            assert connection.execute(RELATIONS).fetchall() == relations, selection
            for schema, name, _ in relations:
                connection.execute(f"select * from {schema}.{name} limit 0")
    with duckdb.connect(str(database)) as connection:
        assert sorted(connection.execute(count(relations)).fetchall()) == sorted(rows)


def test_views_stay_where_others_are_built(built_postgres: Project) -> None:
    check_postgres(built_postgres, SOME)


@pytest.mark.long
def test_views_stay_where_others_are_built_on_duckdb(
    project: Project, database: Path, built_sample: Path
) -> None:
    check_duckdb(project, database, built_sample, SOME)


@pytest.mark.long
def test_views_stay_whatever_is_built(built_postgres: Project) -> None:
    check_postgres(built_postgres, ALL)


@pytest.mark.long
def test_views_stay_whatever_is_built_on_duckdb(
    project: Project, database: Path, built_sample: Path
) -> None:
    check_duckdb(project, database, built_sample, ALL)


def test_a_relation_of_the_other_kind_gives_way(
    project: Project, database: Path, built_sample: Path
) -> None:
    shutil.copy(built_sample, database)
    view, table = "analytics_staging.stg_stripe__plans", "analytics.fct_disputes"
    with duckdb.connect(str(database)) as connection:
        relations = connection.execute(RELATIONS).fetchall()
        connection.execute(
            f"drop view {view}; create table {view} as select 1 as one; "
            f"drop table {table}; create view {table} as select 1 as one"
        )
    models = ["stg_stripe__plans", "fct_disputes"]
    run = project.run(["run", "-s", *models], database, EVENTS)
    assert run.success, run.text
    with duckdb.connect(str(database)) as connection:
        assert connection.execute(RELATIONS).fetchall() == relations
        for relation in (view, table):
            columns = connection.execute(f"describe {relation}").fetchall()
            assert len(columns) > 1, relation
        comments = connection.execute(
            "select column_name, comment from duckdb_columns() "
            "where table_name = 'fct_disputes'"
        )
        assert [name for name, comment in comments.fetchall() if not comment] == []


def test_a_model_that_fails_leaves_what_was_there(
    project: Project, database: Path, built_sample: Path
) -> None:
    shutil.copy(built_sample, database)
    read, model = "analytics.executive_summary_daily", "executive_summary_monthly"
    with duckdb.connect(str(database)) as connection:
        rows = connection.execute(f"from analytics.{model} order by all").fetchall()
        connection.execute(f"alter table {read} rename to kept")
        connection.execute(
            f"create view {read} as select * replace "
            "(cast(error('no more ' || currency) as varchar) as currency) "
            "from analytics.kept"
        )
    run = project.run(["run", "-s", model], database, EVENTS)
    assert not run.success
    assert "no more" in run.text
    with duckdb.connect(str(database)) as connection:
        left = connection.execute(f"from analytics.{model} order by all").fetchall()
    assert left == rows


def test_views_of_ones_own_stay_with_their_grants(built_postgres: Project) -> None:
    execute(
        "create role reader; create schema report; "
        "create view report.own with (security_barrier=true) as "
        "select disputes.dispute_id, 'analytics.fct_disputes' as what "
        "from analytics.fct_disputes as disputes; grant select on report.own to reader"
    )
    before = read_query("select * from report.own order by 1")
    assert before
    run = built_postgres.run(["run", "-s", "fct_disputes"], variables=EVENTS)
    assert run.success, run.text
    assert read_query("select * from report.own order by 1") == before
    assert read_query(
        "select has_table_privilege('reader', 'report.own', 'select'), reloptions "
        "from pg_class where oid = cast('report.own' as regclass)"
    ) == [(True, ["security_barrier=true"])]
    execute("drop schema report cascade; drop role reader")


def test_a_view_of_a_column_that_is_gone_is_named(built_postgres: Project) -> None:
    execute(
        "alter table analytics.fct_disputes add column gone integer; "
        "create schema report; "
        "create view report.lost as select gone from analytics.fct_disputes"
    )
    run = built_postgres.run(["run", "-s", "fct_disputes"], variables=EVENTS)
    assert run.success, run.text
    assert "View report.lost is dropped, for it reads what" in run.text
    assert read_query("select to_regclass('report.lost') is null") == [(True,)]
    execute("drop schema report cascade")


def test_what_a_killed_build_left_is_finished(built_postgres: Project) -> None:
    """As after a kill between a swap and the drop of the old view."""
    models = "+int_subscriptions__prices_discounted"
    new = "analytics_staging.stg_stripe__discounts"
    ((words,),) = read_query(f"select pg_get_viewdef('{new}'::regclass)")
    execute(
        f"alter view {new} rename to stg_stripe__discounts__dbt_backup; "
        f"create view {new} as {words}; create schema report; "
        "create view report.own as select * "
        "from analytics_intermediate.int_subscriptions__discounts_found"
    )
    before = read_query(RELATIONS)
    run = built_postgres.run([*BUILD, "-s", models], variables=EVENTS)
    assert run.success, run.text
    left = ("analytics_staging", "stg_stripe__discounts__dbt_backup", "VIEW")
    assert left in before
    assert read_query(RELATIONS) == [name for name in before if name != left]
    execute("drop schema report cascade")
