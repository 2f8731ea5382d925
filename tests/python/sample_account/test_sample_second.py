"""A second account of the same people, and daily rates with holes at weekends."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal

import duckdb
import pytest

from sample_account import create_account, load_duckdb

DAY = dt.date(2026, 10, 20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An account of sixty customers beside one of twenty."""
    made = tmp_path_factory.mktemp("second") / "account"
    asked = {"customers": 60, "months": 6, "second": 20, "as_of": DAY, "workers": 1}
    create_account(made, **asked)
    assert create_account(made, **asked)["reused"]
    assert not create_account(made, **asked | {"second": 21})["reused"]
    return made


def test_both_accounts_have_some_people_and_no_id_in_common(folder, tmp_path):
    database = tmp_path / "warehouse.duckdb"
    rows = load_duckdb(folder, database)
    assert rows["stripe_us.charges"] > 0
    with duckdb.connect(str(database)) as connection:
        (people, shared, ids) = connection.execute(
            "select count(distinct ours.email), count(distinct theirs.email), "
            "count(*) filter (where ours.id = theirs.id) "
            "from stripe_us.customers as ours left join stripe.customers as theirs "
            "on lower(ours.email) = lower(theirs.email)"
        ).fetchone()
        schemas = connection.execute(
            "select distinct table_schema from information_schema.tables order by all"
        ).fetchall()
    assert 0 < shared <= people
    assert ids == 0
    assert [name for (name,) in schemas] == ["stripe", "stripe_us", "truth", "website"]


def test_rates_are_of_every_weekday_and_of_no_dinar(folder):
    with (folder / "exchange_rates.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    first = dt.date(2026, 4, 24)
    days = {first + dt.timedelta(days=n) for n in range((DAY - first).days + 1)}
    weekdays = {str(day) for day in days if day.weekday() < 5}
    for currency, about in (("usd", Decimal("0.92")), ("jpy", Decimal("0.0061"))):
        rates = {r["date"]: r["rate"] for r in rows if r["currency"] == currency}
        assert rates.keys() == weekdays
        assert all(
            abs(Decimal(rate) / about - 1) < Decimal("0.1") for rate in rates.values()
        )
    assert {row["currency"] for row in rows} == {"usd", "jpy"}
