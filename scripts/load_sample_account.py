"""Load a sample account into DuckDB or PostgreSQL (schemas stripe, website, truth;
stripe_us where it has a second account)."""

from __future__ import annotations

import argparse
import os
import sys
import time

from sample_account import AccountError, load_duckdb, load_postgres


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--from", dest="source", required=True, help="directory of the account")
    add("--to", choices=["duckdb", "postgres"], required=True, help="engine")
    default = os.environ.get("SEGMENT_STRIPE_DUCKDB", "warehouse.duckdb")
    add("--database", default=default, help="DuckDB file (default: %(default)s)")
    return parser.parse_args()


def main() -> int:
    """Load; 0 if the tables are there, 1 if something stands in the way."""
    given = arguments()
    began = time.perf_counter()
    try:
        if given.to == "duckdb":
            rows, place = load_duckdb(given.source, given.database), given.database
        else:
            rows, place = load_postgres(given.source), "PostgreSQL"
    except AccountError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(
        f"Loaded {len(rows)} tables, {sum(rows.values()):,} rows into {place},"
        f" {time.perf_counter() - began:.1f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
