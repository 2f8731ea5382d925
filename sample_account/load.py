"""Loading an account's Parquet files into DuckDB or PostgreSQL."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from .errors import AccountError

SCHEMAS = ("stripe", "stripe_us", "website", "truth")
# Which tables a load made; only these may be replaced.
MARKER = "truth.sample_tables"
_TABLES_THERE = f"""
select table_schema, table_name from information_schema.tables
where table_schema in {SCHEMAS}
"""
_POSTGRES_TYPES = {
    pa.string(): "text",
    pa.int64(): "bigint",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp with time zone",
    pa.decimal128(38, 6): "numeric",
}


def tables_of(source: Path) -> Iterator[tuple[str, str, list[Path]]]:
    """Schema, name and part files of each table of an account."""
    if not (source / "account.json").is_file():
        raise AccountError(
            f"{source} holds no sample account:"
            " run scripts/create_sample_account.py --output first."
        )
    for schema in SCHEMAS:
        for folder in sorted((source / schema).glob("*/")):
            parts = sorted(folder.glob("part-*.parquet"))
            if parts:
                yield schema, folder.name, parts


def filled_columns(parts: list[Path]) -> list[str]:
    """Columns that hold at least one value, in order: others do not exist yet."""
    filled: dict[str, bool] = {}
    for part in parts:
        metadata = pq.read_metadata(part)
        for group in range(metadata.num_row_groups):
            row_group = metadata.row_group(group)
            for place in range(row_group.num_columns):
                column = row_group.column(place)
                name, statistics = column.path_in_schema, column.statistics
                nulls = statistics.null_count if statistics is not None else 0
                has = (nulls or 0) < row_group.num_rows
                filled[name] = filled.get(name, False) or has
    return [name for name, has in filled.items() if has]


def quoted_files(parts: list[Path]) -> str:
    """A list of files in DuckDB's SQL."""
    names = [str(part).replace("'", "''") for part in parts]
    return "[" + ", ".join(f"'{name}'" for name in names) + "]"


def load_duckdb(source: str | Path, database: str | Path) -> dict[str, int]:
    """Replace the account's schemas' tables in a DuckDB file, all or nothing.

    Returns rows per table. Other schemas are left alone. Raises AccountError when the
    file is locked or cannot be written.
    """
    import duckdb

    source = Path(source)
    tables = list(tables_of(source))
    rows: dict[str, int] = {}
    try:
        with duckdb.connect(str(database)) as connection:
            connection.execute("set timezone = 'UTC'")
            connection.begin()
            _refuse_to_replace_others(connection, str(database))
            _drop_duckdb(connection, {schema for schema, _, _ in tables})
            for schema, name, parts in tables:
                rows[f"{schema}.{name}"] = _copy_duckdb(connection, schema, name, parts)
            _mark(connection, tables)
            connection.commit()
    except duckdb.IOException as error:
        raise AccountError(_explained(str(error), database)) from error
    except duckdb.Error as error:
        raise AccountError(
            f"DuckDB could not load the account into {database}:"
            f" {str(error).splitlines()[0]}"
        ) from error
    return rows


def _refuse_to_replace_others(cursor: Any, place: str) -> None:
    """Only tables that an earlier load made may be replaced."""
    cursor.execute(_TABLES_THERE)
    there = {f"{schema}.{name}" for schema, name in cursor.fetchall()}
    made = {MARKER}
    if MARKER in there:
        cursor.execute(f"select table_name from {MARKER}")
        made |= {name for (name,) in cursor.fetchall()}
    if others := sorted(there - made):
        raise AccountError(
            f"{others[0]} in {place} was not made by a sample account, and loading"
            " could replace it: load into another database."
        )


def _mark(cursor: Any, tables: list[tuple[str, str, list[Path]]]) -> None:
    """Write down which tables this load made."""
    names = ", ".join(f"('{schema}.{name}')" for schema, name, _ in tables)
    cursor.execute(f"drop table if exists {MARKER}")
    cursor.execute(f"create table {MARKER} (table_name varchar)")
    cursor.execute(f"insert into {MARKER} values {names}")


def _explained(message: str, database: str | Path) -> str:
    """One sentence for what DuckDB says about a file."""
    if "lock" in message:
        return (
            f"The database {database} is locked by another program:"
            " close it, or name another file in SEGMENT_STRIPE_DUCKDB, and load again."
        )
    if "space" in message.lower():
        return f"No space left for {database}: free disk space and load again."
    return (
        f"The database {database} cannot be opened or written:"
        f" check its folder and rights ({message.splitlines()[0]})."
    )


def _drop_duckdb(connection: Any, schemas: set[str]) -> None:
    """Drop what an earlier load made, and make the schemas that this one fills."""
    for schema in sorted({"truth", *schemas}):
        connection.execute(f"create schema if not exists {schema}")
    for schema in SCHEMAS:
        found = connection.execute(
            "select table_name from duckdb_tables()"
            " where schema_name = ? and database_name = current_database()",
            [schema],
        ).fetchall()
        for (name,) in found:
            connection.execute(f'drop table {schema}."{name}"')


def _copy_duckdb(connection: Any, schema: str, name: str, parts: list[Path]) -> int:
    """One table from its part files; returns its rows."""
    names = ", ".join(f'"{column}"' for column in filled_columns(parts))
    files = quoted_files(parts)
    connection.execute(
        f'create table {schema}."{name}" as select {names} from read_parquet({files})'
    )
    count = connection.execute(f'select count(*) from {schema}."{name}"').fetchone()
    return int(count[0])


def load_postgres(source: str | Path, dsn: str = "") -> dict[str, int]:
    """Replace the account's schemas' tables in PostgreSQL, all or nothing.

    `dsn` is a libpq connection string; empty: the PG* variables. Returns rows per
    table. Raises AccountError when the server cannot be reached or refuses.
    """
    import psycopg2

    source = Path(source)
    tables = list(tables_of(source))
    try:
        connection = psycopg2.connect(dsn)
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise AccountError(
            "No PostgreSQL server answers: start one or set PGHOST, PGPORT, PGUSER,"
            f" PGPASSWORD and PGDATABASE ({reason})."
        ) from error
    rows: dict[str, int] = {}
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("set local timezone = 'UTC'")
            _refuse_to_replace_others(cursor, "this PostgreSQL database")
            _drop_postgres(cursor, {table[:2] for table in tables})
            for schema, name, parts in tables:
                rows[f"{schema}.{name}"] = _copy_postgres(cursor, schema, name, parts)
            _mark(cursor, tables)
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise AccountError(
            f"PostgreSQL refused the account ({reason}):"
            " check rights and space, then load again."
        ) from error
    finally:
        connection.close()
    return rows


def _drop_postgres(cursor: Any, kept: set[tuple[str, str]]) -> None:
    """Drop tables of an earlier load that this one does not bring."""
    for schema in sorted({"truth", *(schema for schema, _ in kept)}):
        cursor.execute(f"create schema if not exists {schema}")
    for schema in SCHEMAS:
        cursor.execute(
            "select tablename from pg_tables where schemaname = %s", [schema]
        )
        for (name,) in cursor.fetchall():
            if (schema, name) not in kept:
                cursor.execute(f'drop table {schema}."{name}" cascade')


def _copy_postgres(cursor: Any, schema: str, name: str, parts: list[Path]) -> int:
    """One table from its part files; returns its rows."""
    names = filled_columns(parts)
    types = pq.read_schema(parts[0])
    spec = [(column, _POSTGRES_TYPES[types.field(column).type]) for column in names]
    _empty_postgres(cursor, schema, name, spec)
    quoted = ", ".join(f'"{column}"' for column in names)
    count = 0
    for part in parts:
        table = pq.read_table(part, columns=names)
        count += table.num_rows
        for batch in table.to_batches(max_chunksize=200_000):
            text = _as_csv(pa.table(batch.columns, names=names))
            cursor.copy_expert(
                f'copy {schema}."{name}" ({quoted}) from stdin with (format csv)', text
            )
    return count


def _empty_postgres(
    cursor: Any, schema: str, name: str, spec: list[tuple[str, str]]
) -> None:
    """An empty table with these columns.

    One that has them already is emptied, so that views on it stay. Otherwise it is
    made anew and views on it are dropped: they are rebuilt with the project. Tables
    never depend on it.
    """
    cursor.execute(
        "select a.attname, format_type(a.atttypid, a.atttypmod)"
        " from pg_attribute a join pg_class c on c.oid = a.attrelid"
        " join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = %s and c.relname = %s"
        " and a.attnum > 0 and not a.attisdropped order by a.attnum",
        [schema, name],
    )
    if cursor.fetchall() == spec:
        cursor.execute(f'truncate {schema}."{name}"')
        return
    cursor.execute(f'drop table if exists {schema}."{name}" cascade')
    columns = ", ".join(f'"{column}" {kind}' for column, kind in spec)
    cursor.execute(f'create table {schema}."{name}" ({columns})')


def _as_csv(table: pa.Table) -> io.BytesIO:
    """CSV without header: nulls empty, empty texts quoted."""
    for place, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            column = table.column(place).cast(pa.string())
            table = table.set_column(place, field.name, column)
    out = io.BytesIO()
    options = pa_csv.WriteOptions(include_header=False, quoting_style="needed")
    pa_csv.write_csv(table, out, options)
    out.seek(0)
    return out
