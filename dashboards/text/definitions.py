"""What figures mean: the columns' descriptions, from the project's own YAML.

The pages and the marts are of one project, so that this needs no database and no run
of dbt, and says the same over DuckDB and PostgreSQL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

MODELS = Path(__file__).parents[2] / "models"
DOCS_BLOCK = re.compile(r"{%-?\s*docs\s+(\w+)\s*-?%}(.*?){%-?\s*enddocs\s*-?%}", re.S)
DOC = re.compile(r"{{\s*doc\(\s*[\"'](\w+)[\"']\s*\)\s*}}")
NAME = re.compile(r"`|(?<=[a-z])_(?=[a-z0-9])")
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def definition(mart: str, column: str) -> str:
    """The description of a mart's column, for people. Raises KeyError."""
    return descriptions(mart)[column]


def known_definition(mart: str | None, column: str) -> str | None:
    """The same, or None where the mart has no such column."""
    return descriptions(mart).get(column) if mart else None


def meanings(mart: str, figures: Mapping[str, str]) -> str:
    """Of several figures, {label: column}: a line for each."""
    return "\n".join(
        f"{label}: {definition(mart, column)}" for label, column in figures.items()
    )


@cache
def descriptions(mart: str) -> dict[str, str]:
    """{column: description} of a mart. Raises KeyError where there is no such mart."""
    models = yaml.load(yaml_files()[mart].read_text(), Loader)["models"]
    model = next(model for model in models if model["name"] == mart)
    return {
        column["name"]: readable(column.get("description", ""))
        for column in model["columns"]
    }


def readable(description: str) -> str:
    """In words: docs blocks put in, `snake_case` as people say it. Times of the marts
    are UTC; pages say them in the reporting zone."""
    text = DOC.sub(lambda match: docs_blocks()[match[1]], description)
    text = text.replace(", UTC", "")
    return NAME.sub(
        lambda match: "" if match[0] == "`" else " ", " ".join(text.split())
    )


@cache
def docs_blocks() -> dict[str, str]:
    return {
        name: text
        for file in MODELS.rglob("*.md")
        for name, text in DOCS_BLOCK.findall(file.read_text())
    }


@cache
def yaml_files() -> dict[str, Path]:
    """The YAML of each mart: it has the mart's name."""
    return {file.stem: file for file in (MODELS / "marts").rglob("*.yml")}
