"""Every fault, in the order in which the table lists them."""

from __future__ import annotations

from faults.data_faults import DATA_FAULTS
from faults.model_faults import MODEL_FAULTS
from faults.records import Fault

CATALOGUE: tuple[Fault, ...] = (*DATA_FAULTS, *MODEL_FAULTS)
