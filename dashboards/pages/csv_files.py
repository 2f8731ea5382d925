"""Rows as a CSV file, sent while they are read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from flask import Response

from dashboards.warehouse import Row

# Spreadsheets run what begins like this, also after spaces that they drop.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "=", "+", "-", "@")
MARK = "\ufeff"  # tells spreadsheets that the text is UTF-8


def csv_response(
    name: str,
    columns: Sequence[str],
    batches: Iterator[list[Row]],
    keys: Sequence[Any] | None = None,
) -> Response:
    """A download of all batches; the first is read before anything is sent, so that
    what is wrong with the query can still be answered as such. `keys` are those of the
    rows, where not the names of the columns."""
    first = next(batches, [])
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(
        lines(columns, chain([first], batches), keys or columns),
        content_type="text/csv; charset=utf-8",
        headers=headers,
    )


def plain(text: str, status: int) -> Response:
    """A sentence on why there is no file."""
    return Response(text, status, content_type="text/plain; charset=utf-8")


def lines(
    columns: Sequence[str], batches: Iterable[list[Row]], keys: Sequence[Any]
) -> Iterator[str]:
    """The file in pieces: the names of the columns, then each batch."""
    yield MARK + written([[safe(column) for column in columns]])
    for batch in batches:
        yield written([[cell(row[key]) for key in keys] for row in batch])


def written(rows: Iterable[Sequence[str]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue()


def cell(value: Any) -> str:
    """Exact, and as programs read it: `1234.5`, `true`, `2026-10-20 13:00:00`."""
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value)


def safe(text: str) -> str:
    """Text that a spreadsheet shows and does not run."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
