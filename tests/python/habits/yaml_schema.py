"""dbt's own JSON schemas, as dbt-core carries them, over the project's YAML.

dbt itself applies them for some warehouses only, and DuckDB is not among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from dbt.contracts.project import PackageConfig
from dbt.jsonschemas.jsonschemas import (
    CustomDraft7Validator,
    project_schema,
    resources_schema,
)
from harness.project import ROOT
from jinja2 import Template
from jsonschema import ValidationError

FOLDERS = ("models", "seeds", "tests/dbt", "snapshots", "analyses", "macros")
UNEXPECTED = "additionalProperties"


def yaml_files() -> list[Path]:
    """Every YAML file that dbt reads."""
    found = [ROOT / "dbt_project.yml", ROOT / "packages.yml"]
    for folder in FOLDERS:
        found += sorted((ROOT / folder).rglob("*.y*ml"))
    return found


@cache
def validator(file_name: str) -> CustomDraft7Validator:
    if file_name == "dbt_project.yml":
        return CustomDraft7Validator(project_schema())
    if file_name == "packages.yml":
        return CustomDraft7Validator(PackageConfig.json_schema())
    return CustomDraft7Validator(resources_schema())


def faults(path: Path, root: Path = ROOT, content: object | None = None) -> list[str]:
    """What the schema objects to, as `file: key: objection`."""
    if content is None:
        content = yaml.safe_load(path.read_text())
    name = path.relative_to(root)
    errors = validator(str(name)).iter_errors(as_on_postgres(content))
    return [f"{name}: {describe(error)}" for error in errors]


def as_on_postgres(content: Any) -> Any:
    """Content as it is for PostgreSQL: the schema knows dbt's own materializations."""
    if isinstance(content, dict):
        return {key: as_on_postgres(value) for key, value in content.items()}
    if isinstance(content, list):
        return [as_on_postgres(value) for value in content]
    if not isinstance(content, str) or "target.type" not in content:
        return content
    said = Template(content).render(
        target={"type": "postgres"}, env_var=lambda name, default: default
    )
    return {"None": None, "True": True}.get(said, said)


def describe(error: ValidationError) -> str:
    """Key and objection of the deepest cause, for `anyOf` only says that none fits."""
    cause = max(leaves(error), key=closeness)
    return f"{key_of(cause)}: {cause.message[-160:]}"


def leaves(error: ValidationError) -> Iterator[ValidationError]:
    if not error.context:
        yield error
    for part in error.context or []:
        yield from leaves(part)


def closeness(error: ValidationError) -> tuple[int, bool, int]:
    depth = len(error.absolute_path)
    return depth, error.validator == UNEXPECTED, -len(error.message)


def key_of(error: ValidationError) -> str:
    parts = [
        f"[{part}]" if isinstance(part, int) else f".{part}"
        for part in error.absolute_path
    ]
    return "".join(parts).lstrip(".") or "top level"
