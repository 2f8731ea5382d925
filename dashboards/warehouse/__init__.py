"""What pages may ask of the warehouse."""

from dashboards.warehouse.reader import (
    NotBuilt,
    Parameters,
    QueryFailed,
    Row,
    Statement,
    UnknownName,
    Warehouse,
    WarehouseError,
)

__all__ = [
    "NotBuilt",
    "Parameters",
    "QueryFailed",
    "Row",
    "Statement",
    "UnknownName",
    "Warehouse",
    "WarehouseError",
]
