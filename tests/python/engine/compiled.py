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
from engine.schema import Created, collections, create_statements

# Contract types that DuckDB spells otherwise, or not at all.
CONTRACT_TYPES = {"string": "varchar"}


class Engine:
    """The models behind some marts, compiled for one setting of the variables.

    sources: schema -> how it delivers `created`; variables: of the dbt project.
    """

    def __init__(
        self,
        marts: Iterable[str],
        sources: Mapping[str, Created],
        variables: Mapping[str, Any],
    ) -> None:
        self.marts = tuple(marts)
        self.sources = dict(sources)
        manifest = compile_project(sources, variables)
        self.nodes = in_order(manifest, self.marts)
        self.connection = duckdb.connect()
        self.connection.execute("set threads = 1")
        # Plans are kept while the rows change: they must not lean on the rows.
        self.connection.execute("set disabled_optimizers = 'statistics_propagation'")
        self.connection.execute(f"attach ':memory:' as {DATABASE}")
        self.connection.execute(f"use {DATABASE}")
        self._filled: list[str] = []
        self._refresh: list[str] = []
        self._prepare()

    def _prepare(self) -> None:
        """Make schemas, raw tables, seeds, empty tables and plans, once."""
        tables = []
        for schema, created in self.sources.items():
            for statement in create_statements(schema, created):
                self.connection.execute(statement)
        for node in self.nodes:
            schema = node["schema"]
            self.connection.execute(f'create schema if not exists "{schema}"')
            if node["resource_type"] == "seed":
                self.connection.execute(seed_statement(node))
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
        self, sources: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
    ) -> dict[str, list[dict[str, Any]]]:
        """Rows of every mart, for one account per source: as in the warehouse.

        sources: schema -> collection -> raw rows; what is missing is empty.
        """
        for relation in self._filled:
            self.connection.execute(f"truncate {relation}")
        self._filled.clear()
        for schema, account in sources.items():
            for collection, rows in account.items():
                self._load(schema, collection, rows)
        for statement in self._refresh:
            self.connection.execute(statement)
        return {mart: self._rows(mart) for mart in self.marts}

    def _load(
        self, schema: str, collection: str, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Insert the rows of one collection with one statement."""
        if not rows:
            return
        columns = [
            name
            for name in collections()[collection]
            if any(row.get(name) is not None for row in rows)
        ]
        relation = f'"{schema}"."{collection}"'
        row_of_marks = "(" + ", ".join("?" * len(columns)) + ")"
        self.connection.execute(
            f"insert into {relation} ({quoted(columns)}) "
            f"values {', '.join([row_of_marks] * len(rows))}",
            [row.get(name) for row in rows for name in columns],
        )
        self._filled.append(relation)

    def _rows(self, mart: str) -> list[dict[str, Any]]:
        """Rows of one mart, as dicts in the order of its columns."""
        (node,) = [node for node in self.nodes if node["name"] == mart]
        cursor = self.connection.execute(f"select * from {node['relation_name']}")
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
