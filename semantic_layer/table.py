"""Answers, exact as the warehouse gave them, and as people read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from semantic_layer.guard import ENTITY
from semantic_layer.warehouse import ROOT

NUMBERS = (int, float, Decimal)


@dataclass(frozen=True)
class Table:
    """Rows of an answer, groups first; `units` says what each metric counts in."""

    columns: Sequence[str]
    rows: Sequence[tuple[Any, ...]]
    units: Mapping[str, str]
    currency: str | None
    sql: str

    def records(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def first(self, count: int) -> Table:
        """The same with so many rows at most."""
        return replace(self, rows=self.rows[:count])

    def to_arrow(self) -> Any:
        """A pyarrow.Table, which pandas, polars and DuckDB take as it is."""
        import pyarrow

        columns = (
            zip(*self.rows, strict=True) if self.rows else [[]] * len(self.columns)
        )
        return pyarrow.table([list(c) for c in columns], names=list(self.columns))

    def to_csv(self) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([plain(value) for value in row] for row in self.rows)
        return out.getvalue()

    def to_text(self) -> str:
        """Columns side by side, numbers to the right."""
        if not self.rows:
            return "No rows."
        lines = [list(self.columns)] + [self._cells(row) for row in self.rows]
        right = [
            any(is_number(row[i]) for row in self.rows)
            for i in range(len(self.columns))
        ]
        return aligned(lines, right) + self._note()

    def _note(self) -> str:
        """What to know of rows that have no currency."""
        groups = [
            name
            for i, name in enumerate(self.columns)
            if name.endswith(f"__{ENTITY}") and any(row[i] is None for row in self.rows)
        ]
        if not groups:
            return ""
        return (
            f"\n\nRows without {' and '.join(groups)} name no such object, as refunds "
            f"of a charge that is not delivered; they may be of several currencies: "
            f"group by {ENTITY} to tell."
        )

    def _cells(self, row: tuple[Any, ...]) -> list[str]:
        named = dict(zip(self.columns, row, strict=True))
        currency = self.currency or next(
            (v for k, v in named.items() if k.endswith(ENTITY)), None
        )
        return [readable(v, self.units.get(k, ""), currency) for k, v in named.items()]


def aligned(lines: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """A heading, a rule and rows, each column as wide as it must be."""
    widths = [max(len(line[i]) for line in lines) for i in range(len(right))]
    rule = ["-" * width for width in widths]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in [lines[0], rule, *lines[1:]]
    )


def readable(value: Any, unit: str, currency: str | None) -> str:
    """A value as its unit is written."""
    if value is None:
        return "-"
    if isinstance(value, date):
        return plain(value)
    if not is_number(value):
        return str(value)
    if unit == "money":
        return f"{value:,.{decimal_places().get(currency, 2)}f}"
    if unit == "rate":
        return f"{value:.1%}"
    if unit == "count" or isinstance(value, int):
        return f"{value:,.0f}"
    return f"{value:,.2f}"


def plain(value: Any) -> Any:
    """A value for programs: exact, and dates without an empty time of day."""
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def is_number(value: Any) -> bool:
    return isinstance(value, NUMBERS) and not isinstance(value, bool)


@cache
def decimal_places() -> dict[str, int]:
    """Currency -> digits after the point, from the seed."""
    with (ROOT / "seeds" / "stripe_currencies.csv").open() as file:
        return {
            row["currency"]: int(row["decimal_places"]) for row in csv.DictReader(file)
        }
