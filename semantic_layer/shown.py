"""The metrics over what the dashboards show, for programs that run beside dbt."""

from __future__ import annotations

from dashboards.warehouse import Warehouse, WarehouseError
from semantic_layer.errors import MetricError
from semantic_layer.layer import Run
from semantic_layer.warehouse import Rows


def run_in(warehouse: Warehouse) -> Run:
    """Runs SQL where the dashboards read; its errors are those of the metrics."""

    def run(sql: str) -> tuple[list[str], Rows]:
        try:
            found = warehouse.query(sql)
        except WarehouseError as error:
            raise MetricError(str(error)) from error
        columns = list(found[0]) if found else []
        return columns, [tuple(row.values()) for row in found]

    return run
