"""Own columns and own objects as their models make them: the rules that keep money from
counting twice, each with the fault of a macro that it notices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness.project import DATABASE_NAME, ROOT, Project, Run
from harness.project_copy import copied_project, copy_project

from own_models.names import ENTITIES
from scripts.write_own_models import files_of

pytestmark = pytest.mark.xdist_group("own_models")
RAW = """
    create schema stripe_a; create schema stripe_b; create schema crm;
    create table stripe_a.charges as select 'ch_1' as id, 100 as amount,
        'usd' as currency, 'succeeded' as status, timestamp '2026-03-01' as created,
        'gold' as metadata_tier;
    create table stripe_b.charges as from stripe_a.charges;
    create table crm.people (account text, customer text, tier text, seen text);
    insert into crm.people values
        ('stripe_a', 'cus_1', 'gold', '2026-03-01'),
        ('stripe_b', 'cus_1', 'silver', '2026-03-31T10:00:00Z'),
        ('stripe_a', '', 'no customer', ''), ('stripe_a', null, 'no customer', ''),
        ('stripe_a', null, 'again none', ''), (null, 'cus_2', 'no account', ''),
        ('', 'cus_3', 'no account', ''), ('stripe_a', 'cus_4', '', '2026-02-30');
    create table crm.calls as select 'cus_' || n as customer, 'stripe_a' as account,
        unnest([date '2026-03-01', '2026-03-31', '2026-04-01', null]) as called_on,
        timestamp '2026-04-01 03:00:00' + to_hours(n) as called_at
    from range(2) as numbers (n);
"""
ONE = {
    **{"relation": "crm.people", "key": "customer", "key_column": "customer"},
    **{"source_column": "account", "rows": "one"},
    "label": "CRM people (sales & more)",
    "columns": ["tier", {"name": "seen", "type": "date"}],
}
MANY = {
    **{"relation": "crm.calls", "key": "customer", "key_column": "customer"},
    **{"source_column": "account", "rows": "many", "time": "called_on"},
    "columns": [
        {"name": "called_on", "type": "date"},
        {"name": "called_at", "type": "timestamp"},
    ],
}
COLUMNS = {
    "tier": {"name": "metadata_tier", "declared": "string"},
    "gone": {"name": "metadata_gone", "declared": None},
}
# The pattern found a second column when the model was written.
PASSED = ["metadata_*", {"name": "metadata_tier", "alias": "tier"}, "gone*"]


@dataclass
class Own:
    """A copy of the project with models of one's own, over two accounts."""

    project: Project
    database: Path

    def run(self, *models: str, passed: dict | None = None, **objects: dict) -> Run:
        variables = {
            "as_of": "2026-03-31",
            "stripe_sources": ["stripe_a", "stripe_b"],
            "passthrough_columns": {"charges": PASSED} | (passed or {}),
            "own_objects": {"people": ONE, "calls": MANY} | objects,
            "reporting_timezone": "America/New_York",
        }
        command = ["run", "--select", *models]
        return self.project.run(command, self.database, variables)

    def rows(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.database)) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def own(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Own]:
    folder = tmp_path_factory.mktemp("own_models")
    copy_project(folder)
    (folder / "models" / "own").mkdir()
    listed = {
        "columns": {"charges": COLUMNS},
        "objects": {"people": ONE, "calls": MANY},
    }
    for name, text in files_of(listed).items():
        (folder / "models" / "own" / name).write_text(text)
    with duckdb.connect(str(folder / DATABASE_NAME)) as connection:
        connection.execute(RAW)
    with pytest.MonkeyPatch.context() as patch:
        made = Own(copied_project(project, folder, patch), folder / DATABASE_NAME)
        assert made.project.manifest
        yield made


def refused(run: Run, sentence: str) -> None:
    assert not run.success
    assert sentence in " ".join(run.text.split())


def rows_join_by_account_and_key(own: Own) -> None:
    run = own.run("own_people")
    assert run.success, run.text
    found = own.rows(
        "select source_relation, customer_id, tier, cast(seen as text) "
        "from analytics.own_people order by all"
    )
    assert found == [
        ("stripe_a", "cus_1", "gold", "2026-03-01"),
        ("stripe_a", "cus_4", None, None),
        ("stripe_b", "cus_1", "silver", "2026-03-31"),
    ]


def a_key_with_two_rows_is_refused(own: Own) -> None:
    own.rows("insert into crm.people values ('stripe_a', 'cus_1', 'silver', null)")
    try:
        run = own.run("own_people")
    finally:
        own.rows("delete from crm.people where account = 'stripe_a' and seen is null")
    refused(run, "people says rows: one, but has several for cus_1 (2 rows): money")


def rows_of_accounts_that_nothing_tells_apart_are_refused(own: Own) -> None:
    without = {name: said for name, said in ONE.items() if name != "source_column"}
    refused(own.run("own_people", people=without), "own_objects.people needs source_co")


def another_key_is_refused_until_it_is_written(own: Own) -> None:
    run = own.run("own_people", people=ONE | {"key": "invoice"})
    refused(run, "own_people was written when own_objects.people said something else")


def one_row_is_counted_as_many_only_when_it_is_written(own: Own) -> None:
    many = ONE | {"rows": "many", "time": "seen"}
    refused(own.run("own_people", people=many), "said something else (key, rows, col")


def another_type_is_refused_until_it_is_written(own: Own) -> None:
    run = own.run("own_people", people=ONE | {"columns": ["tier", "seen"]})
    refused(run, "own_people was written when own_objects.people said something else")


def rows_after_the_as_of_day_count_no_more(own: Own) -> None:
    run = own.run("own_calls")
    assert run.success, run.text
    counted = (
        "select called_on, count(*) from analytics.own_calls group by 1 order by 1"
    )
    assert [(str(day), number) for day, number in own.rows(counted)] == [
        *(("2026-03-01", 2), ("2026-03-31", 2), ("None", 2))
    ]


def a_timestamp_is_of_its_day_in_the_reporting_zone(own: Own) -> None:
    run = own.run("own_calls", calls=MANY | {"time": "called_at"})
    assert run.success, run.text
    # 03:00 UTC on the first of April is the day before in New York, 04:00 is not.
    assert own.rows("select distinct customer_id from analytics.own_calls") == [
        ("cus_0",)
    ]


def rows_of_many_are_numbered_in_the_order_of_key_and_columns(own: Own) -> None:
    run = own.run("own_calls")
    assert run.success, run.text
    found = own.rows(
        "select cast(row_id as integer), customer_id, cast(called_on as text) "
        "from analytics.own_calls order by row_id"
    )
    # The third and the seventh are dated after the as-of day.
    assert found == [
        *((1, "cus_0", "2026-03-01"), (2, "cus_0", "2026-03-31"), (4, "cus_0", None)),
        *((5, "cus_1", "2026-03-01"), (6, "cus_1", "2026-03-31"), (8, "cus_1", None)),
    ]


def what_is_own_is_listed(own: Own) -> None:
    run = own.run("own_tables")
    assert run.success, run.text
    assert own.rows("from analytics.own_tables") == [
        (
            *("own_charges", "passthrough_columns", "Charges"),
            *("charge", "charge_id", "one", None),
        ),
        (
            *("own_people", "own_objects", "CRM people (sales & more)"),
            *("customer", "customer_id", "one", None),
        ),
        (
            *("own_calls", "own_objects", "Calls"),
            *("customer", "customer_id", "many", "called_on"),
        ),
    ]


def a_column_that_a_pattern_finds_no_more_is_null(own: Own) -> None:
    run = own.run("stg_stripe__charges", "own_charges")
    assert run.success, run.text
    found = own.rows(
        "select source_relation, charge_id, tier, gone from analytics.own_charges"
    )
    assert sorted(found) == [
        ("stripe_a", "ch_1", "gold", None),
        ("stripe_b", "ch_1", "gold", None),
    ]


def a_collection_that_is_not_written_yet_is_told(own: Own) -> None:
    # The pattern finds nothing, and coupons have no metrics.
    passed = {"refunds": ["metadata_*"], "coupons": ["metadata_tier"]}
    run = own.run("own_people", passed=passed)
    assert run.success, run.text
    assert "no metric has" not in run.text
    run = own.run("own_people", passed=passed | {"customers": ["metadata_region"]})
    assert run.success, run.text
    told = "no metric has yet: run write_own_models.py, which writes own_customers."
    assert told in " ".join(run.text.split())


RULES: list[Callable[[Own], None]] = [
    rows_join_by_account_and_key,
    a_key_with_two_rows_is_refused,
    rows_of_accounts_that_nothing_tells_apart_are_refused,
    another_key_is_refused_until_it_is_written,
    one_row_is_counted_as_many_only_when_it_is_written,
    another_type_is_refused_until_it_is_written,
    rows_after_the_as_of_day_count_no_more,
    a_timestamp_is_of_its_day_in_the_reporting_zone,
    a_column_that_a_pattern_finds_no_more_is_null,
    rows_of_many_are_numbered_in_the_order_of_key_and_columns,
    what_is_own_is_listed,
    a_collection_that_is_not_written_yet_is_told,
]
# (macro, what stands there, what does instead, the rule that notices)
FAULTS: list[tuple[str, str, str, Callable[[Own], None]]] = [
    (
        *("own_object", "object.rows == 'one'", "object.rows == 'two'"),
        a_key_with_two_rows_is_refused,
    ),
    (
        *("refuse_repeated_keys", "having count(*) > 1", "having count(*) > 2"),
        a_key_with_two_rows_is_refused,
    ),
    (
        *("refuse_repeated_keys", "group by ' ~ source ~ ', '", "group by '"),
        rows_join_by_account_and_key,
    ),
    ("own_object", "~ id ~ \" <> '' and \"", '~ "', rows_join_by_account_and_key),
    (
        *("own_object", "<> ''\" -%}", "is distinct from 'x'\" -%}"),
        rows_join_by_account_and_key,
    ),
    (
        *("own_source", '(value or "\'" ~ schemas[0] ~ "\'")', "\"'stripe_a'\""),
        rows_join_by_account_and_key,
    ),
    (
        *("own_source", "column or schemas | length > 1", "column"),
        rows_of_accounts_that_nothing_tells_apart_are_refused,
    ),
    (
        *("check_own_model", "said != types or", ""),
        another_key_is_refused_until_it_is_written,
    ),
    (
        *("check_own_model", "said != types or", ""),
        another_type_is_refused_until_it_is_written,
    ),
    (
        *("check_own_model", "or object.rows != rows", ""),
        one_row_is_counted_as_many_only_when_it_is_written,
    ),
    (
        *("own_object", "known[0] or", ""),
        rows_after_the_as_of_day_count_no_more,
    ),
    (
        *("is_own_by_as_of", "own.declared == 'date'", "true"),
        a_timestamp_is_of_its_day_in_the_reporting_zone,
    ),
    (
        *("is_own_by_as_of", "own.declared == 'date'", "false"),
        rows_after_the_as_of_day_count_no_more,
    ),
    (
        *("own_columns", "name if name in found else 'null'", "name"),
        a_column_that_a_pattern_finds_no_more_is_null,
    ),
    (
        *("own_row_id", "first | list", "[]"),
        rows_of_many_are_numbered_in_the_order_of_key_and_columns,
    ),
    ("own_tables", "if value else 'null'", "if value else 0", what_is_own_is_listed),
    (
        *("check_own_collections", "'own_' ~ collection not in models", "true"),
        a_collection_that_is_not_written_yet_is_told,
    ),
    (
        *("check_own_collections", " and passed['columns']", ""),
        a_collection_that_is_not_written_yet_is_told,
    ),
    (
        *("own_collections", "'customers', ", ""),
        a_collection_that_is_not_written_yet_is_told,
    ),
]


def test_macros_and_scripts_write_models_of_the_same_collections() -> None:
    macro = (ROOT / "macros" / "own" / "own_collections.sql").read_text()
    assert re.findall(r"'(\w+)'", macro) == sorted(ENTITIES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_that(rule: Callable[[Own], None], own: Own) -> None:
    rule(own)


@pytest.mark.long
@pytest.mark.parametrize(
    ("macro", "old", "new", "rule"),
    FAULTS,
    ids=[f"{macro}: {old}" for macro, old, _, _ in FAULTS],
)
def test_it_notices_a_fault(
    macro: str, old: str, new: str, rule: Callable[[Own], None], own: Own
) -> None:
    found: Any = own.project.manifest.macros[f"macro.segment_stripe.{macro}"]
    kept = found.macro_sql
    assert old in kept
    found.macro_sql = kept.replace(old, new)
    try:
        with pytest.raises(AssertionError):
            rule(own)
    finally:
        found.macro_sql = kept
