"""Bad settings and bad data: one clear error, or the answer that domain rules give."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import duckdb
import pytest
from harness.cases import Case, load_case, read_case, read_rows
from harness.compare import differences, read_mart
from harness.project import DATABASE_NAME, Project, Run

FIXTURES = Path(__file__).parent / "fixtures"
SLICE = ["--select", "+executive_summary_monthly", "--indirect-selection", "cautious"]
SLICE += ["--exclude", "test_type:unit"]
# What comes from the one table that is wrong, and its model alone.
FROM_CHARGES = ["--select", "stg_stripe__charges+,+executive_summary_monthly"]
CHARGES = ["--select", "stg_stripe__charges"]
# Unit tests have rows of their own, whatever an account holds.
WHOLE = ["build", "--exclude", "test_type:unit"]


def one_charge(**changes: str | None) -> Case:
    """An account of one dollar charge, with cells changed."""
    charge = {
        "id": "ch_1",
        "amount": "100",
        "currency": "usd",
        "status": "succeeded",
        "created": "2026-03-01 10:00:00",
    } | changes
    rows = [{name: value for name, value in charge.items() if value != "no column"}]
    return Case("one_charge", "", [], {}, {}, {"stripe": {"charges": rows}}, {})


def tables_built(database: Path) -> int:
    with duckdb.connect(str(database)) as connection:
        return connection.execute(
            "select count(*) from information_schema.tables "
            "where table_schema like 'analytics%'"
        ).fetchone()[0]


def the_error(run: Run) -> str:
    """The one error of a run; more than one is a fault of its own."""
    errors = [line for line in run.lines if "Compilation Error" in line]
    assert not run.success
    assert len(run.names("error")) <= 1, run.text
    return " ".join(errors[-1].split())


def own_object(**changes: object) -> dict:
    """A table of one's own, with parts changed."""
    said = {"relation": "stripe.charges", "key": "charge", "key_column": "id"}
    said |= {"rows": "one", "columns": ["status"]}
    return {"own_objects": {"crm": said | changes}}


def accounts(*listed: object) -> dict:
    return {"stripe_accounts": [*listed]}


def euros_from(relation: str) -> dict:
    """Euros as the reporting currency, with rates of a relation."""
    return {"reporting_currency": "eur", "exchange_rates_relation": relation}


def load_bad_rates(database: Path) -> None:
    """Rates that nobody can mean: one of 0, and two of a day."""
    columns = "(date date, currency varchar, rate decimal(9, 2))"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            f"create table stripe.zero {columns}; create table stripe.two {columns}; "
            "insert into stripe.zero values ('2026-03-01', 'usd', 0); insert into "
            "stripe.two values ('2026-03-01', 'usd', 1), ('2026-03-01', 'USD ', 1)"
        )


def own_charge_column(*entries: object) -> dict:
    return {"passthrough_columns": {"charges": [*entries]}}


@pytest.mark.parametrize(
    ("column", "wrong_type", "value"),
    [
        ("id", "bigint", "1"),
        ("id", "timestamp", "2026-03-01"),
        ("amount", "varchar", "100"),
        ("amount", "timestamp", "2026-03-01"),
        ("amount", "boolean", "true"),
        ("currency", "integer", "1"),
        ("created", "varchar", "2026-03-01"),
        ("created", "boolean", "true"),
    ],
)
def test_a_required_column_of_the_wrong_type_is_one_error(
    column: str, wrong_type: str, value: str, project: Project, database: Path
) -> None:
    types = {f"charges.{column}": wrong_type}
    load_case(one_charge(**{column: value}), database, types)
    selection = FROM_CHARGES if column == "currency" else CHARGES
    run = project.run(["build", *selection], database)
    assert f"stripe.charges.{column} has type {wrong_type.upper()}" in the_error(run)


@pytest.mark.parametrize("column", ["id", "amount", "currency", "status", "created"])
def test_a_required_column_that_is_missing_is_one_error(
    column: str, project: Project, database: Path
) -> None:
    load_case(one_charge(**{column: "no column"}), database)
    selection = FROM_CHARGES if column == "currency" else CHARGES
    run = project.run(["build", *selection], database)
    assert f"stripe.charges has no column {column}" in the_error(run)


BAD_SETTINGS = [
    ({"reporting_timezone": "New York"}, "reporting_timezone is 'New York'"),
    ({"reporting_timezone": "'; drop table x; --"}, "which is no time zone"),
    ({"stripe_sources": ["stripe", "strip"]}, "names schema 'strip'"),
    ({"stripe_sources": []}, "stripe_sources is empty"),
    ({"stripe_sources": ["stripe", "stripe"]}, "lists 'stripe' twice"),
    ({"stripe_accounts": "stripe"}, "stripe_accounts is 'stripe', which is not a"),
    (accounts({"name": "Europe"}), "has the entry {'name': 'Europe'}: write"),
    (accounts({"schema": "stripe", "zone": "UTC"}), "of which only the schema"),
    (accounts({"schema": "stripe", "name": 7}), "gives stripe the name '7': write"),
    (accounts("stripe", {"schema": "STRIPE"}), "lists 'stripe' twice: remove one"),
    (accounts("stripe", {"schema": "us", "name": "Stripe"}), "to two accounts"),
    (accounts({"schema": "us"}), "stripe_accounts names schema 'us', which does"),
    (accounts({"schema": "stripe", "database": "x"}), "not exist in database 'x'"),
    (
        accounts("stripe") | {"stripe_sources": ["stripe", "stripe_us"]},
        "are both set: move the schemas of stripe_sources into",
    ),
    ({"segment_event_sources": ["web"]}, "segment_event_sources names schema"),
    ({"as_of": "2026-02-30"}, "as_of is '2026-02-30', which is no date"),
    ({"as_of": "yesterday"}, "as_of is 'yesterday', which is no date"),
    ({"include_test_mode": "yes"}, "include_test_mode is 'yes'"),
    ({"passthrough_columns": {"charge": ["x"]}}, "names 'charge'"),
    ({"passthrough_columns": {"charges": "x"}}, "charges is not a list"),
    ({"passthrough_columns": {"charges": ['x"']}}, "which is no column name"),
    ({"passthrough_columns": {"charges": [1]}}, "names '1', which is no column"),
    ({"passthrough_columns": {"charges": ["Order", "order"]}}, "column twice"),
    (own_charge_column({"name": "x", "alias": "y"}, "Y"), "column twice"),
    (own_charge_column({"name": "x", "alias": "status"}), "alias: own_status}"),
    (own_charge_column("currency"), "charges.currency, which the staging model"),
    (own_charge_column({"name": "x", "as": "y"}), "has the entry"),
    (own_charge_column({"alias": "y"}), "has the entry"),
    (own_charge_column({"name": "x", "type": "text"}), "the type 'text': use one"),
    (own_charge_column({"name": "x_*", "alias": "y"}), "may be several columns"),
    (own_charge_column({"name": "x", "alias": "a b"}), "which is no column name"),
    (own_charge_column("x_*-"), "which is no column name"),
    ({"domains": "disputes"}, "domains is 'disputes', which is not a list"),
    ({"domains": ["dispute"]}, "domains lists 'dispute', which is none: choose"),
    ({"own_objects": ["crm"]}, "own_objects is not a mapping: list"),
    (
        {"own_objects": {"crm": {"relation": "x.crm"}}},
        "crm names x.crm, which does",
    ),
    ({"funnel_steps": "visit"}, "funnel_steps is 'visit', which is not a list"),
    ({"funnel_steps": {"visit": 1}}, "which is not a list: write for example"),
    ({"funnel_steps": []}, "funnel_steps is empty"),
    ({"funnel_steps": ["visit", "trial", "visit"]}, "lists 'visit' twice: remove"),
    (
        {"funnel_steps": ["Trial Started"]},
        "lists 'Trial Started', which is no name",
    ),
    ({"funnel_steps": [1]}, "lists '1', which is no name of an event: write"),
    ({"funnel_steps": ["tracks"]}, "lists 'tracks', which is no event but a table"),
    ({"funnel_steps": ["a" * 64]}, "at most 63 small letters, digits and"),
    ({"mrr_statuses": "active"}, "mrr_statuses is 'active', which is not a list"),
    ({"mrr_statuses": []}, "mrr_statuses is empty"),
    ({"mrr_statuses": ["Active"]}, "mrr_statuses lists 'Active'"),
    ({"mrr_coupon_durations": ["ever"]}, "mrr_coupon_durations lists 'ever'"),
    ({"passthrough_columns": ["x"]}, "passthrough_columns is not a mapping"),
    ({"identity_metadata_column": 'x"'}, "identity_metadata_column names 'x\"'"),
    ({"session_idle_minutes": 0}, "session_idle_minutes is '0'"),
    ({"session_idle_minutes": "30"}, "session_idle_minutes is '30'"),
    ({"session_idle_minutes": True}, "session_idle_minutes is 'True'"),
    ({"ltv_margin": -1}, "ltv_margin is '-1'"),
    ({"ltv_margin": 0.1234567}, "ltv_margin is '0.1234567'"),
    ({"ad_spend_relation": "spend"}, "write it as schema.table"),
    ({"ad_spend_relation": "no.spend"}, "names 'no.spend', which does not exist"),
    ({"ad_spend_relation": "stripe.charges"}, "has no column date"),
    ({"max_rate_age_days": -1}, "max_rate_age_days is '-1'"),
    ({"max_rate_age_days": "7"}, "max_rate_age_days is '7': set it, unquoted"),
    ({"reporting_currency": "EUR"}, "reporting_currency is 'EUR', which is no"),
    (euros_from("stripe.two") | {"reporting_currency": "xyz"}, "no currency of S"),
    (euros_from("stripe.two") | {"reporting_currency": 978}, "is '978', which is"),
    ({"reporting_currency": "eur"}, "but there are no rates: name their relation"),
    (euros_from("rates"), "names 'rates', which does not exist: name a seed"),
    (euros_from("no.rates"), "names 'no.rates', which does not exist"),
    (euros_from("no rates; --"), "names 'no rates; --', which does not exist"),
    (euros_from("stripe.charges"), "'stripe.charges', which has no column date"),
    (euros_from("stripe.zero"), "the rate of usd on 2026-03-01 is not above 0"),
    (euros_from("stripe.two"), "has 2 rates of usd on 2026-03-01: leave one"),
    (own_object(relation="stripe.nothing"), "stripe.nothing, which does not exist"),
    (own_object(key_column=None), "crm lacks key_column: name the column of"),
    (own_object(key_column="reference"), "has no column reference for its key"),
    (own_object(key_column="amount"), "but ids of Stripe are text such as cus_1"),
    (own_object(columns=["status", "tier"]), "has no column tier (it has id, "),
    (own_object(source_column="shop"), "own_objects.crm needs source_column, a"),
    (
        own_object(columns=[{"name": "amount", "type": "date"}]),
        "own_objects.crm says that amount is date, but stripe.charges has it as",
    ),
]
# One of each set of variables, by their names.
ONE_OF_EACH = {tuple(bad): (bad, said) for bad, said in reversed(BAD_SETTINGS)}


def run_on_one_charge(
    command: list[str], project: Project, database: Path, variables: dict
) -> Run:
    load_case(one_charge(), database)
    if "reporting_currency" in variables:
        load_bad_rates(database)
    return project.run(command, database, variables)


@pytest.mark.parametrize(("variables", "sentence"), BAD_SETTINGS)
def test_a_bad_setting_is_one_sentence(
    variables: dict, sentence: str, project: Project, database: Path
) -> None:
    """By the operation that each build begins with, in half the time of a build."""
    checking = ["run-operation", "check_configuration"]
    run = run_on_one_charge(checking, project, database, variables)
    assert sentence in the_error(run)


@pytest.mark.parametrize(("variables", "sentence"), ONE_OF_EACH.values())
def test_a_build_says_it_before_any_table(
    variables: dict, sentence: str, project: Project, database: Path
) -> None:
    run = run_on_one_charge(["build"], project, database, variables)
    assert sentence in the_error(run)
    assert tables_built(database) == 0


NUMBER_TYPES = ("integer", "bigint", "double", "decimal(18, 0)")


def test_epoch_seconds_are_timestamps(project: Project, database: Path) -> None:
    """An account for each type that a warehouse may have for them."""
    case = copy.deepcopy(read_case(FIXTURES / "new_york_days.yml"))
    with duckdb.connect() as connection:
        for rows in case.schemas["stripe"].values():
            for row in rows:
                row["created"] = connection.execute(
                    "select epoch(cast(? as timestamp))::bigint::varchar",
                    [row["created"]],
                ).fetchone()[0]
    accounts = {kind.split("(")[0]: kind for kind in NUMBER_TYPES}
    for schema, kind in accounts.items():
        types = {f"{table}.created": kind for table in ("charges", "customers")}
        load_case(case, database, types, as_schema=schema)
    variables = case.variables | {"stripe_sources": list(accounts)}
    run = project.run(["build", *SLICE], database, variables)
    assert run.success, run.text
    mart = "executive_summary_daily"
    found = read_mart(database, mart)
    for schema in accounts:
        own = [row for row in found if row["source_relation"] == schema]
        assert differences(case.expected[mart], own) == [], schema


@pytest.mark.parametrize("key", [None, ""])
def test_a_row_without_a_key_fails_a_test_that_shows_it(
    key: str | None, project: Project, database: Path
) -> None:
    load_case(one_charge(id=key), database)
    run = project.run(["build", *SLICE], database)
    assert "not_null_stg_stripe__charges_charge_id" in run.broken
    assert "FAIL not_null_stg_stripe__charges_charge_id: 1 rows." in run.text


Built = tuple[Run, Path]


def unknown_currency() -> Case:
    """Four known currencies, and one charge of another."""
    case = copy.deepcopy(read_case(FIXTURES / "two_currencies_in_one_day.yml"))
    charges = case.schemas["stripe"]["charges"]
    unknown = {"id": "ch_9", "amount": "100", "currency": "xyz"}
    charges.append(charges[0] | unknown)
    return case


def lacking() -> Case:
    """Null values, ids that point nowhere, amounts in units, an id for a number."""
    case = one_charge(customer_id="cus_gone", application_fee="fee_123")
    case.schemas["stripe"]["customers"] = read_rows("id\ncus_1")
    charges = case.schemas["stripe"]["charges"]
    for column in LACKED:
        charges.append(charges[0] | {"id": f"ch_no_{column}", column: None})
    charges.append(charges[0] | {"id": "ch_in_units", "amount": "10.99"})
    return case


LACKED = ("amount", "currency", "status", "created")
LACKING_TYPES = {"charges.amount": "decimal(18, 2)"}
LACKING_TYPES |= {"charges.application_fee": "varchar"}


@pytest.fixture(scope="module")
def faulty(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Three accounts with a fault each, built whole together."""
    database = tmp_path_factory.mktemp("faulty") / DATABASE_NAME
    unknown = unknown_currency()
    load_case(unknown, database, as_schema="unknown")
    load_case(lacking(), database, LACKING_TYPES, as_schema="lacking")
    late = one_charge(id="ch_late", created="1772000000000")
    good = one_charge(id="ch_2", created="1772000000").schemas["stripe"]["charges"]
    late.schemas["stripe"]["charges"] += good
    load_case(late, database, {"charges.created": "bigint"}, as_schema="late")
    sources = {"stripe_sources": ["unknown", "lacking", "late"]}
    return project.run(WHOLE, database, unknown.variables | sources), database


def test_what_is_unknown_or_lacking_stops_nothing_else(faulty: Built) -> None:
    """What fails is what names the unknown currency and the date in milliseconds."""
    run, _ = faulty
    seconds = [name for name in run.broken if "in_seconds" in name]
    assert seconds
    assert sorted({*run.broken} - {*seconds}) == ["assert_currencies_are_known"]


def rows_of(database: Path, mart: str, schema: str) -> list[dict]:
    return [r for r in read_mart(database, mart) if r["source_relation"] == schema]


def test_an_unknown_currency_fails_a_test_that_names_it(faulty: Built) -> None:
    run, database = faulty
    assert "unknown_currency=xyz" in run.text
    rows = rows_of(database, "executive_summary_daily", "unknown")
    known = [row for row in rows if row["currency"] != "xyz"]
    expected = unknown_currency().expected["executive_summary_daily"]
    assert differences(expected, known) == []
    (day,) = (r for r in rows if r["currency"] == "xyz" and r["gross_charge_count"])
    assert day["attempted_charge_count"] == 1
    assert day["gross_charge_amount"] is None
    assert all(
        value is None
        for row in rows
        for name, value in row.items()
        if row["currency"] == "xyz" and name.endswith("_amount")
    )


def test_what_delivered_rows_lack_warns_and_names_the_row(faulty: Built) -> None:
    run, database = faulty
    assert "assert_required_values_are_there" in run.names("warn")
    named = {*re.findall(r"row_id=(\w+)", run.text)} - {"ch_late"}
    assert named == {*(f"ch_no_{column}" for column in LACKED), "ch_in_units"}
    assert "missing_customer_id=cus_gone" in run.text
    rows = rows_of(database, "executive_summary_monthly", "lacking")
    assert sum(row["gross_charge_amount"] or 0 for row in rows) == 1


def test_a_date_in_milliseconds_fails_a_test_that_names_the_row(faulty: Built) -> None:
    run, _ = faulty
    assert [name for name in run.names("fail") if "in_seconds" in name]
    assert "row_id=ch_late" in run.text


def test_own_columns_pass_through_and_absent_ones_are_null(
    project: Project, database: Path
) -> None:
    case = one_charge(metadata_order="A-1")
    load_case(case, database)
    variables = {"passthrough_columns": {"charges": ["metadata_order", "metadata_x"]}}
    run = project.run(["run", "-s", "stg_stripe__charges"], database, variables)
    assert run.success, run.text
    with duckdb.connect(str(database)) as connection:
        row = connection.execute(
            "select metadata_order, metadata_x "
            "from analytics_staging.stg_stripe__charges"
        ).fetchone()
    assert row == ("A-1", None)
    # Nobody who has no models of one's own is told to write them again.
    assert "write_own_models" not in run.text


def test_personal_data_is_hashed_on_request(project: Project, database: Path) -> None:
    case = Case("", "", [], {}, {}, {"stripe": {}}, {})
    case.schemas["stripe"]["customers"] = read_rows(
        "id, email\ncus_1, Ada@x.test\ncus_2, ada@x.test"
    )
    load_case(case, database)
    run = project.run(["build", *SLICE], database, {"hash_personal_data": True})
    assert run.success, run.text
    emails = {row["email"] for row in read_mart(database, "dim_customers")}
    assert len(emails) == 1
    assert "ada@x.test" not in emails
