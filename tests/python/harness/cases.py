"""Accounts written down by hand: a few rows each, with the answers.

A case is a YAML file: `about`, optional `covers` (the hard cases that it answers),
`types` ({collection.column: type in DuckDB}; {schema.collection.column: type} where
accounts differ) and `vars`, `tables` ({collection: CSV text}) and `expect` ({mart: CSV
text}). In both an empty cell is null, '' is an empty text, and blanks around commas do
not count. `schemas` instead of `tables` gives {source schema: {collection: CSV}}.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

from harness.schema import duckdb_type

Rows = list[dict[str, str | None]]
EMPTY_TEXT = "''"
OWN_RELATIONS = ("ad_spend_relation", "exchange_rates_relation")


@dataclass
class Case:
    """One account and what the marts must say of it."""

    name: str
    about: str
    covers: list[str]
    types: dict[str, str]
    variables: dict
    schemas: dict[str, dict[str, Rows]]
    expected: dict[str, Rows]

    @property
    def event_sources(self) -> list[str]:
        """Its schemas that are websites and apps."""
        return self.variables.get("segment_event_sources", [])

    @property
    def accounts(self) -> list[str]:
        """Its schemas that are Stripe accounts."""
        beside = {*self.event_sources, *self.others}
        return [schema for schema in self.schemas if schema not in beside]

    @property
    def others(self) -> list[str]:
        """Its schemas with what was spent on advertising and with rates, if any."""
        names = (self.variables.get(name) for name in OWN_RELATIONS)
        return [name.split(".")[0] for name in names if name]


def read_case(path: Path) -> Case:
    content = yaml.safe_load(path.read_text())
    schemas = content.get("schemas") or {"stripe": content["tables"]}
    return Case(
        name=path.stem,
        about=content["about"],
        covers=content.get("covers") or [],
        types=content.get("types", {}),
        variables=content.get("vars", {}),
        schemas={
            schema: {table: read_rows(text) for table, text in tables.items()}
            for schema, tables in schemas.items()
        },
        expected={mart: read_rows(text) for mart, text in content["expect"].items()},
    )


def read_rows(text: str) -> Rows:
    lines = [line for line in text.splitlines() if line.strip()]
    reader = csv.reader(io.StringIO("\n".join(lines)), skipinitialspace=True)
    header, *body = [[cell.strip() for cell in row] for row in reader]
    return [
        {name: read_cell(value) for name, value in zip(header, row, strict=True)}
        for row in body
    ]


def read_cell(text: str) -> str | None:
    return "" if text == EMPTY_TEXT else text or None


def load_case(
    case: Case,
    database: Path,
    types: dict[str, str] | None = None,
    as_schema: str | None = None,
) -> None:
    """Create the tables of a case, with just the columns that it writes down.

    `types` overrides a column's type, as {"charges.created": "bigint"}; `as_schema`
    names the schema of a case that has but one.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(database)) as connection:
        for schema, tables in case.schemas.items():
            name = as_schema or schema
            connection.execute(f'create schema "{name}"')
            for table, rows in tables.items():
                load_rows(connection, name, table, rows, types or case.types)


def load_rows(
    connection: duckdb.DuckDBPyConnection,
    schema: str,
    table: str,
    rows: Rows,
    types: dict[str, str],
) -> None:
    columns = list(rows[0])
    definitions = ", ".join(
        f'"{column}" {column_type(schema, table, column, types)}' for column in columns
    )
    connection.execute(f'create table "{schema}"."{table}" ({definitions})')
    places = ", ".join("?" * len(columns))
    connection.executemany(
        f'insert into "{schema}"."{table}" values ({places})',
        [[row[column] for column in columns] for row in rows],
    )


def column_type(schema: str, table: str, column: str, types: dict[str, str]) -> str:
    """Type of a raw column in DuckDB: the account's own, the case's or Segment's."""
    name = f"{table}.{column}"
    return (
        types.get(f"{schema}.{name}") or types.get(name) or duckdb_type(table, column)
    )
