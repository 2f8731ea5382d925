"""The metrics over what the dashboards show, for programs that run beside dbt."""

from __future__ import annotations

from dashboards.open_warehouse import open_warehouse
from dashboards.warehouse import Warehouse, WarehouseError
from semantic_layer.errors import MetricError
from semantic_layer.layer import Run, SemanticLayer
from semantic_layer.manifest import read_manifest
from semantic_layer.warehouse import Rows, read_profile


def shown_metrics(target: str) -> tuple[SemanticLayer, Warehouse]:
    """The metrics over what the dashboards of a target show, and that."""
    profile, warehouse = read_profile(target), open_warehouse(target)
    return SemanticLayer(read_manifest(profile), profile, run_in(warehouse)), warehouse


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
