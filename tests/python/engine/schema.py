"""Raw tables that a warehouse can have: every column of Segment's Stripe source."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

# How a source delivers `created`: warehouses differ.
Created = Literal["timestamp", "timestamptz", "epoch"]
# schema -> table -> column -> type in DuckDB, none where the column is not there
Tables = Mapping[str, Mapping[str, Mapping[str, str | None]]]
SCHEMA = Path(__file__).parents[1] / "harness" / "segment_stripe_schema.csv"
TYPES = {
    "boolean": "boolean",
    "integer": "bigint",
    "numeric": "decimal(38, 12)",
    "string": "varchar",
    "timestamp": "timestamp",
}
CREATED_TYPES = {"timestamp": "timestamp", "timestamptz": "timestamptz"}


@cache
def collections() -> dict[str, dict[str, str]]:
    """Collection -> column -> its type as the schema file calls it."""
    found: dict[str, dict[str, str]] = {}
    with SCHEMA.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if "<" not in row["column"]:
                columns = found.setdefault(row["collection"], {})
                columns[row["column"]] = row["type"]
    return found


def duckdb_type(column: str, kind: str, created: Created) -> str:
    """Type of a raw column in DuckDB."""
    if column == "created":
        return CREATED_TYPES.get(created, "bigint")
    return TYPES[kind]


def create_statements(schema: str, created: Created) -> list[str]:
    """Statements that make one source's schema with all its tables, empty."""
    statements = [f'create schema "{schema}"']
    for collection, columns in collections().items():
        typed = ", ".join(
            f'"{column}" {duckdb_type(column, kind, created)}'
            for column, kind in columns.items()
        )
        statements.append(f'create table "{schema}"."{collection}" ({typed})')
    return statements


def further_statements(tables: Tables) -> list[str]:
    """Statements that make tables and columns beside those of the sources, empty.

    A column without a type is taken away.
    """
    statements = []
    for schema, columns_of in tables.items():
        statements.append(f'create schema if not exists "{schema}"')
        for table, columns in columns_of.items():
            relation = f'"{schema}"."{table}"'
            kept = {name: kind for name, kind in columns.items() if kind}
            if kept:
                typed = ", ".join(f'"{name}" {kind}' for name, kind in kept.items())
                statements.append(f"create table if not exists {relation} ({typed})")
            statements += [
                f'alter table {relation} add column if not exists "{name}" {kind}'
                if kind
                else f'alter table {relation} drop column "{name}"'
                for name, kind in columns.items()
            ]
    return statements
