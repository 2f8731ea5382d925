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
    """A text of one model's file, each time it occurs there, replaced by another.

    The text is found by its tokens, however the model is laid out: see anchors.py.
    """

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
