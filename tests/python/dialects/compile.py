"""Compile the project for a warehouse that is not there; runs in .venv-dialects.

    python -m dialects.compile JOB

JOB is a JSON file: `dialect`, a target of profiles.example.yml; `compilations`, each
{"variables", "catalog", "select", "output"}. `catalog` is what the warehouse holds,
{schema: {table: {column: type in DuckDB}}}, and is answered in the words of the
warehouse; without one dbt may ask nothing. `output` gets every model and test with its
SQL, {unique id: {"sql", "relation", "reads"}}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from dbt.adapters.factory import FACTORY
from harness.project import Project

# How the warehouse names the types of what Segment loads.
TYPES = {
    "snowflake": {
        "VARCHAR": "VARCHAR(16777216)",
        "BIGINT": "NUMBER(38,0)",
        "TIMESTAMP": "TIMESTAMP_NTZ",
        "TIMESTAMP WITH TIME ZONE": "TIMESTAMP_TZ",
        "DECIMAL": "NUMBER(38,12)",
        "DOUBLE": "FLOAT",
    },
    "bigquery": {
        "VARCHAR": "STRING",
        "BIGINT": "INT64",
        "TIMESTAMP": "DATETIME",
        "TIMESTAMP WITH TIME ZONE": "TIMESTAMP",
        "DECIMAL": "BIGNUMERIC",
        "DOUBLE": "FLOAT64",
        "BOOLEAN": "BOOL",
    },
    "redshift": {
        "VARCHAR": "character varying(512)",
        "TIMESTAMP": "timestamp without time zone",
        "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
        "DECIMAL": "numeric(38,12)",
        "DOUBLE": "double precision",
    },
    "databricks": {
        "VARCHAR": "string",
        "TIMESTAMP": "timestamp_ntz",
        "TIMESTAMP WITH TIME ZONE": "timestamp",
        "DECIMAL": "decimal(38,12)",
    },
    "trino": {
        "VARCHAR": "varchar",
        "TIMESTAMP": "timestamp(6)",
        "TIMESTAMP WITH TIME ZONE": "timestamp(6) with time zone",
        "DECIMAL": "decimal(38,12)",
    },
}
Catalog = Mapping[str, Mapping[str, Mapping[str, str]]]
# Settings of adapters: by which columns a table is laid out.
STORED = ("cluster_by", "liquid_clustered_by", "sort")


def main() -> int:
    job = json.loads(Path(sys.argv[1]).read_text())
    project = Project(job["dialect"])
    # Checks of what is in the warehouse, by queries of its own.
    project.manifest.nodes = {
        key: node
        for key, node in project.manifest.nodes.items()
        if node.resource_type != "operation"
    }
    for compilation in job["compilations"]:
        catalog = compilation.get("catalog")
        unasked = [] if catalog else ["--no-introspect"]
        command = ["compile", "--no-populate-cache", *unasked]
        answer(job["dialect"], catalog)
        run = project.run(
            [*command, *compilation["select"]],
            variables=compilation["variables"],
            writes=True,
        )
        if not run.success:
            print(run.text, file=sys.stderr)
            return 1
        manifest = project.workspace / "target" / "manifest.json"
        Path(compilation["output"]).write_text(json.dumps(compiled(manifest)))
    project.close()
    return 0


def compiled(manifest: Path) -> dict[str, dict]:
    """Unique id -> compiled SQL, [schema, name], how stored, ids of what it reads."""
    nodes = json.loads(manifest.read_text())["nodes"]
    return {
        key: {
            "sql": node["compiled_code"],
            "relation": [node["schema"], node["alias"]],
            "stored": {k: v for k, v in node["config"].items() if k in STORED},
            "reads": node["depends_on"]["nodes"],
        }
        for key, node in nodes.items()
        if node.get("compiled_code")
    }


def answer(dialect: str, catalog: Catalog | None) -> None:
    """Have the adapter answer from the catalog what it would ask the warehouse."""
    # Parsing loads it; a project that another process has parsed is not parsed again.
    FACTORY.load_plugin(dialect)
    adapter = FACTORY.get_adapter_class_by_name(dialect)
    # BigQuery's would ask for its credentials.
    adapter.ConnectionManager.open = classmethod(lambda cls, connection: connection)
    adapter.ConnectionManager.close = classmethod(lambda cls, connection: connection)
    for name, method in answers(dialect, catalog).items():
        setattr(adapter, name, method)


def answers(dialect: str, catalog: Catalog | None) -> dict[str, Callable]:
    """The adapter's methods that need a warehouse."""
    types = TYPES.get(dialect, {})
    given = str.upper if dialect == "snowflake" else str

    def columns(self: Any, relation: Any) -> list:
        schema = (catalog or {}).get(str(relation.schema).lower(), {})
        table = schema.get(str(relation.identifier).lower(), {})
        return [
            self.Column(given(name), types.get(kind.split("(")[0], kind))
            for name, kind in table.items()
        ]

    def relation(self: Any, database: str, schema: str, identifier: str) -> Any:
        if identifier not in (catalog or {}).get(schema, {}):
            return None
        return self.Relation.create(database, schema, identifier, type="table")

    found = {"get_columns_in_relation": columns, "get_relation": relation}
    if dialect == "databricks":
        # A warehouse of this year is newer than any that is asked for.
        found["compare_dbr_version"] = lambda self, major, minor: 1
    return found


if __name__ == "__main__":
    raise SystemExit(main())
