"""What a digest says, whatever it is written as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from alerts.alert import Alert


@dataclass(frozen=True)
class Cell:
    """A text; `good` is what its owner thinks of it, as of the dashboards' changes."""

    text: str
    good: bool | None = None


@dataclass(frozen=True)
class Table:
    """Rows below a heading; the first column is text, the others are figures."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


@dataclass(frozen=True)
class Part:
    """All tables of one currency."""

    title: str
    tables: Sequence[Table]


@dataclass(frozen=True)
class Letter:
    """Title, what it is of, parts by currency, and the alerts that stand."""

    title: str
    lines: Sequence[str]
    parts: Sequence[Part]
    alerts: Sequence[Alert] = field(default_factory=tuple)
