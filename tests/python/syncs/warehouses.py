"""Where lives are loaded and built: DuckDB files and a PostgreSQL server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import duckdb
from engine.schema import TYPES, Created, collections
from harness import postgres
from harness.project import DATABASE_NAME, Project, Run
from harness.schema import duckdb_type
from psycopg2.extras import execute_values

Raw = dict[str, Any]
Place = tuple[str, str]
CREATED = {"timestamp": "timestamp", "timestamptz": "timestamptz", "epoch": "bigint"}
FURTHER = {"is_deleted": "boolean", "original_timestamp": "timestamp"}
SNAPSHOTS = "analytics_snapshots"
RELATIONS = """
    select table_schema, table_name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema like 'analytics%' order by 1, 2
"""
RAW_TABLES = """
    select table_schema, table_name from information_schema.tables
    where table_schema not like 'analytics%' order by 1, 2
"""


def type_of(place: Place, column: str, created: Created) -> str:
    """Type of a raw column in DuckDB."""
    known = collections().get(place[1], {}).get(column)
    if column == "created":
        return CREATED[created]
    return FURTHER.get(column) or (TYPES[known] if known else duckdb_type("", column))


@contextmanager
def failing(project: Project, model: str) -> Iterator[None]:
    """In the block the model fails, as if the build died there."""
    (node,) = [n for n in project.manifest.nodes.values() if n.name == model]
    code, node.raw_code = node.raw_code, "{{ exceptions.raise_compiler_error('dies') }}"
    try:
        yield
    finally:
        node.raw_code = code


class DuckdbWarehouse:
    """A DuckDB file in a folder of its own."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project = project
        self.database = folder / DATABASE_NAME
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def run(self, command: list[str], variables: dict) -> Run:
        return self.project.run(command, self.database, variables)

    def failing(self, model: str) -> AbstractContextManager:
        return failing(self.project, model)

    def connect(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(str(self.database))
        connection.execute("set timezone = 'UTC'")
        return connection

    def execute(self, *statements: str) -> None:
        with self.connect() as connection:
            for statement in statements:
                connection.execute(statement)

    def load(
        self, place: Place, types: dict[str, str], rows: Sequence[Raw], new: dict
    ) -> None:
        """Give a raw table just these rows; `new` are columns it had not before."""
        relation = relation_of(place)
        with self.connect() as connection:
            connection.execute(f'create schema if not exists "{place[0]}"')
            for statement in growing(relation, types, new):
                connection.execute(statement)
            connection.execute(f"delete from {relation}")
            shape = json.dumps([types])
            connection.execute(
                f"insert into {relation} by name select unnest(from_json("
                f"cast($1 as varchar), '{shape}'), max_depth := 2)",
                [json.dumps(rows, default=str)],
            )

    def relations(self) -> list[Place]:
        with self.connect() as connection:
            return connection.execute(RELATIONS).fetchall()

    def raw_tables(self) -> list[Place]:
        with self.connect() as connection:
            return connection.execute(RAW_TABLES).fetchall()

    def rows(self, schema: str, name: str) -> list[Raw]:
        with self.connect() as connection:
            cursor = connection.execute(f'select * from "{schema}"."{name}"')
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    @contextmanager
    def fresh(self) -> Iterator[DuckdbWarehouse]:
        """Another warehouse, with the same raw tables and snapshots."""
        number = len([*self.folder.glob("fresh_*")])
        other = DuckdbWarehouse(self.project, self.folder / f"fresh_{number}")
        snapshots = [place for place in self.relations() if place[0] == SNAPSHOTS]
        kept = [*self.raw_tables(), *snapshots]
        with self.connect() as connection, other.connect() as copy:
            for place in kept:
                relation = relation_of(place)
                found = connection.execute(f"from {relation}").to_arrow_table()
                copy.register("found", found)
                copy.execute(f'create schema if not exists "{place[0]}"')
                copy.execute(f"create table {relation} as from found")
                copy.unregister("found")
        yield other


class PostgresWarehouse:
    """The database of the tests' server."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def run(self, command: list[str], variables: dict) -> Run:
        return self.project.run(command, variables=variables)

    def failing(self, model: str) -> AbstractContextManager:
        return failing(self.project, model)

    def execute(self, *statements: str) -> None:
        for statement in statements:
            postgres.execute(statement)

    def load(
        self, place: Place, types: dict[str, str], rows: Sequence[Raw], new: dict
    ) -> None:
        """Give a raw table just these rows; `new` are columns it had not before."""
        relation = relation_of(place)
        types = {name: in_postgres(kind) for name, kind in types.items()}
        new = {name: in_postgres(kind) for name, kind in new.items()}
        casts = ", ".join(f"%s::{kind}" for kind in types.values())
        columns = ", ".join(f'"{name}"' for name in types)
        with closing(postgres.connect()) as connection, connection.cursor() as cursor:
            cursor.execute("set timezone = 'UTC'")
            cursor.execute(f'create schema if not exists "{place[0]}"')
            for statement in growing(relation, types, new):
                cursor.execute(statement)
            cursor.execute(f"delete from {relation}")
            if rows:
                execute_values(
                    cursor,
                    f"insert into {relation} ({columns}) values %s",
                    [[row.get(name) for name in types] for row in rows],
                    template=f"({casts})",
                )
            connection.commit()

    def relations(self) -> list[Place]:
        return postgres.read_query(RELATIONS)

    def rows(self, schema: str, name: str) -> list[Raw]:
        return postgres.read_relation(schema, name)

    @contextmanager
    def fresh(self) -> Iterator[PostgresWarehouse]:
        """The same server; what was built stands aside, but for the snapshots."""
        built = [s for s in postgres.own_schemas() if s.startswith("analytics")]
        snapshots = [place for place in self.relations() if place[0] == SNAPSHOTS]
        for name in built:
            self.execute(f'alter schema "{name}" rename to "built_{name}"')
        self.execute(f"create schema {SNAPSHOTS}")
        for place in snapshots:
            aside = relation_of((f"built_{place[0]}", place[1]))
            self.execute(f"create table {relation_of(place)} as table {aside}")
        try:
            yield self
        finally:
            for name in postgres.own_schemas():
                if name.startswith("analytics"):
                    self.execute(f'drop schema "{name}" cascade')
            for name in built:
                self.execute(f'alter schema "built_{name}" rename to "{name}"')


Warehouse = DuckdbWarehouse | PostgresWarehouse


def relation_of(place: Place) -> str:
    return f'"{place[0]}"."{place[1]}"'


def growing(relation: str, types: dict[str, str], new: dict[str, str]) -> list[str]:
    """Statements that make a table, or add the new columns to one that is there."""
    if new and types.keys() == new.keys():
        typed = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
        return [f"create table {relation} ({typed})"]
    return [
        f'alter table {relation} add column "{name}" {kind}'
        for name, kind in new.items()
    ]


def in_postgres(kind: str) -> str:
    """Segment loads times with their zone."""
    if kind.startswith("timestamp"):
        return "timestamp with time zone"
    return "numeric" if kind.startswith("decimal") else kind
