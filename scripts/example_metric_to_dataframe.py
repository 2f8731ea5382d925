"""Pull metrics into a data frame: net charges and success rate by month and currency.

The frame is a pyarrow.Table with exact decimals; `frame.to_pandas()` and
`polars.from_arrow(frame)` take it where those are installed, and DuckDB queries it by
its name. Run it with .venv/bin/python, after make build.
"""

from __future__ import annotations

import duckdb
import pyarrow

from semantic_layer.compiler import Query
from semantic_layer.layer import SemanticLayer


def monthly_charges(layer: SemanticLayer) -> pyarrow.Table:
    """One row per month and currency."""
    question = Query(
        metrics=["net_charges", "charge_success_rate"],
        group_by=["metric_time__month", "currency"],
        order_by=["metric_time__month", "currency"],
    )
    return layer.query(question).to_arrow()


def main() -> None:
    frame = monthly_charges(SemanticLayer.open())
    print(frame.schema)
    best = """
        select currency, max(net_charges) as best_month
        from frame
        group by currency
        order by currency
    """
    print(duckdb.sql(best))


if __name__ == "__main__":
    main()
