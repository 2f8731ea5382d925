"""Run compiled models on small accounts, in an in-memory DuckDB, without dbt.

dbt takes seconds for what DuckDB does in milliseconds. So the project is compiled once
per setting. Many accounts then share one run: each is staged under source names of its
own, as accounts of one warehouse, and the models behind run once for all of them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
from harness.seeds import load_seed

from engine.project import DATABASE, PROJECT, compile_project
from engine.schema import Created, Tables, create_statements, further_statements

# Contract types that DuckDB spells otherwise, or not at all.
CONTRACT_TYPES = {"string": "varchar"}
# Between the number of an account in a run and the name of its source.
SEPARATOR = "/"

Rows = Sequence[Mapping[str, Any]]
Account = Mapping[str, Mapping[str, Rows]]
Marts = dict[str, list[dict[str, Any]]]


class Engine:
    """The models behind some marts, compiled for one setting of the variables.

    marts: None for all models and their tests; sources: schema -> how it delivers
    `created`; variables: of the dbt project; more: schema -> table -> column -> type,
    of what Segment's Stripe source does not have.
    """

    def __init__(
        self,
        marts: Iterable[str] | None,
        sources: Mapping[str, Created],
        variables: Mapping[str, Any],
        more: Tables | None = None,
    ) -> None:
        self.sources = dict(sources)
        self.more = more or {}
        manifest = compile_project(sources, variables, self.more, marts is None)
        self.marts = tuple(every_model(manifest) if marts is None else marts)
        self.nodes = in_order(manifest, self.marts)
        self.tests = tests_of_errors(manifest, self.nodes)
        self.connection = duckdb.connect()
        self.connection.execute("set threads = 1")
        # Plans are kept while the rows change: they must not lean on the rows.
        self.connection.execute("set disabled_optimizers = 'statistics_propagation'")
        self.connection.execute(f"attach ':memory:' as {DATABASE}")
        self.connection.execute(f"use {DATABASE}")
        # Staging models by the collection that they read; tables of all models.
        self._staging: dict[str, list[str]] = defaultdict(list)
        self._tables: list[str] = []
        self._refresh: list[str] = []
        # Relations that no staging model reads, filled by the last run.
        self._read_raw: list[str] = []
        self._loading: dict[str, str] = {}
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
                load_seed(
                    self.connection,
                    node["relation_name"],
                    PROJECT / node["original_file_path"],
                    node["config"],
                )
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
            self._tables.append(node["relation_name"])
            if collection := staged_collection(node):
                self._staging[collection].append(name)
            else:
                self._refresh.append(f"execute {name}")

    def run(
        self, sources: Account, snapshots: Mapping[str, Rows] | None = None
    ) -> Marts:
        """Rows of every mart, for one account per source: as in the warehouse.

        sources: schema -> collection -> raw rows; what is missing is empty.
        snapshots: name -> rows, with the columns of the staging model that it is of,
        dbt_valid_from and dbt_valid_to; what is missing is empty.
        """
        return self.run_all([sources], [snapshots or {}])[0]

    def run_all(
        self,
        accounts: Sequence[Account],
        snapshots: Sequence[Mapping[str, Rows]] = (),
    ) -> list[Marts]:
        """What `run` gives for each of the accounts, in one run of the models.

        Events, advertising and their marts are of no account: one account at a time.
        """
        self._fill(accounts, snapshots)
        if len(accounts) == 1:
            return [{mart: self._rows(mart) for mart in self.marts}]
        found: list[Marts] = [{mart: [] for mart in self.marts} for _ in accounts]
        for mart in self.marts:
            for row in self._rows(mart):
                number, _, name = row["source_relation"].partition(SEPARATOR)
                found[int(number)][mart].append(row | {"source_relation": name})
        return found

    def broken(
        self,
        accounts: Sequence[Account],
        snapshots: Sequence[Mapping[str, Rows]] = (),
    ) -> list[str]:
        """Tests of severity error that fail on these accounts together.

        Or what DuckDB says where it cannot run a model.
        """
        try:
            self._fill(accounts, snapshots)
        except duckdb.Error as error:
            return [str(error)]
        return [
            name
            for name, failing in self.tests.items()
            if self.connection.execute(f"select 1 from ({failing}) limit 1").fetchone()
        ]

    def _fill(
        self,
        accounts: Sequence[Account],
        snapshots: Sequence[Mapping[str, Rows]] = (),
    ) -> None:
        """Run the models on the rows of these accounts, and of none before."""
        for relation in [*self._tables, *self._read_raw]:
            self.connection.execute(f"truncate {relation}")
        self._read_raw.clear()
        # An account alone keeps its names, which ids of people contain.
        prefixes = [f"{number}{SEPARATOR}" for number, _ in enumerate(accounts)]
        if len(accounts) == 1:
            prefixes = [""]
        for prefix, account in zip(prefixes, accounts, strict=True):
            self._stage(prefix, account)
        self._fill_snapshots(snapshots, prefixes)
        for statement in self._refresh:
            self.connection.execute(statement)

    def _stage(self, prefix: str, account: Account) -> None:
        """Load an account's raw rows and add them to the staging models' tables."""
        filled = [
            (f'"{schema}"."{collection}"', collection, rows)
            for schema, tables in account.items()
            for collection, rows in tables.items()
            if rows
        ]
        # Noted first, for loading may fail, and the next account begins without.
        self._read_raw.extend(relation for relation, _, _ in filled)
        for relation, _, rows in filled:
            self._load(relation, rows)
        for collection in dict.fromkeys(collection for _, collection, _ in filled):
            for name in self._staging.get(collection, ()):
                self.connection.execute(f"execute {name}('{prefix}')")
        for relation, collection, _ in filled:
            if collection in self._staging:
                self.connection.execute(f"truncate {relation}")
                self._read_raw.remove(relation)

    def _fill_snapshots(
        self, snapshots: Sequence[Mapping[str, Rows]], prefixes: Sequence[str]
    ) -> None:
        """Load the snapshots of all accounts."""
        for node in self.nodes:
            if node["resource_type"] != "snapshot":
                continue
            self.connection.execute(f"truncate {node['relation_name']}")
            for prefix, tables in zip(prefixes, snapshots, strict=False):
                rows = [dict(row) for row in tables.get(node["name"], ())]
                for row in rows:
                    row["source_relation"] = prefix + row["source_relation"]
                if rows:
                    self._load(node["relation_name"], rows)

    def _load(self, relation: str, rows: Rows) -> None:
        """Insert the rows of one raw table or snapshot, as JSON.

        DuckDB looks for pandas at every value that it is given on its own.
        """
        if relation not in self._loading:
            columns = self.connection.execute(f"describe {relation}").fetchall()
            shape = json.dumps([{column: kind for column, kind, *_ in columns}])
            name = quoted([f"load {relation.replace(chr(34), '')}"])
            self.connection.execute(
                f"prepare {name} as insert into {relation} "
                f"select unnest(from_json(cast($1 as varchar), '{shape}'), "
                "max_depth := 2)"
            )
            self._loading[relation] = name
        values = json.dumps([dict(row) for row in rows], default=str)
        values = values.replace("'", "''")
        self.connection.execute(f"execute {self._loading[relation]}('{values}')")

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


def every_model(manifest: Mapping[str, Any]) -> list[str]:
    """Names of all models."""
    return [
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    ]


def tests_of_errors(
    manifest: Mapping[str, Any], nodes: Sequence[Mapping[str, Any]]
) -> dict[str, str]:
    """Name -> SQL of the compiled tests of these nodes that fail a build."""
    known = {node["unique_id"] for node in nodes}
    return {
        node["name"]: node["compiled_code"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and node.get("compiled_code")
        and node["config"]["severity"].lower() == "error"
        and known.issuperset(node["depends_on"]["nodes"])
    }


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


def staged_collection(node: Mapping[str, Any]) -> str | None:
    """The collection that a staging model reads; no other model reads one."""
    for parent in node["depends_on"]["nodes"]:
        if parent.startswith("source."):
            return parent.rpartition(".")[2]
    return None


def fill_statement(node: Mapping[str, Any]) -> str:
    """Statement that fills a model's table, as dbt does under a contract.

    That of a staging model takes what the names of its sources start with.
    """
    rows = node["compiled_code"]
    if staged_collection(node):
        name = "cast($1 as varchar) || source_relation as source_relation"
        rows = f"select * replace ({name}) from ({rows})"
    if not node["config"]["contract"]["enforced"]:
        return f"insert into {node['relation_name']} {rows}"
    columns = quoted(node["columns"])
    return (
        f"insert into {node['relation_name']} ({columns}) "
        f"select {columns} from ({rows})"
    )


def quoted(columns: Iterable[str]) -> str:
    """Column names, quoted and listed."""
    return ", ".join(f'"{column}"' for column in columns)
