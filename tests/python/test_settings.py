"""Every value that docs/configuration.md offers builds; unit tests do not mind any."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest
import yaml
from harness.project import DATABASE_NAME, EVENTS, ROOT, Project

SPEND = "marketing.spend"
RATES = "marketing.rates"
NO_UNIT_TESTS = ["--exclude-resource-type", "unit_test"]
# Each away from its default, and all at once.
AWAY = {
    "stripe_sources": ["stripe", "stripe_second"],
    "stripe_accounts": [
        {"schema": "stripe", "name": "Europe's shop"},
        {"schema": "stripe_second", "database": DATABASE_NAME.split(".")[0]},
    ],
    "segment_event_sources": ["website"],
    "reporting_timezone": "America/New_York",
    "as_of": "2025-09-30",
    "include_test_mode": True,
    "passthrough_columns": {"charges": ["order"]},
    "own_objects": {
        "crm": {
            **{"relation": SPEND, "key": "customer", "key_column": "channel"},
            "source_column": "channel",
        }
    },
    "hash_personal_data": True,
    "identity_metadata_column": "metadata_user_id",
    "unite_customers_by_email": True,
    "session_idle_minutes": 10,
    "funnel_steps": ["first_payment", "invited_teammate", "no_event", "visit"],
    "ltv_margin": 0.5,
    "ad_spend_relation": SPEND,
    "reporting_currency": "eur",
    "exchange_rates_relation": RATES,
    "max_rate_age_days": 60,
    "mrr_coupon_durations": [],
    "mrr_statuses": ["active", "past_due", "trialing"],
    "incremental": True,
    "incremental_lookback_days": 3,
    # In another order all are on still; test_domains.py switches them off.
    "domains": [
        *("lifetime_value", "receivables", "disputes", "balances", "subscriptions")
    ],
}
# On the other side of the default, where there is one.
OTHERWISE = {
    "reporting_timezone": "Asia/Tokyo",
    "as_of": "2027-01-31",
    "session_idle_minutes": 240,
    "funnel_steps": ["clicked_call_to_action"],
    "ltv_margin": 0,
    "mrr_coupon_durations": ["forever", "repeating", "once"],
    "mrr_statuses": ["unpaid"],
}
# What makes no sense alone.
WITH = {"reporting_currency": {"exchange_rates_relation": RATES}}
EACH = [
    *(
        {name: value, **WITH.get(name, {})}
        for name, value in (AWAY | {"as_of": None}).items()
    ),
    *({name: value} for name, value in OTHERWISE.items()),
    {"as_of": "2025-09-30"},
    {"mrr_coupon_durations": ["repeating"]},
    {"mrr_coupon_durations": ["once"]},
    {"mrr_statuses": ["active", "unpaid"]},
    {"mrr_statuses": ["active", "paused"]},
]


@pytest.fixture
def warehouse(built_sample: Path, database: Path) -> Path:
    """The sample account, built, beside a second account and advertising."""
    shutil.copy(built_sample, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create schema stripe_second; "
            "create table stripe_second.charges as from stripe.charges limit 10; "
            f"create schema marketing; create table {SPEND} as select "
            "date '2025-09-01' as date, 'google' as channel, 'usd' as currency, "
            "12.5 as spend; "
            f"create table {RATES} as select range as date, 'usd' as currency, "
            "0.9 as rate "
            "from range(date '2025-01-01', date '2026-12-01', interval 7 day)"
        )
    return database


# Where the sample's raw tables hold names, e-mails and phone numbers.
PERSONAL = re.compile(r"(^|_)(name|email|phone|email_address)$")
BUSINESS = ("business_name", "display_name", "bank_name", "campaign_name")


def text_columns(
    connection: duckdb.DuckDBPyConnection, condition: str
) -> list[tuple[str, str, str]]:
    return connection.execute(
        "select table_schema, table_name, column_name from information_schema.columns "
        f"where data_type = 'VARCHAR' and {condition}"
    ).fetchall()


def personal_data_found(database: Path) -> list[tuple]:
    """Columns that hold a name, e-mail or phone number of the sample, with one each."""
    with duckdb.connect(str(database)) as connection:
        connection.execute("create temp table secrets (secret varchar)")
        raw = text_columns(connection, "table_schema in ('stripe', 'website')")
        people = [
            (schema, table, column)
            for schema, table, column in raw
            if table
            not in ("plans", "products", "pages", "screens", "groups", "tax_rates")
            and PERSONAL.search(column)
            and not column.endswith(BUSINESS)
        ]
        people.append(("stripe", "customers", "description"))
        for schema, table, column in people:
            connection.execute(
                f'insert into secrets select lower(trim("{column}")) '
                f'from {schema}.{table} where length("{column}") > 4'
            )
        found = connection.execute("select distinct secret from secrets").fetchall()
        assert len(found) > 300
        # Each text once, wherever it stands: looking for all in all takes a minute.
        held: dict[str, tuple[str, str, str]] = {}
        for schema, table, column in text_columns(
            connection, "table_schema like 'analytics%'"
        ):
            texts = connection.execute(
                f'select distinct lower("{column}") from {schema}.{table} '
                f'where "{column}" is not null'
            ).fetchall()
            held |= {text: (schema, table, column) for (text,) in texts}
        everything = "\n".join(held)
        told = [secret for (secret,) in found if secret and secret in everything]
        return [
            (*place, secret)
            for secret in told
            for text, place in held.items()
            if secret in text
        ]


def test_every_variable_is_tried() -> None:
    project = yaml.safe_load((ROOT / "dbt_project.yml").read_text())
    documented = (ROOT / "docs" / "configuration.md").read_text()
    assert set(AWAY) == set(project["vars"])
    assert [name for name in AWAY if f"| `{name}` |" not in documented] == []
    assert all(AWAY[name] != default for name, default in project["vars"].items())


def test_the_sample_builds_with_all_settings_changed(
    project: Project, warehouse: Path
) -> None:
    # One of the two lists of accounts.
    settings = AWAY | {"stripe_sources": ["stripe"]}
    run = project.run(["build", *NO_UNIT_TESTS], warehouse, settings)
    assert run.success, run.text
    assert AWAY["hash_personal_data"]
    assert personal_data_found(warehouse) == []


def test_no_unit_test_minds_the_settings(project: Project, warehouse: Path) -> None:
    command = ["test", "--select", "test_type:unit"]
    of_two = {"stripe_sources": ["stripe"]}
    run = project.run(command, warehouse, AWAY | OTHERWISE | of_two)
    assert run.success, run.text
    assert len(run.names("pass")) >= 49


@pytest.mark.long
@pytest.mark.parametrize("variables", EACH, ids=str)
def test_the_sample_builds_with(
    variables: dict, project: Project, warehouse: Path
) -> None:
    run = project.run(["build"], warehouse, EVENTS | variables)
    assert run.success, run.text
