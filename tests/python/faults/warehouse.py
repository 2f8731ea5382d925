"""The models and dbt tests on one account in memory, with a fault put in and taken out.

A dbt build costs half a minute. So the project is compiled once, with a copy of each
model that a fault changes; a fault only runs what depends on it, in a transaction that
is rolled back.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import duckdb
from dbt.contracts.graph.manifest import Manifest
from engine.compiled import (
    empty_statement,
    fill_statement,
    in_order,
    staged_collection,
)
from engine.project import PROJECT, compiled
from harness.project import DATABASE_NAME, Project
from harness.seeds import load_seed

from faults.anchors import anchor, faulty_sql, places, replaced
from faults.records import DataFault, Fault, ModelFault, changed_tables
from faults.unit_tests import failed_unit_tests

DATABASE = "warehouse"
JINJA = re.compile(r"{{.*?}}|{%.*?%}", re.S)
Node = dict[str, Any]


def compile_with(
    faults: Sequence[ModelFault], database: Path, folder: Path, variables: dict
) -> Node:
    """The manifest of the project; a fault in Jinja is a model of its own in it."""
    # dbt keeps the file open in this process, so that nobody else can read it.
    copy = Path(shutil.copy(database, folder / DATABASE_NAME))
    project = Project()
    for number, fault in enumerate(faults):
        if in_jinja(fault):
            add_copy(project.manifest, fault, copy_name(number, fault))
    manifest = json.loads(compiled(project, copy, variables, []).read_text())
    project.close()
    return manifest


def add_copy(manifest: Manifest, fault: ModelFault, name: str) -> None:
    """Add the model with the fault in it to what dbt knows, by another name."""
    right = manifest.nodes[f"model.segment_stripe.{anchor(fault).model}"]
    node = deepcopy(right)
    node.name = node.alias = name
    node.unique_id = f"model.segment_stripe.{name}"
    node.fqn = ["segment_stripe", "faults", name]
    node.path = f"faults/{name}.sql"
    node.original_file_path = f"models/{node.path}"
    node.raw_code = faulty_sql(fault)
    read = re.findall(r"(?:ref|touched)\(['\"](\w+)['\"]\)", fault.new)
    node.depends_on.nodes = [
        *right.depends_on.nodes,
        *[key for key, n in manifest.nodes.items() if n.name in read],
    ]
    manifest.nodes[node.unique_id] = node


def in_jinja(fault: ModelFault) -> bool:
    """Whether dbt has to compile the fault; else it is put into what was compiled."""
    written = anchor(fault).path.read_text()
    plain = JINJA.sub("{}", written)
    count = len(places(fault.old, written))
    return "{" in fault.new or len(places(fault.old, plain)) != count


def compiled_fault(number: int, fault: ModelFault, by_name: dict[str, Node]) -> str:
    """The compiled SQL of the model with the fault in it."""
    if in_jinja(fault):
        return by_name[copy_name(number, fault)]["compiled_code"]
    model, path = anchor(fault).model, anchor(fault).path
    right = by_name[model]["compiled_code"]
    count = len(places(fault.old, path.read_text()))
    assert len(places(fault.old, right)) == count, (
        f"{fault.name}: macros of {model} write {fault.old!r}, too"
    )
    return replaced(right, fault.old, fault.new)


def copy_name(number: int, fault: ModelFault) -> str:
    return f"fault_{number}__{anchor(fault).model}"


class Warehouse:
    """An account, everything built on it, and which tests fail when a fault is in."""

    def __init__(
        self,
        database: Path,
        folder: Path,
        variables: dict,
        faults: Iterable[Fault],
    ) -> None:
        changed = [fault for fault in faults if isinstance(fault, ModelFault)]
        manifest = compile_with(changed, database, folder, variables)
        nodes = manifest["nodes"]
        by_name = {node["name"]: node for node in nodes.values()}
        self.faulty = {
            fault: compiled_fault(number, fault, by_name)
            for number, fault in enumerate(changed)
        }
        self.manifest = manifest
        self.variables = variables
        names = [
            node["name"]
            for node in nodes.values()
            if node["resource_type"] == "model"
            and not node["name"].startswith("fault_")
        ]
        # The account has no snapshots, and models then read none.
        self.nodes = [
            node
            for node in in_order(manifest, names)
            if node["resource_type"] != "snapshot"
        ]
        self.tests = [
            node
            for node in nodes.values()
            if node["resource_type"] == "test"
            and not set(self.parents(node)) - {n["unique_id"] for n in self.nodes}
        ]
        self.connection = duckdb.connect()
        self.connection.execute("set threads = 1")
        self.connection.execute("set timezone = 'UTC'")
        self.connection.execute(f"attach ':memory:' as {DATABASE}")
        self.connection.execute(f"attach '{database}' as account (read_only)")
        self.connection.execute(f"copy from database account to {DATABASE}")
        self.connection.execute(f"use {DATABASE}")
        self._build()
        self.baseline = self._failures(self.tests)

    @staticmethod
    def parents(node: Node) -> list[str]:
        return node.get("depends_on", {}).get("nodes", [])

    def _build(self) -> None:
        for node in self.nodes:
            self.connection.execute(f'create schema if not exists "{node["schema"]}"')
            if node["resource_type"] == "seed":
                load_seed(
                    self.connection,
                    node["relation_name"],
                    PROJECT / node["original_file_path"],
                    node["config"],
                )
            else:
                self.connection.execute(empty_statement(node))
                self._fill(node)

    def _fill(self, node: Node) -> None:
        """Fill a model's table; sources keep their names."""
        self.connection.execute(
            fill_statement(node), [""] if staged_collection(node) else []
        )

    def noticed(self, fault: Fault, by: Sequence[str] = ()) -> dict[str, str]:
        """Tests that notice the fault -> error or warn; or what it broke instead.

        by: only these tests are run, and only what they need is built; else all.
        """
        with self.injected(fault, by) as said:
            return dict(said)

    @contextmanager
    def injected(
        self, fault: Fault, by: Sequence[str] = ()
    ) -> Iterator[dict[str, str]]:
        """A block in which the fault is in; what noticed it is its value."""
        self.connection.execute("begin")
        try:
            yield self.inject(fault, by)
        finally:
            self.connection.execute("rollback")

    def behind(self, tests: Iterable[Node]) -> set[str]:
        """Everything that the tests read, directly or not."""
        by_key = {node["unique_id"]: node for node in self.nodes}
        found: set[str] = set()
        waiting = [key for test in tests for key in self.parents(test)]
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting += self.parents(by_key.get(key, {}))
        return found

    def inject(self, fault: Fault, by: Sequence[str] = ()) -> dict[str, str]:
        """Put the fault in, build what depends on it, and run the tests on that."""
        wanted = [
            test for test in self.tests if not by or test["name"].startswith(tuple(by))
        ]
        needed = self.behind(wanted) if by else {n["unique_id"] for n in self.nodes}
        if isinstance(fault, DataFault):
            for statement in fault.statements:
                self.connection.execute(statement)
            tables = changed_tables(fault.statements)
            stale = {
                key
                for key, source in self.manifest["sources"].items()
                if (source["source_name"], source["name"]) in tables
            }
            replaced = {}
        else:
            model = anchor(fault).model
            (right,) = (n for n in self.nodes if n["name"] == model)
            stale, replaced = {right["unique_id"]}, {right["unique_id"]: fault}
        for node in self.nodes:
            key = node["unique_id"]
            if key not in replaced and not stale.intersection(self.parents(node)):
                continue
            stale.add(key)
            if key not in needed:
                continue
            built = node
            if key in replaced:
                built = node | {"compiled_code": self.faulty[replaced[key]]}
            try:
                self.connection.execute(f"delete from {node['relation_name']}")
                self._fill(built)
            except duckdb.Error as error:
                return {f"{node['name']}: {str(error).splitlines()[0]}": "error"}
        tests = [t for t in wanted if stale.intersection(self.parents(t))]
        found = self._failures(tests)
        said = {
            name: severity
            for name, (severity, count) in found.items()
            if count > self.baseline.get(name, ("", 0))[1]
        }
        if isinstance(fault, ModelFault):
            before = failed_unit_tests(self, model, right["compiled_code"])
            after = failed_unit_tests(self, model, self.faulty[fault])
            said |= dict.fromkeys(set(after) - set(before), "error")
        return said

    def _failures(self, tests: Iterable[Node]) -> dict[str, tuple[str, int]]:
        """Test -> its severity and how many failures it finds, where it finds any."""
        found: dict[str, tuple[str, int]] = {}
        for node in tests:
            config = node["config"]
            (count,) = self.connection.execute(
                f"select {config['fail_calc']} from ({node['compiled_code']}) as found"
            ).fetchone()
            if count:
                found[node["name"]] = (config["severity"].lower(), count)
        return found
