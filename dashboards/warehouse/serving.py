"""The serving copy: what dashboards read, so that dbt may write the warehouse.

DuckDB lets one program write a file and then nobody else open it. The dashboards
therefore read a copy of the marts in a file of its own, which is replaced in one step
after a build that passed. A program that has the old file open finishes on it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

# Seeds that the pages read beside the marts.
REFERENCE_TABLES = ("stripe_currencies", "stripe_failure_codes")
# Looked up one by one among a million. DuckDB uses an index where it is the only
# condition on the table.
INDEXES = {
    "customer_lookup": ("customer_id",),
    "customer_lookup_cards": ("customer_id", "last4"),
    "customer_lookup_invoices": ("customer_id", "invoice_id"),
    "invoice_lookup": ("invoice_id", "customer_id"),
    "invoice_lookup_charges": ("invoice_id", "charge_id"),
    "invoice_lookup_line_items": ("invoice_id",),
    "fct_charges": ("charge_id", "customer_id", "invoice_id"),
    "fct_refunds": ("customer_id",),
    "fct_disputes": ("customer_id",),
    "fct_invoices": ("invoice_id", "customer_id"),
    "fct_subscriptions": ("subscription_id", "customer_id"),
    "dim_customers": ("customer_id",),
}
# What is read together lies together, so that a query reads a part of the file only:
# what a lookup shows, and days elsewhere.
LOOKED_UP_BY = {
    "customer_lookup": "customer_id",
    "customer_lookup_invoices": "customer_id",
    "invoice_lookup_charges": "invoice_id",
    "invoice_lookup_line_items": "invoice_id",
}
SORTED_BY = ("reporting_date", "created_at", "reporting_week", "reporting_month")


class ServingError(Exception):
    """The copy could not be made; the message says what to do."""


@dataclass(frozen=True)
class Published:
    """What a new copy holds."""

    path: Path
    table_count: int
    row_count: int
    seconds: float


def warehouse_path() -> Path:
    """The DuckDB file that dbt builds."""
    return Path(os.environ.get("SEGMENT_STRIPE_DUCKDB", "warehouse.duckdb"))


def serving_path(warehouse: Path | None = None) -> Path:
    """The copy of a warehouse: beside it, or where SEGMENT_STRIPE_SERVING says."""
    given = os.environ.get("SEGMENT_STRIPE_SERVING")
    warehouse = warehouse or warehouse_path()
    return Path(given) if given else warehouse.with_suffix(".serving.duckdb")


def marts_schema() -> str:
    """The schema of the marts, as in the profile."""
    return os.environ.get("SEGMENT_STRIPE_SCHEMA", "analytics")


def publish(warehouse: Path, copy: Path, schema: str | None = None) -> Published:
    """Copy the marts of a built warehouse and put the copy in place of the last one.

    The new file has another name until it is whole, so that no reader sees a part of
    it. Raises ServingError; the copy that stands is then left as it is. One at a time:
    scripts/refresh.py holds the lock.
    """
    began = time.perf_counter()
    if not warehouse.exists():
        raise ServingError(f"{warehouse} does not exist: run make build first.")
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    try:
        row_counts = write_copy(warehouse, unfinished, schema or marts_schema())
        flush(unfinished)
        unfinished.replace(copy)
    except (duckdb.Error, OSError) as error:
        raise ServingError(
            f"{copy} could not be written: {str(error).splitlines()[0]}"
        ) from error
    finally:
        remove(unfinished)
    return Published(
        copy, len(row_counts), sum(row_counts), time.perf_counter() - began
    )


def write_copy(warehouse: Path, target: Path, schema: str) -> list[int]:
    """Write the marts and the seeds that pages read; returns the rows of each."""
    remove(target)
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach '{quoted(warehouse)}' as built (read_only)")
        connection.execute(f"attach '{quoted(target)}' as serving")
        found = connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where database_name = 'built' and (schema_name = ? "
            "or (schema_name = ? and list_contains(?, table_name)))",
            [schema, f"{schema}_reference", list(REFERENCE_TABLES)],
        ).fetchall()
        if not any(name == schema for name, _ in found):
            raise ServingError(
                f"{warehouse} has no tables in schema {schema}: build it first, or "
                "name the schema of the marts in SEGMENT_STRIPE_SCHEMA."
            )
        for name in (schema, f"{schema}_reference"):
            connection.execute(f'create schema serving."{name}"')
        keys = INDEXES | own_keys(connection, schema, [name for _, name in found])
        row_counts = [
            copy_table(connection, *table, keys.get(table[1], ())) for table in found
        ]
        connection.execute("checkpoint serving")
    return row_counts


def own_keys(
    connection: duckdb.DuckDBPyConnection, schema: str, tables: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """{table: what it is looked up by} of the user's own tables; see own.py."""
    if "own_tables" not in tables:
        return {}
    rows = connection.execute(
        f'select table_name, key_columns from built."{schema}".own_tables'
    ).fetchall()
    return {name: (keys.split(",")[0],) for name, keys in rows}


def copy_table(
    connection: duckdb.DuckDBPyConnection, schema: str, name: str, keys: Sequence[str]
) -> int:
    """Copy one table with its comments, sorted and indexed for the pages.

    Returns its rows.
    """
    columns = connection.execute(
        "select column_name, data_type, is_nullable from duckdb_columns() "
        "where database_name = 'built' and schema_name = ? and table_name = ? "
        "order by column_index",
        [schema, name],
    ).fetchall()
    names = [column[0] for column in columns]
    wanted = (LOOKED_UP_BY.get(name), *SORTED_BY)
    order = next((f"order by {c} nulls last" for c in wanted if c in names), "")
    spelled = ", ".join(
        f'"{column}" {kind}{"" if is_nullable else " not null"}'
        for column, kind, is_nullable in columns
    )
    table = f'serving."{schema}"."{name}"'
    connection.execute(f"create table {table} ({spelled})")
    connection.execute(
        f'insert into {table} select * from built."{schema}"."{name}" {order}'
    )
    describe_table(connection, schema, name)
    for column in keys:
        connection.execute(f'create index "{name}_{column}" on {table} ({column})')
    return connection.execute(f"select count(*) from {table}").fetchone()[0]


def describe_table(
    connection: duckdb.DuckDBPyConnection, schema: str, name: str
) -> None:
    """Comment on a copied table and its columns as the warehouse does."""
    table = f'serving."{schema}"."{name}"'
    comments = connection.execute(
        "select 'table', '', comment from duckdb_tables() "
        "where database_name = 'built' and schema_name = $1 and table_name = $2 "
        "union all select 'column', '.\"' || column_name || '\"', comment "
        "from duckdb_columns() "
        "where database_name = 'built' and schema_name = $1 and table_name = $2",
        [schema, name],
    ).fetchall()
    connection.begin()
    for kind, column, comment in comments:
        if comment:
            connection.execute(
                f"comment on {kind} {table}{column} is '{quoted(comment)}'"
            )
    connection.commit()


def remove(file: Path) -> None:
    """Remove a DuckDB file, whole or what a killed process left of it."""
    file.unlink(missing_ok=True)
    file.with_name(f"{file.name}.wal").unlink(missing_ok=True)


def flush(file: Path) -> None:
    """Have the operating system write a file to the disk before it gets its name."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def quoted(text: Path | str) -> str:
    """A path or text within quotes in SQL."""
    return str(text).replace("'", "''")
