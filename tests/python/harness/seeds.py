"""A seed's table in DuckDB, made from its file without dbt."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb


def load_seed(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    path: Path,
    config: Mapping[str, Any],
) -> None:
    """Make `table` from the seed's file, with the types that its yaml names."""
    types = config.get("column_types", {})
    given = ", ".join(f"'{column}': '{kind}'" for column, kind in types.items())
    # DuckDB refuses empty braces: a seed without types names none.
    options = f", types = {{{given}}}" if types else ""
    connection.execute(
        f"create table {table} as from read_csv(?{options})", [str(path)]
    )
