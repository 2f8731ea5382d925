"""Segment's collections and columns, from the reference list beside this file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).with_name("segment_stripe_schema.csv")
DUCKDB_TYPES = {
    "string": "varchar",
    "integer": "bigint",
    "numeric": "decimal(18, 6)",
    "boolean": "boolean",
    "timestamp": "timestamp",
}
EVENT_TABLES = ("tracks", "pages", "screens", "identifies", "groups", "users")


@dataclass(frozen=True)
class Column:
    """One column of a collection; status as in the reference list."""

    name: str
    type: str
    status: str

    @property
    def duckdb_type(self) -> str:
        return DUCKDB_TYPES[self.type]


@cache
def collections() -> dict[str, dict[str, Column]]:
    """Every collection that Segment documents today: {collection: {name: column}}."""
    found: dict[str, dict[str, Column]] = {}
    with REFERENCE.open() as file:
        for row in csv.DictReader(file):
            column = Column(row["column"], row["type"], row["status"])
            found.setdefault(row["collection"], {})[column.name] = column
    return {name: columns for name, columns in found.items() if is_documented(columns)}


def is_documented(columns: dict[str, Column]) -> bool:
    """Whether more than the three columns of every table are documented."""
    return sum(column.status == "documented" for column in columns.values()) > 3


def duckdb_type(collection: str, column: str) -> str:
    """The type of a column as Segment loads it; unknown columns are text."""
    known = collections().get(collection, {}).get(column)
    if known:
        return known.duckdb_type
    if column in ("received_at", "uuid_ts", "timestamp", "sent_at", "created_at"):
        return "timestamp"
    return "varchar"
