"""Lives of accounts on the cluster: their raw rows and full builds are DuckDB's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from harness.project import Project, Run
from syncs.playing import OWN_TABLES
from syncs.warehouses import SNAPSHOTS, DuckdbWarehouse, Place, Raw

from environment.spark.settings import FOLDER
from spark.warehouse import Spark


class SparkWarehouse:
    """The cluster; raw tables go there from a DuckDB file, whole, before each build.

    A full build is asked of DuckDB, which gives every row as Spark does and is done in
    a tenth of the time.
    """

    def __init__(self, project: Project, spark: Spark, folder: Path) -> None:
        self.project = project
        self.spark = spark
        self.raw = DuckdbWarehouse(project, folder)
        self.dies_at = ""
        # What was built, once it was read.
        self.found: dict[Place, list[Raw]] = {}
        built = sorted({path.parent.stem for path in self.files()})
        spark.execute(*(f"drop schema if exists {name} cascade" for name in built))

    def run(self, command: list[str], variables: dict) -> Run:
        self.spark.load(
            self.raw.database, sorted({schema for schema, _ in self.raw.raw_tables()})
        )
        self.found = {}
        return self.spark.run(command, variables, dies_at=self.dies_at)

    @contextmanager
    def failing(self, model: str) -> Iterator[None]:
        """In the block a build is killed as the model begins."""
        self.dies_at = model
        try:
            yield
        finally:
            self.dies_at = ""

    def load(
        self, place: Place, types: dict[str, str], rows: Sequence[Raw], new: dict
    ) -> None:
        self.raw.load(place, types, rows, new)

    def files(self) -> list[Path]:
        """The folders of the tables that were built; views have none."""
        return sorted((FOLDER / "warehouse").glob("analytics*.db/*"))

    def relations(self) -> list[Place]:
        return [
            (path.parent.stem, path.name)
            for path in self.files()
            if not OWN_TABLES.match(path.name)
        ]

    def rows(self, schema: str, name: str) -> list[Raw]:
        if not self.found:
            places = {".".join(place): place for place in self.relations()}
            for relation, rows in self.spark.export([*places]).items():
                self.found[places[relation]] = [
                    dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()
                ]
        return self.found[schema, name]

    @contextmanager
    def fresh(self) -> Iterator[DuckdbWarehouse]:
        """A DuckDB file with the same raw tables and snapshots."""
        kept = [".".join(place) for place in self.relations() if place[0] == SNAPSHOTS]
        with self.raw.fresh() as other:
            found = self.spark.export(kept)
            with other.connect() as connection:
                connection.execute(f"create schema {SNAPSHOTS}")
                for name, rows in found.items():
                    connection.register("found", rows.to_arrow_table())
                    connection.execute(f"create table {name} as from found")
            yield Beside(other, self.relations())


class Beside(DuckdbWarehouse):
    """A DuckDB file, and which of its views are tables on Spark."""

    def __init__(self, other: DuckdbWarehouse, tables: list[Place]) -> None:
        super().__init__(other.project, other.folder)
        self.tables = tables

    def relations(self) -> list[Place]:
        return sorted({*super().relations(), *self.tables})
