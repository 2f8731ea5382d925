"""Which columns are personal: as staging declares them, elsewhere by their names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.offered import PERSONAL, personal_columns
from erasure.database import Table

STAGING = Path(__file__).resolve().parents[1] / "models" / "staging"
MOVEMENT = "balance_transaction_id"
# What descriptions of these say is what was sold, Stripe's fee or Stripe's words.
NOT_DESCRIBED = {"invoice_line_id", "invoice_item_id", "fee_detail_id", MOVEMENT}


def personal_of(table: Table) -> set[str]:
    """The personal columns of a table; the second column is its key."""
    if table.name.startswith("stg_"):
        return personal_by_model().get(table.name, set())
    is_described = not NOT_DESCRIBED & set(table.columns[1:2])
    return set(personal_columns()) - (set() if is_described else {"description"})


def is_movement(table: Table) -> bool:
    """Movements of the balance, whose descriptions tell what they are."""
    return table.columns[1:2] == (MOVEMENT,) and "type" in table.columns


@cache
def personal_by_model() -> dict[str, set[str]]:
    files = STAGING.rglob("stg_*.sql")
    return {file.stem: set(PERSONAL.findall(file.read_text())) for file in files}
