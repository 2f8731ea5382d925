"""The warehouse of a target, for programs that read what the dashboards read."""

from __future__ import annotations

from dashboards.warehouse import Warehouse

TARGETS = ("duckdb", "postgres")


def open_warehouse(target: str) -> Warehouse:
    """The warehouse of a target: `duckdb` or `postgres`, with what it needs alone."""
    if target == "postgres":
        from dashboards.warehouse.postgres import PostgresReader

        return PostgresReader()
    from dashboards.warehouse.duckdb_copy import DuckdbCopy

    return DuckdbCopy()
