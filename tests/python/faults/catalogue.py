"""Every fault, in the order in which the table lists them."""

from __future__ import annotations

from faults.balance_faults import BALANCE_FAULTS
from faults.data_faults import DATA_FAULTS
from faults.model_faults import MODEL_FAULTS
from faults.receivable_faults import RECEIVABLE_FAULTS
from faults.records import Fault

CATALOGUE: tuple[Fault, ...] = (
    *DATA_FAULTS,
    *MODEL_FAULTS,
    *BALANCE_FAULTS,
    *RECEIVABLE_FAULTS,
)
