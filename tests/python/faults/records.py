"""What a fault is: where it goes in, and what must be said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class DataFault:
    """Statements on the raw tables, in the schemas stripe and website.

    caught_by: every dbt test that must fail or warn, by its name or the beginning of
    it. Where it is empty the fault is
    handled: `handled` says how, no test of severity error may fail, `unchanged` marts
    stay as they were, and each query of `holds` must give true.
    """

    name: str
    statements: tuple[str, ...]
    caught_by: tuple[str, ...] = ()
    handled: str = ""
    unchanged: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModelFault:
    """A text of one model's file, each time it occurs there, replaced by another."""

    name: str
    model: str
    old: str
    new: str
    caught_by: tuple[str, ...]


@dataclass(frozen=True)
class ShapeFault:
    """Statements on the raw tables that change what dbt compiles: real builds only.

    model: what is built, with all that it reads; then either the build stops with the
    sentence `stopped_by`, or it passes and each query of `holds` gives true.
    """

    name: str
    statements: tuple[str, ...]
    model: str
    stopped_by: str = ""
    holds: tuple[str, ...] = ()


Fault = DataFault | ModelFault
SOURCES = {"stripe": "stripe", "website": "segment"}


def changed_tables(statements: tuple[str, ...]) -> set[tuple[str, str]]:
    """dbt's source and the table of every raw table that statements name."""
    named = re.findall(rf"\b({'|'.join(SOURCES)})\.(\w+)", " ".join(statements))
    return {(SOURCES[schema], table) for schema, table in named}


def model_file(model: str, project: Path = ROOT) -> Path:
    """The SQL file of a model."""
    (path,) = (project / "models").rglob(f"{model}.sql")
    return path


def faulty_sql(fault: ModelFault) -> str:
    """The model's file with the fault in it; the text must be there."""
    text = model_file(fault.model).read_text()
    assert fault.old in text, f"{fault.name}: {fault.model} lacks {fault.old!r}"
    return text.replace(fault.old, fault.new)
