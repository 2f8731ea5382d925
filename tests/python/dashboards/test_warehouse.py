"""Queries of the marts: the same on both engines, and unable to do harm."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import psycopg2
import pytest
from harness.browser import drawn_by_server
from harness.postgres import connect, execute, read_relation
from harness.project import EVENTS, Project

from dashboards.app import PAGES
from dashboards.pages.search_results import find, find_first
from dashboards.warehouse import QueryFailed, UnknownName, Warehouse, WarehouseError
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.postgres import PostgresReader, translate

READER = "dashboard_reader"
INJECTIONS = (
    "' or '1'='1",
    "'; drop table fct_charges; --",
    '" or ""="',
    "%' or 1=1 --",
    "\\'; select pg_sleep(10); --",
    "%s %(a)s ? $1",
    "\0",
    "\ud800",
    "\u202e⁠",
    "x" * 100_000,
)
NAMES = (
    *INJECTIONS,
    "email; drop table fct_charges",
    'email" from dim_customers --',
    "EMAIL",
    "",
    "pg_user",
    "duckdb_settings()",
    "information_schema.tables",
)
# What SQL itself may not do in DuckDB, were any ever let through.
FORBIDDEN_IN_DUCKDB = {
    "create table analytics.mine as select 1": "read-only",
    "delete from fct_charges": "read-only",
    "from read_csv('/etc/passwd')": "disabled",
    "copy (select 1) to 'stolen.csv'": "disabled",
    "attach 'other.duckdb'": "disabled",
    "install httpfs": "disabled",
    "set enable_external_access = true": "locked|Cannot",
}
FORBIDDEN_IN_POSTGRES = {
    "create table analytics.mine as select 1": "permission denied",
    "create table public.mine as select 1": "permission denied",
    "delete from analytics.fct_charges": "permission denied",
    "update analytics.dim_customers set email = null": "permission denied",
    "truncate analytics.fct_charges": "permission denied",
    "drop table analytics.fct_charges": "must be owner",
    "select 1 from stripe.charges": "permission denied",
    "select 1 from website.users": "permission denied",
    "select 1 from analytics_staging.stg_stripe__charges": "permission denied",
    "select 1 from analytics_snapshots.subscriptions_snapshot": "permission denied",
    "select pg_read_file('/etc/passwd')": "permission denied",
    "create role mine": "permission denied",
}


@pytest.fixture(scope="module")
def reader(
    built_postgres: Project, monkeypatch_module: pytest.MonkeyPatch
) -> Iterator[PostgresReader]:
    """The sample account built in PostgreSQL, read with the role that is for it."""
    monkeypatch_module.delenv("DASHBOARDS_PGUSER", raising=False)
    yield PostgresReader()


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


ENGINES = [
    "duckdb",
    pytest.param("postgres", marks=pytest.mark.xdist_group("postgres")),
]


@pytest.fixture(params=ENGINES)
def either(request: pytest.FixtureRequest) -> Warehouse:
    """Each engine in turn."""
    name = "warehouse" if request.param == "duckdb" else "reader"
    return request.getfixturevalue(name)


PLACES = (
    *(page.path for page in PAGES),
    "/?currency=jpy&days=2025-10-21,2026-10-20",
    "/finance?currency=eur&days=2026-08-01,2026-09-30",
    "/explore?table=invoices&sort=-amount_due",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_page_is_the_same_on_both_engines(
    warehouse: DuckdbCopy, reader: PostgresReader, place: str
) -> None:
    on_duckdb, on_postgres = (drawn_by_server(w, place) for w in (warehouse, reader))

    assert '"data-state":"error"' not in on_duckdb
    assert differences(json.loads(on_duckdb), json.loads(on_postgres)) == []


# What is searched, as SQL finds it.
SEARCHED = {
    "an e-mail": "select min(email) as text from dim_customers",
    "a part of a name": "select lower(substr(max(description), 2, 4)) as text"
    " from dim_customers",
    "a card": "select min(brand || ' ' || last4) as text from customer_lookup_cards",
    "inside of a charge's id": "select substr(min(charge_id), 6, 6) as text"
    " from fct_charges",
    **{
        column: f"select substr(min({column}), 1, 9) as text from {mart}"
        for mart, column in (
            ("fct_charges", "payment_intent_id"),
            ("fct_charges", "receipt_number"),
            ("invoice_lookup", "invoice_id"),
            ("fct_refunds", "refund_id"),
            ("fct_disputes", "dispute_id"),
            ("fct_subscriptions", "subscription_id"),
            ("fct_balance_transactions", "balance_transaction_id"),
            ("fct_balance_transactions", "payout_id"),
        )
    },
}


@pytest.mark.parametrize("what", list(SEARCHED))
def test_a_search_finds_the_same_on_both_engines(
    warehouse: DuckdbCopy, reader: PostgresReader, what: str
) -> None:
    text = warehouse.query(SEARCHED[what])[0]["text"]
    for search in (find, find_first):
        found = search(warehouse, text, 25)
        assert found
        assert search(reader, text, 25) == found


def test_cards_and_a_customers_page_are_the_same_on_both_engines(
    warehouse: DuckdbCopy, reader: PostgresReader
) -> None:
    customer = warehouse.query(
        "select min(customer_id) as id from customer_lookup_cards"
    )[0]["id"]
    for place in (
        f"/customer?customer_id={customer}",
        f"/explore?table=cards&filter=customer_id%3Aeq%3A{customer}",
        "/month-end?month=2026-08-01&currency=eur",
    ):
        on_duckdb, on_postgres = (
            drawn_by_server(w, place) for w in (warehouse, reader)
        )
        assert '"data-state"' not in on_duckdb, place
        assert differences(json.loads(on_duckdb), json.loads(on_postgres)) == []


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Where two pages differ; quotients may in the sixth decimal."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        parts = [(key, one[key], other[key]) for key in one]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        parts = list(zip(range(len(one)), one, other, strict=True))
    else:
        is_same = one == other or is_near(one, other)
        return [] if is_same else [f"{path}: {one!r} != {other!r}"]
    return [
        found for key, a, b in parts for found in differences(a, b, f"{path}.{key}")
    ]


def is_near(one: Any, other: Any) -> bool:
    try:
        return abs(Decimal(str(one)) - Decimal(str(other))) <= Decimal("0.000001")
    except InvalidOperation:
        return False


def test_values_come_as_python_has_them(either: Warehouse) -> None:
    found = either.query(
        "select currency, gross_charge_count, gross_charge_amount, reporting_date "
        "from executive_summary_daily where currency = ? and reporting_date <= ? "
        "order by reporting_date desc limit 1",
        ["usd", date(2026, 10, 20)],
    )
    assert [type(value) for value in found[0].values()] == [str, int, Decimal, date]


def test_question_marks_and_percent_signs_in_text_are_text(either: Warehouse) -> None:
    found = either.query(
        "select 'is it 5 % ?' as said, ? as bound "
        "where 'abc' like 'a%' and ? like '%?'",
        ["%s ?", "what?"],
    )
    assert found == [{"said": "is it 5 % ?", "bound": "%s ?"}]


def test_a_percent_sign_is_doubled_once() -> None:
    assert translate("a like 'x%' and b = ?") == "a like 'x%%' and b = %s"


@pytest.mark.parametrize("text", INJECTIONS, ids=range(len(INJECTIONS)))
def test_bound_text_is_never_sql(either: Warehouse, text: str) -> None:
    before = either.query("select count(*) as n from fct_charges")
    sql = "select * from customer_lookup where customer_id = ? or email = ?"
    assert either.query(sql, [text, text]) == []
    assert either.query("select count(*) as n from fct_charges") == before
    assert before[0]["n"] > 0


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_names_that_are_not_of_the_marts_are_refused(
    either: Warehouse, name: str
) -> None:
    for ask in (
        lambda: either.columns(name),
        lambda: either.relation(name),
        lambda: either.column("dim_customers", name),
        lambda: either.column(name, "email"),
    ):
        with pytest.raises(UnknownName):
            ask()


def test_names_of_the_marts_are_quoted(either: Warehouse) -> None:
    assert either.relation("fct_charges") == '"fct_charges"'
    assert either.column("dim_customers", "email") == '"email"'
    columns = either.columns("customer_lookup")
    kinds = {columns[name] for name in ("email", "mrr_amount", "is_deleted")}
    assert kinds == {"string", "number", "boolean"}
    assert columns["created_date"] == "date"
    assert columns["created_at"] == "timestamp"


def test_both_engines_know_the_same_columns(
    warehouse: DuckdbCopy, reader: PostgresReader
) -> None:
    ours, theirs = warehouse.catalog(), reader.catalog()
    assert {t: ours[t] for t in ours} == {t: theirs[t] for t in ours}


def test_freshness_is_that_of_the_mart(either: Warehouse) -> None:
    freshness = either.freshness()
    (row,) = either.query("select * from data_freshness")
    assert freshness.built_at == row["built_at"]
    assert freshness.as_of == date(2026, 10, 20) >= freshness.data_through
    days = either.query("select max(reporting_date) as day from fct_charges")
    assert freshness.data_through >= days[0]["day"]


def test_a_query_that_takes_too_long_is_stopped(
    warehouse: DuckdbCopy, reader: PostgresReader
) -> None:
    endless = f"select count(*) from {', '.join(f'fct_charges t{n}' for n in range(6))}"
    for impatient in (
        DuckdbCopy(warehouse.path, query_seconds=0.5),
        PostgresReader(query_seconds=0.5),
    ):
        with pytest.raises(QueryFailed, match="was stopped"):
            impatient.query(endless)
        assert impatient.query("select 1 as one") == [{"one": 1}]


def test_batches_are_all_rows(either: Warehouse) -> None:
    (count,) = either.query("select count(*) as n from fct_charges")
    batches = list(either.batches("select charge_id from fct_charges", size=500))
    assert len(batches) > 1
    assert len({row["charge_id"] for batch in batches for row in batch}) == count["n"]


@pytest.mark.parametrize("sql", FORBIDDEN_IN_DUCKDB)
def test_sql_cannot_leave_the_serving_copy(warehouse: DuckdbCopy, sql: str) -> None:
    with pytest.raises(QueryFailed, match=FORBIDDEN_IN_DUCKDB[sql]):
        warehouse.query(sql)


@pytest.mark.parametrize("sql", FORBIDDEN_IN_POSTGRES)
def test_the_reader_may_only_read_the_marts(reader: PostgresReader, sql: str) -> None:
    with pytest.raises(QueryFailed):
        reader.query(sql)
    # The role's default is one that a session may change; the privileges are not.
    connection = psycopg2.connect(user=READER)
    connection.set_session(readonly=False, autocommit=True)
    with connection.cursor() as cursor, pytest.raises(psycopg2.Error) as refused:
        cursor.execute(sql)
    connection.close()
    assert FORBIDDEN_IN_POSTGRES[sql] in str(refused.value)


def test_the_role_reads_only_by_default(reader: PostgresReader) -> None:
    connection = psycopg2.connect(user=READER)
    with connection.cursor() as cursor:
        cursor.execute("show default_transaction_read_only")
        assert cursor.fetchone() == ("on",)
        cursor.execute("show statement_timeout")
        assert cursor.fetchone() == ("15s",)
    connection.close()


def test_a_role_that_may_write_is_refused(
    reader: PostgresReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARDS_PGUSER", "postgres")
    with pytest.raises(WarehouseError, match="postgres may write to the marts"):
        PostgresReader().query("select 1")


def test_a_lost_connection_is_opened_again(reader: PostgresReader) -> None:
    assert reader.query("select 1 as one") == [{"one": 1}]
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        f"where usename = '{READER}'"
    )
    assert reader.query("select 1 as one") == [{"one": 1}]


def test_pages_can_be_read_while_dbt_builds_in_postgres(
    reader: PostgresReader, postgres: Project
) -> None:
    """Each query sees a mart whole, of the old build or of the new one."""
    marts = ("fct_charges", "dim_customers", "executive_summary_daily")
    wanted = {mart: len(read_relation("analytics", mart)) for mart in marts}
    stop = threading.Event()
    wrong: list[object] = []
    asked = 0

    def ask() -> None:
        nonlocal asked
        while not stop.is_set():
            try:
                for mart in marts:
                    found = reader.query(f"select count(*) as n from {mart}")[0]["n"]
                    if found != wanted[mart]:
                        wrong.append((mart, found))
                asked += 1
            except Exception as error:
                wrong.append(error)

    clients = [threading.Thread(target=ask) for _ in range(3)]
    for client in clients:
        client.start()
    try:
        with connect() as connection, connection.cursor() as cursor:
            cursor.execute("select 'analytics.fct_charges'::regclass::oid")
            before = cursor.fetchone()
        for _ in range(3):
            run = postgres.run(["run", "--select", *marts], variables=EVENTS)
            assert run.success, run.text
        with connect() as connection, connection.cursor() as cursor:
            cursor.execute("select 'analytics.fct_charges'::regclass::oid")
            assert cursor.fetchone() != before
    finally:
        stop.set()
        for client in clients:
            client.join()
    assert wrong == []
    assert asked > 10
