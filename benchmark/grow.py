"""Repeat a loaded sample account until it has as many charges as wanted.

Simulating a million charges takes long. So the rows of every table but the catalogue's
(plans, coupons and the like) are copied, each copy with ids and e-mail addresses of its
own: rows still name each other as they did, within a copy. Dates stay as they are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import duckdb

# What an account has once, however large it is.
CATALOGUE = (
    *("accounts", "coupons", "order_shipping_methods", "plans", "products", "skus"),
    "tax_rates",
)
# Texts that name an object (ch_1a2B3c4D), a visitor or user, or an address.
NAMES = r"^[a-z]+_[A-Za-z0-9]{10,}$|^u[A-Za-z]{14}$|^[0-9a-f-]{32,}$"
SHARED = ("plan_id", "product_id", "coupon_id", "sku_id", "tax_rates", "account_id")
TABLES = """
    select schema_name, table_name from duckdb_tables()
    where schema_name in ('stripe', 'website') order by all
"""
COLUMNS = """
    select column_name from duckdb_columns()
    where schema_name = ? and table_name = ? and data_type = 'VARCHAR'
"""


def grow(database: Path, charges: int, settings: dict[str, str]) -> dict[str, int]:
    """Replace the raw tables in a DuckDB file; returns their rows."""
    with duckdb.connect(str(database)) as connection:
        for name, value in settings.items():
            connection.execute(f"set {name} = '{value}'")
        (had,) = connection.execute("select count(*) from stripe.charges").fetchone()
        copies = -(-charges // had)
        rows = {}
        for schema, table in connection.execute(TABLES).fetchall():
            if table not in CATALOGUE:
                changed = changes(connection, schema, table)
                connection.execute(
                    f'create or replace table {schema}."{table}" as '
                    f"select raw_rows.* replace ({', '.join(changed)}) "
                    f'from {schema}."{table}" as raw_rows '
                    f"cross join range({copies}) as copies(copy)"
                )
            (count,) = connection.execute(
                f'select count(*) from {schema}."{table}"'
            ).fetchone()
            rows[f"{schema}.{table}"] = count
    return rows


def changes(
    connection: duckdb.DuckDBPyConnection, schema: str, table: str
) -> list[str]:
    """The columns that differ between copies: names of objects and addresses."""
    found = []
    for (column,) in connection.execute(COLUMNS, [schema, table]).fetchall():
        if column in SHARED:
            continue
        all_named, all_addressed = connection.execute(
            f'select bool_and(regexp_matches("{column}", ?)), '
            f'bool_and("{column}" like \'%@%\') from {schema}."{table}"',
            [NAMES],
        ).fetchone()
        if all_named:
            found.append(f'"{column}" || \'c\' || copy as "{column}"')
        elif all_addressed:
            found.append(f'\'c\' || copy || "{column}" as "{column}"')
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--charges", type=int, required=True)
    parser.add_argument("--settings", type=json.loads, default={})
    given = parser.parse_args()
    print(json.dumps(grow(given.database, given.charges, given.settings)))


if __name__ == "__main__":
    main()
