"""How a page speaks of times and accounts: in the warehouse's zone, by its names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dashboards.text.accounts import naming
from dashboards.text.zone import in_zone
from dashboards.warehouse import Warehouse


@contextmanager
def spoken(warehouse: Warehouse) -> Iterator[None]:
    """Within the block, of a page that is drawn."""
    with in_zone(warehouse.zone()), naming(warehouse.account_names()):
        yield
