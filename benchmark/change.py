"""Change a share of an account's customers, as the next syncs of Segment would.

All that a chosen customer has arrives once more, newer than any row; the latest charge
has a twin with its payment intent, balance transaction and fees, and the first charge
that may be is refunded in full. Dates of business stay as they are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import duckdb

# In tenths of a per mille, so that a larger share holds a smaller one.
CHOSEN = "select id from stripe.customers where hash(id) % 10000 < {share} * 10000"
TABLES = """
    select table_name, bool_or(column_name = 'customer_id') from duckdb_columns()
    where schema_name = 'stripe'
    group by table_name having bool_or(column_name = 'uuid_ts')
"""
TWINS = {
    "payment_intents": ("id", "id in (select payment_intent_id from latest)"),
    "balance_transactions": ("id, source", "source in (select id from latest)"),
    "balance_transaction_fee_details": (
        "id, balance_transaction_id",
        "balance_transaction_id in (select balance_transaction_id from latest)",
    ),
    "charges": (
        "id, payment_intent_id, balance_transaction_id",
        "id in (select id from latest)",
    ),
}
REFUND = """
    insert into stripe.refunds by name select
        id || 'r' as id, id as charge_id, id || 't' as balance_transaction_id,
        amount, currency, created, {late}
    from refunded;
    insert into stripe.balance_transactions by name select
        id || 't' as id, id || 'r' as source, 'refund' as type, -amount as amount,
        0 as fee, -amount as net, currency, created, created as available, {late}
    from refunded;
    update stripe.charges set amount_refunded = amount, refunded = true
    where id in (select id from refunded);
"""


def change(database: Path, share: float, settings: dict[str, str]) -> dict[str, int]:
    """Change the raw tables of a DuckDB file; returns how many rows there are newer."""
    with duckdb.connect(str(database)) as connection:
        run = connection.execute
        for name, value in settings.items():
            run(f"set {name} = '{value}'")
        tables = dict(run(TABLES).fetchall())
        newest = " union all ".join(
            f'select max(uuid_ts) as moment from stripe."{table}"' for table in tables
        )
        run(
            "set variable later ="
            f" (select max(moment) + interval 1 hour from ({newest}))"
        )
        run(f"create temp table chosen as {CHOSEN.format(share=share)}")
        choose_charges(connection)
        for table, has_customer in tables.items():
            key = "id" if table == "customers" else "customer_id"
            if has_customer or table == "customers":
                run(
                    f"update stripe.\"{table}\" set uuid_ts = getvariable('later'),"
                    f" received_at = getvariable('later')"
                    f" where {key} in (select id from chosen)"
                )
        late = "getvariable('later') as uuid_ts, getvariable('later') as received_at"
        suffix = "strftime(getvariable('later'), 'n%j%H%M')"
        for table, (names, which) in TWINS.items():
            named = ", ".join(f"{n} || {suffix} as {n}" for n in names.split(", "))
            if table in ("charges", "payment_intents"):
                named += ", null as invoice_id"
            run(
                f"insert into stripe.{table} select * replace ({named}, {late})"
                f" from stripe.{table} where {which}"
            )
        run(REFUND.format(late=late))
        return {
            table: run(
                f'select count(*) from stripe."{table}"'
                " where uuid_ts = getvariable('later')"
            ).fetchone()[0]
            for table in tables
        }


def choose_charges(connection: duckdb.DuckDBPyConnection) -> None:
    """Of each chosen customer the latest charge, and the first to be refunded."""
    for name, order, condition in (
        ("latest", "desc", "true"),
        ("refunded", "asc", "paid and captured and coalesce(amount_refunded, 0) = 0"),
    ):
        connection.execute(
            f"create temp table {name} as select * from stripe.charges"
            f" where customer_id in (select id from chosen) and {condition}"
            " qualify row_number() over"
            f" (partition by customer_id order by created {order}) = 1"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--share", type=float, required=True)
    parser.add_argument("--settings", type=json.loads, default={})
    given = parser.parse_args()
    print(json.dumps(change(given.database, given.share, given.settings)))


if __name__ == "__main__":
    main()
