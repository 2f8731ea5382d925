"""Run compiled models on small accounts, in an in-memory DuckDB, without dbt.

dbt takes seconds for what DuckDB does in milliseconds. So the project is compiled once
per setting, and every account only loads its rows and runs the compiled SQL.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from engine.project import DATABASE, PROJECT, compile_project
from engine.schema import (
    Created,
    Tables,
    collections,
    create_statements,
    further_statements,
)

# Contract types that DuckDB spells otherwise, or not at all.
CONTRACT_TYPES = {"string": "varchar"}


class Engine:
    """The models behind some marts, compiled for one setting of the variables.

    sources: schema -> how it delivers `created`; variables: of the dbt project; more:
    schema -> table -> column -> type, of what Segment's Stripe source does not have.
    """

    def __init__(
        self,
        marts: Iterable[str],
        sources: Mapping[str, Created],
        variables: Mapping[str, Any],
        more: Tables | None = None,
    ) -> None:
        self.marts = tuple(marts)
        self.sources = dict(sources)
        self.more = more or {}
        manifest = compile_project(sources, variables, self.more)
        self.nodes = in_order(manifest, self.marts)
        self.connection = duckdb.connect()
        self.connection.execute("set threads = 1")
        # Plans are kept while the rows change: they must not lean on the rows.
        self.connection.execute("set disabled_optimizers = 'statistics_propagation'")
        self.connection.execute(f"attach ':memory:' as {DATABASE}")
        self.connection.execute(f"use {DATABASE}")
        self._filled: list[str] = []
        self._refresh: list[str] = []
        self._prepare(manifest)

    def _prepare(self, manifest: Mapping[str, Any]) -> None:
        """Make schemas, raw tables, seeds, empty tables and plans, once."""
        tables = []
        for schema, created in self.sources.items():
            for statement in create_statements(schema, created):
                self.connection.execute(statement)
        for statement in further_statements(self.more):
            self.connection.execute(statement)
        for node in self.nodes:
            schema = node["schema"]
            self.connection.execute(f'create schema if not exists "{schema}"')
            if node["resource_type"] == "seed":
                self.connection.execute(seed_statement(node))
            elif node["resource_type"] == "snapshot":
                self.connection.execute(snapshot_statement(node, manifest))
            # Views as tables, too: each is read several times.
            elif node["config"]["materialized"] != "ephemeral":
                self.connection.execute(empty_statement(node))
                tables.append(node)
        # Planning takes longer than running: plan once. A plan made before the last
        # table would be made anew at every run.
        for node in tables:
            name = f'"{node["name"]}"'
            self.connection.execute(f"prepare {name} as {fill_statement(node)}")
            self._refresh.append(f"truncate {node['relation_name']}")
            self._refresh.append(f"execute {name}")

    def run(
        self,
        sources: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]],
        snapshots: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    ) -> dict[str, list[dict[str, Any]]]:
        """Rows of every mart, for one account per source: as in the warehouse.

        sources: schema -> collection -> raw rows; what is missing is empty.
        snapshots: name -> rows, with the columns of the staging model that it is of,
        dbt_valid_from and dbt_valid_to; what is missing is empty.
        """
        for relation in self._filled:
            self.connection.execute(f"truncate {relation}")
        self._filled.clear()
        for schema, account in sources.items():
            for collection, rows in account.items():
                further = self.more.get(schema, {}).get(collection, {})
                columns = [*collections().get(collection, ()), *further]
                self._load(f'"{schema}"."{collection}"', columns, rows)
        for name, rows in (snapshots or {}).items():
            node = self._node(name)
            self._load(node["relation_name"], list(rows[0]) if rows else [], rows)
        for statement in self._refresh:
            self.connection.execute(statement)
        return {mart: self._rows(mart) for mart in self.marts}

    def _load(
        self, relation: str, names: Sequence[str], rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Insert the rows of one raw table or snapshot with one statement."""
        if not rows:
            return
        columns = [
            name for name in names if any(row.get(name) is not None for row in rows)
        ]
        row_of_marks = "(" + ", ".join("?" * len(columns)) + ")"
        self.connection.execute(
            f"insert into {relation} ({quoted(columns)}) "
            f"values {', '.join([row_of_marks] * len(rows))}",
            [row.get(name) for row in rows for name in columns],
        )
        self._filled.append(relation)

    def _node(self, name: str) -> dict[str, Any]:
        """The node of that name."""
        (node,) = [node for node in self.nodes if node["name"] == name]
        return node

    def _rows(self, mart: str) -> list[dict[str, Any]]:
        """Rows of one mart, as dicts in the order of its columns."""
        relation = self._node(mart)["relation_name"]
        cursor = self.connection.execute(f"select * from {relation}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def in_order(manifest: dict[str, Any], marts: Sequence[str]) -> list[dict[str, Any]]:
    """Nodes behind the marts and themselves, each after those that it reads."""
    nodes = {
        key: node
        for key, node in manifest["nodes"].items()
        if node["resource_type"] in ("model", "seed", "snapshot")
    }
    by_name = {node["name"]: key for key, node in nodes.items()}
    ordered: dict[str, dict[str, Any]] = {}

    def visit(key: str) -> None:
        if key in ordered or key not in nodes:
            return
        for parent in nodes[key].get("depends_on", {}).get("nodes", ()):
            visit(parent)
        ordered[key] = nodes[key]

    for mart in marts:
        visit(by_name[mart])
    return list(ordered.values())


def seed_statement(node: Mapping[str, Any]) -> str:
    """Statement that makes a seed's table from its file."""
    types = node["config"].get("column_types", {})
    path = PROJECT / node["original_file_path"]
    return (
        f"create table {node['relation_name']} as select * from "
        f"read_csv({text(path)}, types = {json.dumps(types).replace(chr(34), chr(39))})"
    )


def snapshot_statement(node: Mapping[str, Any], manifest: Mapping[str, Any]) -> str:
    """Statement that makes a snapshot's table, empty, as dbt would."""
    (parent,) = node["depends_on"]["nodes"]
    return (
        f"create table {node['relation_name']} as select *, "
        "cast(null as varchar) as dbt_scd_id, "
        "cast(null as timestamp) as dbt_updated_at, "
        "cast(null as timestamp) as dbt_valid_from, "
        "cast(null as timestamp) as dbt_valid_to "
        f"from {manifest['nodes'][parent]['relation_name']} limit 0"
    )


def text(path: Path) -> str:
    """A path as a string in SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def empty_statement(node: Mapping[str, Any]) -> str:
    """Statement that makes a model's table, of its contract's types if it has one."""
    if not node["config"]["contract"]["enforced"]:
        return (
            f"create table {node['relation_name']} as "
            f"select * from ({node['compiled_code']}) limit 0"
        )
    typed = ", ".join(
        f'"{name}" {CONTRACT_TYPES.get(column["data_type"], column["data_type"])}'
        for name, column in node["columns"].items()
    )
    return f"create table {node['relation_name']} ({typed})"


def fill_statement(node: Mapping[str, Any]) -> str:
    """Statement that fills a model's table, as dbt does under a contract."""
    if not node["config"]["contract"]["enforced"]:
        return f"insert into {node['relation_name']} {node['compiled_code']}"
    columns = quoted(node["columns"])
    return (
        f"insert into {node['relation_name']} ({columns}) "
        f"select {columns} from ({node['compiled_code']})"
    )


def quoted(columns: Iterable[str]) -> str:
    """Column names, quoted and listed."""
    return ", ".join(f'"{column}"' for column in columns)
