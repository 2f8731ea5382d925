"""Print the as-of month's headline figures of a built DuckDB warehouse."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb

QUERY = """
with months as (
    select
        *,
        row_number() over (partition by currency order by reporting_month desc)
            as age
    from {schema}.executive_summary_monthly
)
select
    months.reporting_month,
    months.currency,
    decimal_places,
    gross_charge_amount,
    refund_amount,
    net_charge_amount,
    net_charge_amount_change,
    charge_success_rate,
    unpaid_invoice_amount,
    coalesce(closing_mrr_amount, 0)
from months
left join {schema}.mrr_monthly as mrr
    on months.source_relation = mrr.source_relation
    and months.currency = mrr.currency
    and months.reporting_month = mrr.reporting_month
inner join {schema}_reference.stripe_currencies as currencies
    on months.currency = currencies.currency
where age = 1
order by gross_charge_count desc
"""
HEADER = (
    "",
    "gross charges",
    "refunds",
    "net charges",
    "change",
    "success rate",
    "unpaid invoices",
    "MRR",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("SEGMENT_STRIPE_DUCKDB", "warehouse.duckdb")
    parser.add_argument("--database", type=Path, default=Path(default))
    parser.add_argument("--schema", default="analytics", help="schema of the marts")
    parser.add_argument("--results", type=Path, default=Path("target/run_results.json"))
    parser.add_argument("--vars", default="{}", help="variables dbt was built with")
    arguments = parser.parse_args()
    try:
        rows = read_months(arguments.database, arguments.schema)
    except duckdb.Error as error:
        print(
            f"error: {arguments.database} cannot be read as a built warehouse: run "
            f"make build, or close the program that holds it. "
            f"({str(error).splitlines()[0]})",
            file=sys.stderr,
        )
        return 1
    if not rows:
        print("The account has no charges, refunds or customers yet.")
        return 0
    print_months(rows)
    print_results(arguments.results)
    database = arguments.database.resolve()
    print(
        f"\nDatabase: {database}\n"
        f"Marts:    schema {arguments.schema}, for example "
        f"{arguments.schema}.executive_summary_daily\n"
        "Next:     change a model, then\n"
        f"          .venv/bin/dbt build --vars '{arguments.vars}'\n"
        "          or read README.md, Your own warehouse."
    )
    return 0


def read_months(database: Path, schema: str) -> list[tuple]:
    """The last month of each currency, busiest currency first."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(QUERY.format(schema=schema)).fetchall()


def print_months(rows: list[tuple]) -> None:
    print(
        f"\nMonth of {rows[0][0]:%B %Y} to date; change against the same days of the "
        "month before\n"
    )
    lines = [HEADER] + [line(*row[1:]) for row in rows]
    widths = [max(len(cells[i]) for cells in lines) for i in range(len(HEADER))]
    for cells in lines:
        padded = (c.rjust(width) for c, width in zip(cells, widths, strict=True))
        print("  ".join(padded))


def print_results(path: Path) -> None:
    """Say what the last dbt build did, where it left its results."""
    if not path.exists():
        return
    run = json.loads(path.read_text())
    results = [r for r in run["results"] if not r["unique_id"].startswith("operation")]
    statuses = Counter(result["status"] for result in results)
    print(
        f"\n{statuses['success']} models and seeds built, {statuses['pass']} tests "
        f"passed, {statuses['warn']} warned, in {run['elapsed_time']:.0f} s"
    )


def line(
    currency: str,
    places: int,
    gross: Decimal,
    refunds: Decimal,
    net: Decimal,
    change: Decimal | None,
    success_rate: Decimal | None,
    unpaid: Decimal,
    mrr: Decimal,
) -> tuple[str, ...]:
    money = [f"{amount:,.{places}f}" for amount in (gross, refunds, net)]
    growth = "-" if change is None else f"{change:+.1%}"
    rate = "-" if success_rate is None else f"{success_rate:.1%}"
    state = [f"{amount:,.{places}f}" for amount in (unpaid, mrr)]
    return (currency, *money, growth, rate, *state)


if __name__ == "__main__":
    sys.exit(main())
