"""Faults in real dbt builds: what a build costs is why most are tried in memory."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from harness.postgres import administer, execute
from harness.project import DATABASE_NAME, Project, Run

from faults.anchors import anchor, faulty_sql
from faults.records import ROOT, Fault, ModelFault, ShapeFault, changed_tables


@dataclass
class Built:
    """An account with everything built on it, which each fault gets a copy of."""

    project: Project
    variables: dict
    restore: Callable[[], Path | None]
    execute: Callable[[str], None]
    file: Callable[[], Path] | None = None

    def run_with(self, fault: Fault | ShapeFault) -> Run:
        """A dbt build of what lies between the fault and what it is caught by."""
        database = self.restore()
        if not isinstance(fault, ModelFault):
            for statement in fault.statements:
                self.execute(statement)
        with faulty_node(self.project, fault):
            return self.project.run(command(fault), database, self.variables)


def command(fault: Fault | ShapeFault) -> list[str]:
    """Build what depends on the fault and its first test needs, and that test alone."""
    if isinstance(fault, ShapeFault):
        without = ["--exclude", "resource_type:test", "test_type:unit"]
        return ["build", "--select", f"+{fault.model}", *without]
    if isinstance(fault, ModelFault):
        model = anchor(fault).model
        starts = [model]
        if fault.caught_by[0] in unit_tests_of(model):
            # A build finds nothing to do where no model is selected.
            return ["test", "--select", f"{model},test_type:unit"]
    else:
        tables = sorted(changed_tables(fault.statements))
        starts = [f"source:{source}.{table}" for source, table in tables]
    between = [f"{start}+,+{fault.caught_by[0]}*" for start in starts]
    return ["build", "--select", *between, "--indirect-selection", "empty"]


def unit_tests_of(model: str) -> set[str]:
    """Names of the unit tests in the model's YAML."""
    names: set[str] = set()
    for path in (ROOT / "models").rglob(f"{model}__unit_tests.yml"):
        names |= set(re.findall(r"^  - name: (\w+)", path.read_text(), re.M))
    return names


@contextmanager
def faulty_node(project: Project, fault: Fault | ShapeFault) -> Iterator[None]:
    """The project's model with the fault in it, while in the block."""
    if not isinstance(fault, ModelFault):
        yield
        return
    node = project.manifest.nodes[f"model.segment_stripe.{anchor(fault).model}"]
    right = node.raw_code
    node.raw_code = faulty_sql(fault)
    try:
        yield
    finally:
        node.raw_code = right


def on_duckdb(project: Project, account: Path, variables: dict, folder: Path) -> Built:
    """The account built in DuckDB; a copy of the file for every fault."""
    base = folder / "base" / DATABASE_NAME
    base.parent.mkdir()
    shutil.copy(account, base)
    build_everything(project, variables, base)
    with duckdb.connect(str(base)) as connection:
        connection.execute("checkpoint")
    # A file that dbt has open is not to be written over: a new one each time.
    copies = [base]

    def restore() -> Path:
        copy = folder / f"copy_{len(copies)}" / DATABASE_NAME
        copy.parent.mkdir()
        shutil.copy(base, copy)
        copies.append(copy)
        return copy

    def run(statement: str) -> None:
        with duckdb.connect(str(copies[-1])) as connection:
            connection.execute(statement)

    return Built(project, variables, restore, run, lambda: copies[-1])


def on_postgres(project: Project, variables: dict, database: str) -> Built:
    """The account on the server, built; each fault gets a copy of the database."""
    build_everything(project, variables)
    base, used = f"{database}_base", []

    def set_aside(name: str) -> None:
        from_elsewhere(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            f"where datname = '{database}'"
        )
        from_elsewhere(f'alter database "{database}" rename to "{name}"')

    def restore() -> None:
        # Renamed, not dropped: the server of the tests does not outlive a drop.
        if used:
            set_aside(f"{database}_{len(used)}")
        used.append(database)
        from_elsewhere(f'create database "{database}" template "{base}"')

    set_aside(base)
    return Built(project, variables, restore, execute)


def from_elsewhere(statement: str) -> None:
    """Run a statement while connected to another database than it is about."""
    name = os.environ["PGDATABASE"]
    os.environ["PGDATABASE"] = "template1"
    try:
        administer(statement)
    finally:
        os.environ["PGDATABASE"] = name


def build_everything(
    project: Project, variables: dict, database: Path | None = None
) -> None:
    run = project.run(
        ["build", "--exclude", "resource_type:test", "resource_type:unit_test"],
        database,
        variables,
    )
    assert run.success, run.text
