"""The sample account with euros as its reporting currency, converted once a run."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import duckdb
from psycopg2.extras import execute_values

from harness.duckdb_file import copy_built
from harness.postgres import connect, execute
from harness.project import DATABASE_NAME, EVENTS, Project
from harness.run_folder import once

MARTS = (
    *("int_summaries__exchange_rates_daily", "executive_summary_daily_converted"),
    *("finance_operations_daily_converted", "exchange_rate_coverage"),
    *("mrr_monthly_converted", "receivables_monthly_converted"),
    *("int_summaries__receivables_converted", "int_summaries__balance_converted"),
    "balance_summary_monthly_converted",
    *("int_lifetime_value__flows_daily", "int_lifetime_value__flows_converted"),
    *("customer_lifetime_value_converted", "company_lifetime_value_converted"),
    *("int_lifetime_value__cohorts_converted", "lifetime_value_cohorts_converted"),
    "acquisition_cost_converted",
)
OWN = {"reporting_currency": "eur", "exchange_rates_relation": "finance.rates"}
# Every week to the middle of October; yen have none in August and September, dollars
# are dearer from June on.
RATES = """
create schema finance;
create table finance.rates as
select
    cast(days.day as date) as date,
    codes.currency,
    codes.rate + case
        when codes.currency = 'usd' and days.day >= date '2026-06-01' then 0.05 else 0
    end as rate
from range(date '2024-01-01', date '2026-10-20', interval 7 day) as days (day)
cross join (
    values ('usd', 0.9), ('kwd', 2.9), ('jpy', 0.006)
) as codes (currency, rate)
where not (codes.currency = 'jpy' and month(days.day) in (8, 9))
"""


def converted_sample(project: Project, built_sample: Path) -> Path:
    """A DuckDB file; copy it before it is opened."""

    def make(folder: Path) -> None:
        database = Path(tempfile.mkdtemp()) / DATABASE_NAME
        shutil.copy(built_sample, database)
        with duckdb.connect(str(database)) as connection:
            connection.execute(RATES)
        run = project.run(["run", "--select", *MARTS], database, EVENTS | OWN)
        assert run.success, run.text
        copy_built(database, folder)

    return once("converted_sample", make) / DATABASE_NAME


def copy_to_postgres(database: Path, names: Iterable[str]) -> None:
    """Marts of a DuckDB file, as they are, in a schema that is not there yet."""
    execute("create schema analytics")
    with duckdb.connect(str(database), read_only=True) as source:
        for name in names:
            mart = source.execute(f"select * from analytics.{name}")
            columns = ", ".join(f'"{c[0]}" {c[1]}' for c in mart.description)
            with closing(connect()) as connection, connection.cursor() as cursor:
                cursor.execute(f"create table analytics.{name} ({columns})")
                insert = f"insert into analytics.{name} values %s"
                execute_values(cursor, insert, mart.fetchall(), page_size=1000)
                connection.commit()
