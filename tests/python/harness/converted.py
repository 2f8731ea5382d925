"""The sample account with euros as its reporting currency, converted once a run."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import duckdb

from harness.project import DATABASE_NAME, EVENTS, Project
from harness.run_folder import once

MARTS = (
    *("int_summaries__exchange_rates_daily", "executive_summary_daily_converted"),
    *("finance_operations_daily_converted", "exchange_rate_coverage"),
    *("mrr_monthly_converted", "receivables_monthly_converted"),
    *("int_summaries__receivables_converted", "int_summaries__balance_converted"),
    "balance_summary_monthly_converted",
    *("int_lifetime_value__flows_daily", "int_lifetime_value__flows_converted"),
    "customer_lifetime_value_converted",
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
        with duckdb.connect(str(database)) as connection:
            connection.execute("checkpoint")
        # dbt keeps the file open in this process; nobody opens its copy.
        shutil.copy(database, folder / DATABASE_NAME)

    return once("converted_sample", make) / DATABASE_NAME
