"""What staging makes of odd deliveries and of columns of one's own, on each engine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from harness.postgres import connect, execute
from harness.project import Project, Run

Rows = list[tuple]
LONG_NAME = "metadata_" + "ä" * 30
STAGED = {
    "stripe_a.charges": (
        "create table {} (id text, amount bigint, currency text, status text, "
        'created timestamp, livemode text, customer_id text, "order" text, '
        '"Select" text, "größe" text, metadata_order_id bigint)'
    ),
    "stripe_b.charges": (
        "create table {} (id text, amount bigint, currency text, status text, "
        "created timestamp, metadata_order_id varchar(20))"
    ),
}
CHARGE = "('{}', 100, 'usd', 'succeeded', timestamp '2026-03-01 10:00:00'"
ROWS = {
    "stripe_a.charges": [
        CHARGE.format("ch_1") + ", 'true', 'cus_1', 'or_1', 'x', 'klein', 17)",
        CHARGE.format("") + ", '', '', '', '', '', 18)",
        CHARGE.format("") + ", '', '', '', '', '', 19)",
        CHARGE.format("ch_test") + ", 'false', '', '', '', '', 20)",
    ],
    "stripe_b.charges": [CHARGE.format("ch_1") + ", 'A-17')"],
}


class Warehouse:
    """A warehouse that takes statements, and the project on it."""

    def __init__(self, project: Project, database: Path) -> None:
        self.project = project
        self.database = database if project.target == "duckdb" else None

    def execute(self, *statements: str) -> None:
        if self.database:
            with duckdb.connect(str(self.database)) as connection:
                connection.execute("; ".join(statements))
        else:
            execute("; ".join(statements))

    def rows(self, query: str) -> Rows:
        if self.database:
            with duckdb.connect(str(self.database)) as connection:
                return connection.execute(query).fetchall()
        with closing(connect()) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    def run(self, command: Sequence[str], **variables: object) -> Run:
        variables = {"stripe_sources": ["stripe_a", "stripe_b"]} | variables
        return self.project.run([*command], self.database, variables)


# Beside the others on the one server. What engines do in ways of their own is asked of
# both in make test: names, types, patterns; the rest of PostgreSQL in make test-long.
SERVER = pytest.mark.xdist_group("postgres")
ENGINES = ["project", pytest.param("postgres", marks=SERVER)]
ONE_ENGINE = ["project", pytest.param("postgres", marks=[SERVER, pytest.mark.long])]
of_one_engine = pytest.mark.parametrize("warehouse", ONE_ENGINE, indirect=True)


@pytest.fixture(params=ENGINES)
def warehouse(request: pytest.FixtureRequest, database: Path) -> Iterator[Warehouse]:
    """Two accounts with a table of charges each."""
    warehouse = Warehouse(request.getfixturevalue(request.param), database)
    schemas = ["stripe_a", "stripe_b"]
    warehouse.execute(*(f"create schema {schema}" for schema in schemas))
    for table, definition in STAGED.items():
        warehouse.execute(
            definition.format(table),
            f"insert into {table} values {', '.join(ROWS[table])}",
        )
    yield warehouse
    warehouse.execute(*(f"drop schema {schema} cascade" for schema in schemas))


CHARGES = ["run", "-s", "stg_stripe__charges", "stg_stripe__test_mode_charges"]


def test_an_empty_text_is_null_and_an_empty_id_names_nothing(
    warehouse: Warehouse,
) -> None:
    run = warehouse.run(CHARGES)
    assert run.success, run.text
    found = warehouse.rows(
        "select charge_id, customer_id, is_livemode "
        "from analytics_staging.stg_stripe__charges "
        "where source_relation = 'stripe_a' order by charge_id nulls last"
    )
    assert found == [("ch_1", "cus_1", True), (None, None, None), (None, None, None)]
    assert warehouse.rows(
        "select charge_id from analytics_staging.stg_stripe__test_mode_charges"
    ) == [("ch_test",)]


def test_own_columns_may_be_named_and_typed_as_they_like(warehouse: Warehouse) -> None:
    own = ["order", "SELECT", "größe", "Metadata_Order_Id", "user"]
    run = warehouse.run(CHARGES[:3], passthrough_columns={"charges": own})
    assert run.success, run.text
    found = warehouse.rows(
        'select source_relation, "order", "select", "größe", metadata_order_id, "user" '
        "from analytics_staging.stg_stripe__charges where charge_id = 'ch_1' "
        "order by source_relation"
    )
    assert found == [
        ("stripe_a", "or_1", "x", "klein", "17", None),
        ("stripe_b", None, None, None, "A-17", None),
    ]


def test_an_own_column_of_one_type_keeps_it(warehouse: Warehouse) -> None:
    own = {"charges": ["metadata_order_id", "order"]}
    run = warehouse.run(
        CHARGES[:3], passthrough_columns=own, stripe_sources=["stripe_a"]
    )
    assert run.success, run.text
    found = warehouse.rows(
        'select metadata_order_id, "order" from analytics_staging.stg_stripe__charges '
        "order by metadata_order_id"
    )
    assert found == [(17, "or_1"), (18, None), (19, None)]


def test_a_pattern_an_alias_and_a_type_say_which_columns_and_how(
    warehouse: Warehouse,
) -> None:
    warehouse.execute(
        "alter table stripe_a.charges add column metadata_paid text",
        "alter table stripe_a.charges add column metadata_seats text",
        "alter table stripe_b.charges add column metadata_on date",
        "update stripe_a.charges set metadata_paid = 'True', metadata_seats = '7'",
        "update stripe_b.charges set metadata_on = date '2026-03-05'",
    )
    own = [
        {"name": "order", "alias": "order_number"},
        {"name": "metadata_order_id", "alias": "order_key", "type": "integer"},
        {"name": "metadata_on", "type": "timestamp"},
        {"name": "metadata_p*", "type": "boolean"},
        "metadata_*",
        {"name": "Metadata_Plan", "alias": "Plan_Tier", "type": "string"},
    ]
    run = warehouse.run(CHARGES, passthrough_columns={"charges": own})
    assert run.success, run.text
    (said,) = (line for line in run.lines if "passthrough_columns: " in line)
    said = " ".join(said.split())
    assert "charges has no column metadata_plan (it has " in said
    assert "metadata_paid, metadata_seats, order, select" in said
    found = warehouse.rows(
        "select order_number, order_key, cast(metadata_on as varchar), metadata_paid, "
        "metadata_seats, plan_tier from analytics_staging.stg_stripe__charges "
        "where charge_id = 'ch_1' order by source_relation"
    )
    assert found == [
        ("or_1", 17, None, True, "7", None),
        # A text that is no number is null, where a number is asked for.
        (None, None, "2026-03-05 00:00:00", None, None, None),
    ]
    listed_by_name = "column_name = 'metadata_order_id'"
    assert not warehouse.rows(
        "select column_name from information_schema.columns "
        f"where table_name = 'stg_stripe__charges' and {listed_by_name}"
    )


def test_a_date_in_text_is_one_where_it_is_asked_for(warehouse: Warehouse) -> None:
    texts = {
        "2026-09-30": "2026-09-30",
        " 2028-02-29T23:30:00": "2028-02-29",
        "2000-02-29": "2000-02-29",
        "2026-02-29": None,
        "2100-02-29": None,
        "2026-04-31": None,
        "2026-13-01": None,
        "2026-9-30": None,
        "30.09.2026": None,
        "": None,
    }
    rows = (CHARGE.format(f"ch_{n}") + f", '{t}')" for n, t in enumerate(texts))
    warehouse.execute(
        "delete from stripe_b.charges",
        f"insert into stripe_b.charges values {', '.join(rows)}",
    )
    own = {"charges": [{"name": "metadata_order_id", "alias": "due", "type": "date"}]}
    run = warehouse.run(
        CHARGES[:3], passthrough_columns=own, stripe_sources=["stripe_b"]
    )
    assert run.success, run.text
    found = warehouse.rows(
        "select charge_id, cast(due as varchar) "
        "from analytics_staging.stg_stripe__charges"
    )
    assert dict(found) == {f"ch_{n}": date for n, date in enumerate(texts.values())}


@of_one_engine
def test_an_own_column_of_the_wrong_type_is_one_sentence_before_any_table(
    warehouse: Warehouse,
) -> None:
    own = {"charges": [{"name": "order", "type": "timestamp"}]}
    run = warehouse.run(CHARGES[:3], passthrough_columns=own)
    assert not run.success
    said = " ".join(run.text.split())
    assert "says that order is timestamp, but stripe_a.charges has it as" in said
    assert run.statuses == {}


@pytest.mark.parametrize(
    "variable", ["passthrough_columns", "identity_metadata_column"]
)
def test_a_name_that_is_too_long_is_refused_where_the_engine_cuts_it(
    variable: str, warehouse: Warehouse
) -> None:
    warehouse.execute(
        "create table stripe_a.customers "
        f'(id text, created timestamp, "{LONG_NAME}" text)',
        "insert into stripe_a.customers "
        "values ('cus_1', timestamp '2026-03-01 10:00:00', 'u_1')",
    )
    own: dict[str, Callable[[str], object]] = {
        "passthrough_columns": lambda name: {"customers": [name]},
        "identity_metadata_column": lambda name: name,
    }
    command = ["run", "-s", "stg_stripe__customers"]
    run = warehouse.run(command, **{variable: own[variable](LONG_NAME)})
    kept = LONG_NAME.encode()[:63].decode(errors="ignore")
    if warehouse.database is None:
        assert "longer than PostgreSQL's limit of 63 bytes" in run.text
        assert f"as the table has it, '{kept}'" in run.text
        run = warehouse.run(command, **{variable: own[variable](kept)})
    assert run.success, run.text
    column = "user_id" if variable == "identity_metadata_column" else f'"{LONG_NAME}"'
    assert warehouse.rows(
        f"select {column} from analytics_staging.stg_stripe__customers"
    ) == [("u_1",)]


@of_one_engine
def test_visitors_without_ids_are_told_apart(warehouse: Warehouse) -> None:
    warehouse.execute(
        "create schema webshop",
        "create table webshop.pages "
        "(id text, anonymous_id text, user_id text, url text, received_at timestamp)",
        "insert into webshop.pages values "
        "('p_1', '', '', '', timestamp '2026-03-01 10:00:00')",
    )
    run = warehouse.run(
        ["run", "-s", "stg_segment__pages"], segment_event_sources=["webshop"]
    )
    assert run.success, run.text
    assert warehouse.rows(
        "select anonymous_id, user_id, url from analytics_staging.stg_segment__pages"
    ) == [(None, None, None)]
    warehouse.execute("drop schema webshop cascade")


def test_a_movement_keeps_stripes_words_and_no_others(warehouse: Warehouse) -> None:
    described = [
        ("txn_1", "charge", "Ada Lovelace"),
        ("txn_2", "refund", "REFUND FOR CHARGE (ada lovelace)"),
        ("txn_3", "refund", "Partial capture reversal"),
        ("txn_4", "adjustment", "Chargeback withdrawal for ch_1"),
        ("txn_5", "payment", " ADA LOVELACE"),
        ("txn_6", "refund", "(Ada Lovelace)"),
    ]
    rows = ", ".join(f"('{i}', 1, 'usd', '{kind}', '{d}')" for i, kind, d in described)
    warehouse.execute(
        "create table stripe_a.balance_transactions (id text, amount bigint, "
        "currency text, type text, description text)",
        f"insert into stripe_a.balance_transactions values {rows}",
    )
    select = "stg_stripe__balance_transactions"
    run = warehouse.run(["run", "-s", select], hash_personal_data=True)
    assert run.success, run.text
    found = warehouse.rows(f"select description from analytics_staging.{select}")
    hashed = hashlib.md5(b"ada lovelace").hexdigest()
    kept = [
        "REFUND FOR CHARGE",
        "Partial capture reversal",
        "Chargeback withdrawal for ch_1",
    ]
    assert sorted(found, key=str) == sorted(
        [(hashed,), (hashed,), (None,), *((text,) for text in kept)], key=str
    )
