"""The account that faults go into: a small sample account with the rarer rows added."""

from __future__ import annotations

from pathlib import Path

import duckdb

from sample_account import load_duckdb

SUPPLEMENT = Path(__file__).with_name("account.sql")


def load_account(sample: Path, database: Path) -> None:
    """Write the account to a DuckDB file: the sample, then what account.sql adds."""
    load_duckdb(sample, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(SUPPLEMENT.read_text())
