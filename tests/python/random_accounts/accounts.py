"""Accounts that print themselves, as small tables, when a test fails."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any


class Sources(dict[str, dict[str, list[dict[str, Any]]]]):
    """schema -> collection -> raw rows."""

    def __repr__(self) -> str:
        lines = [line for item in self.items() for line in schema_lines(*item)]
        return "\n" + "\n".join(lines or ["(no rows)"]) + "\n"


def schema_lines(
    schema: str, account: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[str]:
    """One table per collection that has rows, of the columns that have a value."""
    for collection, rows in account.items():
        if rows:
            yield f"{schema}.{collection}"
            yield from table_lines(rows)


def table_lines(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The rows as a table with aligned columns; columns without a value left out."""
    every = dict.fromkeys(name for row in rows for name in row)
    names = [n for n in every if any(row.get(n) is not None for row in rows)]
    cells = [[cell(row.get(name)) for name in names] for row in rows]
    widths = [
        max(len(text) for text in column) for column in zip(names, *cells, strict=True)
    ]
    for line in [names, *cells]:
        padded = (text.ljust(width) for text, width in zip(line, widths, strict=True))
        yield ("    " + "  ".join(padded)).rstrip()


def cell(value: Any) -> str:
    """A value as it stands in a table."""
    if value is None:
        return "-"
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)
