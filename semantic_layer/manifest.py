"""What the project says of its metrics: the semantic manifest that dbt writes.

Read as plain JSON, so that listing metrics loads neither dbt nor MetricFlow.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from semantic_layer.errors import MetricError, nearest
from semantic_layer.warehouse import ROOT, Profile

NAME = "semantic_manifest.json"


@dataclass(frozen=True)
class Metric:
    """One metric, as its YAML describes it."""

    name: str
    label: str
    description: str
    type: str
    meta: Mapping[str, Any]
    parameters: Mapping[str, Any]
    filters: tuple[str, ...]

    @property
    def unit(self) -> str:
        return self.meta.get("unit", "")

    @property
    def domain(self) -> str:
        return self.meta.get("domain", "")

    @property
    def equals(self) -> list[str]:
        """The mart columns that this metric equals, as mart.column."""
        return self.meta.get("equals") or []

    @property
    def model(self) -> str | None:
        """The semantic model that a simple metric aggregates."""
        aggregation = self.parameters.get("metric_aggregation_params")
        return aggregation["semantic_model"] if aggregation else None

    @property
    def inputs(self) -> list[str]:
        """The metrics that this one is computed from, each once, in order."""
        parts = self.parameters
        cumulative = parts.get("cumulative_type_params") or {}
        conversion = parts.get("conversion_type_params") or {}
        given = [
            parts.get("numerator"),
            parts.get("denominator"),
            *(parts.get("metrics") or []),
            cumulative.get("metric"),
            conversion.get("base_metric"),
            conversion.get("conversion_metric"),
        ]
        return list(dict.fromkeys(part["name"] for part in given if part))


class Manifest:
    """The metrics, semantic models and saved queries of the project."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.schemas = set(drop_databases(content))
        self.text = json.dumps(content)
        self.metrics = {
            metric["name"]: read_metric(metric)
            for metric in sorted(content["metrics"], key=lambda metric: metric["name"])
        }
        self.models = {model["name"]: model for model in content["semantic_models"]}
        self.saved_queries = {
            query["name"]: query
            for query in sorted(content["saved_queries"], key=lambda q: q["name"])
        }

    @classmethod
    def read(cls, path: Path) -> Manifest:
        return cls(json.loads(path.read_text()))

    def metric(self, name: str) -> Metric:
        if name not in self.metrics:
            raise MetricError(
                f"There is no metric {name}{nearest(name, self.metrics)} "
                "(make metrics lists all)."
            )
        return self.metrics[name]

    def parts(self, name: str) -> Iterator[Metric]:
        """A metric and all that it is computed from."""
        metric = self.metric(name)
        yield metric
        for part in metric.inputs:
            yield from self.parts(part)

    def primary_entity(self, model: str) -> str | None:
        """The name that a model's own dimensions are spelled with."""
        content = self.models[model]
        named = [e["name"] for e in content["entities"] if e["type"] == "primary"]
        return content.get("primary_entity") or (named[0] if named else None)


def drop_databases(content: dict[str, Any]) -> Iterator[str]:
    """Name tables by schema only, and give the schemas.

    So the SQL runs in the database that one is connected to, whatever its name: a copy
    of a DuckDB file, or PostgreSQL.
    """
    spines = content["project_configuration"]["time_spines"]
    for holder in [*content["semantic_models"], *spines]:
        node = holder["node_relation"]
        node["relation_name"] = f'"{node["schema_name"]}"."{node["alias"]}"'
        yield node["schema_name"]


def read_metric(content: Mapping[str, Any]) -> Metric:
    config = content.get("config") or {}
    where = (content.get("filter") or {}).get("where_filters") or []
    return Metric(
        name=content["name"],
        label=content.get("label") or content["name"],
        description=" ".join((content.get("description") or "").split()),
        type=content["type"],
        meta=config.get("meta") or {},
        parameters=content["type_params"],
        filters=tuple(part["where_sql_template"] for part in where),
    )


def read_manifest(profile: Profile) -> Manifest:
    """The manifest for a warehouse: dbt's own if it is current, else parsed anew."""
    own = target_path() / "metrics" / profile.target
    for folder in (target_path(), own):
        if is_current(folder / NAME):
            manifest = Manifest.read(folder / NAME)
            if all(schema.startswith(profile.schema) for schema in manifest.schemas):
                return manifest
    parse(profile, own)
    return Manifest.read(own / NAME)


def target_path() -> Path:
    """Where dbt leaves what it makes."""
    return Path(os.environ.get("DBT_TARGET_PATH", ROOT / "target"))


def is_current(path: Path) -> bool:
    """Whether a manifest is younger than all that it is made of."""
    if not path.exists():
        return False
    made = path.stat().st_mtime
    sources = [ROOT / "dbt_project.yml"]
    for folder in ("models", "seeds"):
        sources += (ROOT / folder).rglob("*.*")
    return all(source.stat().st_mtime <= made for source in sources)


def parse(profile: Profile, folder: Path) -> None:
    """Have dbt write the manifest to a folder of its own."""
    print("Parsing the project ...", file=sys.stderr, flush=True)
    command = [
        *(Path(sys.executable).with_name("dbt"), "--quiet", "parse"),
        *("--target", profile.target, "--target-path", folder),
        *("--project-dir", ROOT, "--profiles-dir", profile.folder),
    ]
    result = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, cwd=ROOT
    )
    if result.returncode != 0:
        said = (result.stdout + result.stderr).strip()
        raise MetricError(f"dbt could not parse the project:\n{said}")
