"""Two sample accounts, whose timestamps arrive in two of the ways that Segment has."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from harness.duckdb_file import columns_of, tables_of
from harness.project import AS_OF
from sample_account import create_account, load_duckdb

# How a timestamp of a raw table is delivered: an expression over its plain form.
DELIVERED = {
    "plain": "{column}",
    "zoned": "{column} at time zone 'UTC'",
    "epoch": "cast(epoch({column}) as bigint)",
}
SETTINGS = {
    "stripe_sources": ["stripe", "stripe_america"],
    "segment_event_sources": ["website"],
    "reporting_timezone": "America/New_York",
}


def two_accounts(database: Path, folder: Path, first: str, second: str) -> None:
    """Write `stripe` (200 customers), `stripe_america` (40) and `website`.

    first, second: how their timestamps are delivered, a key of DELIVERED.
    """
    day = date.fromisoformat(AS_OF)
    for name, customers, seed in (("america", 40, 2), ("europe", 200, 1)):
        account = folder / name
        create_account(account, customers=customers, months=14, as_of=day, seed=seed)
        load_duckdb(account, database)
        if name == "america":
            set_aside(database)
    deliver(database, "stripe", DELIVERED[first])
    deliver(database, "stripe_america", DELIVERED[second])


def set_aside(database: Path) -> None:
    """Keep the tables of `stripe` as those of `stripe_america`."""
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema stripe_america")
        for table in tables_of(connection, "stripe"):
            connection.execute(
                f'create table stripe_america."{table}" as from stripe."{table}"'
            )


def deliver(database: Path, schema: str, expression: str) -> None:
    """Deliver every timestamp of a schema in another way."""
    with duckdb.connect(str(database)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for table in tables_of(connection, schema):
            columns = columns_of(connection, schema, table).items()
            changed = ", ".join(
                expression.format(column=f'"{column}"') + f' as "{column}"'
                for column, kind in columns
                if kind == "TIMESTAMP"
            )
            if changed:
                connection.execute(
                    f'create or replace table {schema}."{table}" as '
                    f'select * replace ({changed}) from {schema}."{table}"'
                )
