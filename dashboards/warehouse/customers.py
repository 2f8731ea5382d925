"""The customer's e-mail and name, beside the customer's id of any mart: columns that
are joined as the user's own are."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.warehouse.own import SOURCE, OwnColumn, OwnTable
from dashboards.warehouse.reader import Warehouse

MART, KEY = "dim_customers", "customer_id"
LABELS = {"email": "Customer e-mail", "description": "Customer name"}
CUSTOMERS = OwnTable(
    *(MART, "customer", "customer", (KEY,)),
    is_object=True,
    has_many=False,
    time=None,
    columns=dict.fromkeys(LABELS, "string"),
)


@dataclass(frozen=True)
class CustomerColumn(OwnColumn):
    """`customer__email` or `customer__description`, as metrics are grouped by them."""

    @property
    def label(self) -> str:
        return LABELS[self.column]


def customer_columns(warehouse: Warehouse, relation: str) -> dict[str, OwnColumn]:
    """{name: column} for a mart that has customers' ids and no e-mail of its own."""
    columns = warehouse.columns(relation)
    if not {SOURCE, KEY} <= columns.keys() or "email" in columns:
        return {}
    found = (CustomerColumn(CUSTOMERS, name) for name in LABELS)
    return {one.name: one for one in found}
