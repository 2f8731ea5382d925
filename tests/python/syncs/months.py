"""The simulated account as Segment delivers it every few hours, only what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from sample_account.account import Plan, _write
from sample_account.load import filled_columns, quoted_files, tables_of
from sample_account.segment import View

SCHEMAS = ("stripe", "website")
KEYS = {"invoice_lines": ("id", "invoice_id")}


@dataclass(frozen=True)
class Hours(Plan):
    """A plan that shows what was received between two moments of the day."""

    until: datetime | None = None
    after: datetime | None = None

    @property
    def view(self) -> View:
        moments = [m and int(m.timestamp()) for m in (self.until, self.after)]
        return View(*moments)


def moments(first: date, count: int, hours: int) -> list[datetime]:
    """So many moments, as many hours apart, from the end of a day on."""
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    return [start + timedelta(days=1, hours=hours * n) for n in range(count)]


def received(
    folder: Path, customers: int, after: datetime | None, until: datetime
) -> Path:
    """Write what Segment received between the moments; all where there is no first."""
    plan = Hours(
        customers=customers,
        months=10,
        seed=1,
        start=date(2026, 1, 1),
        as_of=(until - timedelta(seconds=1)).date(),
        since=None,
        second=0,
        until=until,
        after=after,
    )
    account = folder / f"{until:%Y-%m-%d_%H}"
    account.mkdir(parents=True)
    _write(plan, account, 1, False)
    (account / "account.json").touch()
    return account


def upsert(account: Path, database: Path) -> int:
    """Load the rows in the place of their earlier versions; gives their number."""
    count = 0
    with duckdb.connect(str(database)) as connection:
        connection.execute("set timezone = 'UTC'")
        for schema, name, parts in tables_of(account):
            if schema in SCHEMAS:
                connection.execute(f"create schema if not exists {schema}")
                count += upsert_table(connection, f'{schema}."{name}"', name, parts)
    return count


def upsert_table(
    connection: duckdb.DuckDBPyConnection, relation: str, name: str, parts: list[Path]
) -> int:
    """One table; a column exists once it had a value."""
    columns = ", ".join(f'"{column}"' for column in filled_columns(parts))
    connection.execute(
        f"create or replace temp table brought as select {columns} "
        f"from read_parquet({quoted_files(parts)})"
    )
    connection.execute(f"create table if not exists {relation} as from brought limit 0")
    there = {column for column, *_ in described(connection, relation)}
    for column, kind, *_ in described(connection, "brought"):
        if column not in there:
            connection.execute(f'alter table {relation} add column "{column}" {kind}')
    same = " and ".join(f"b.{key} = r.{key}" for key in KEYS.get(name, ("id",)))
    connection.execute(
        f"delete from {relation} as r "
        f"where exists (select 1 from brought b where {same})"
    )
    connection.execute(f"insert into {relation} by name from brought")
    return connection.execute("select count(*) from brought").fetchone()[0]


def described(connection: duckdb.DuckDBPyConnection, relation: str) -> Iterator[tuple]:
    return connection.execute(f"describe {relation}").fetchall()
