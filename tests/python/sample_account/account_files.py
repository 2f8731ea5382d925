"""Reading an account's files in tests."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from sample_account.schema import STRIPE, TRUTH, WEBSITE

AS_OF = dt.date(2026, 10, 20)
SMALL = {"customers": 400, "months": 15, "as_of": AS_OF, "workers": 1}


def opened(folder: Path, copies: bool = False) -> duckdb.DuckDBPyConnection:
    """Views (or copies) of an account's files; `stripe` has each id's latest row.

    The rows as delivered are in `delivered`.
    """
    kind = "table" if copies else "view"
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    for schema in ("stripe", "website", "truth", "delivered"):
        connection.execute(f"create schema {schema}")
    for schema, names in (("stripe", STRIPE), ("website", WEBSITE), ("truth", TRUTH)):
        for name in names:
            files = folder / schema / name / "part-*.parquet"
            if not list(files.parent.glob("part-*.parquet")):
                continue
            relation = f"read_parquet('{files}')"
            if schema == "stripe":
                connection.execute(f"create {kind} delivered.{name} as from {relation}")
                relation = (
                    f"(select * from delivered.{name} qualify row_number() over"
                    " (partition by id order by received_at desc, uuid_ts desc) = 1)"
                )
            connection.execute(f"create {kind} {schema}.{name} as from {relation}")
    return connection
