"""A large warehouse of marts, made from those of a small one.

Building a million invoices takes hours, and pages only see marts. So every row of a
customer, invoice, charge or the like is repeated: each copy has ids and e-mail
addresses of its own and lies some weeks or years earlier, over six years in all. Marts
of days and months, which do not grow with the customers, are repeated over those years
only. Sizes and spreads are those of a large account; figures of different marts do not
tie.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

# Plans are few, however many customers subscribe to them.
SHARED_IDS = ("plan_id", "product_id", "coupon_id")
SPANS, SPAN_DAYS = 3, 728
COLUMNS = """
    select column_name, data_type from duckdb_columns()
    where database_name = 'small' and schema_name = ? and table_name = ?
    order by column_index
"""


def multiply(small: Path, large: Path, invoices: int) -> int:
    """Write `large`, with at least so many invoices; returns the number of copies."""
    large.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"attach '{small}' as small (read_only)")
        connection.execute(f"attach '{large}' as large")
        (had,) = connection.execute(
            "select count(*) from small.analytics.fct_invoices"
        ).fetchone()
        copies = -(-invoices // had)
        connection.execute("create schema large.analytics")
        connection.execute("create schema large.analytics_reference")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where database_name = 'small'"
        ).fetchall()
        for schema, table in tables:
            columns = connection.execute(COLUMNS, [schema, table]).fetchall()
            connection.execute(
                f"create table large.{schema}.{table} as "
                + repeated(f"{schema}.{table}", columns, copies)
            )
    return copies


def repeated(table: str, columns: list[tuple[str, str]], copies: int) -> str:
    """Select all copies of a table's rows."""
    ids = [c for c, _ in columns if c.endswith("_id") and c not in SHARED_IDS]
    if ids:
        shift = (
            f"cast((copy % {SPANS}) * {SPAN_DAYS} + copy // {SPANS} % 4 * 7 as integer)"
        )
    else:
        copies, shift = SPANS, f"cast(copy * {SPAN_DAYS} as integer)"
    if table.startswith("analytics_reference") or table.endswith("data_freshness"):
        copies = 1
    changed = [f"{name} || '_' || copy as {name}" for name in ids]
    for name, data_type in columns:
        if name == "email":
            changed.append("copy || '.' || email as email")
        elif name.endswith("_month") and data_type == "DATE":
            changed.append(
                f"cast(date_trunc('month', {name} - {shift}) as date) as {name}"
            )
        elif data_type == "DATE":
            changed.append(f"{name} - {shift} as {name}")
        elif data_type == "TIMESTAMP":
            changed.append(f"{name} - to_days({shift}) as {name}")
    replaced = f"replace ({', '.join(changed)})" if changed else ""
    return (
        f"select rows.* {replaced} from small.{table} as rows "
        f"cross join range({copies}) as copies(copy)"
    )
