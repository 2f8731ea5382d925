"""Every fault, in the order in which the table lists them."""

from __future__ import annotations

from faults.balance_faults import BALANCE_FAULTS
from faults.currency_faults import CURRENCY_FAULTS
from faults.data_faults import DATA_FAULTS
from faults.delivered_faults import DELIVERED_FAULTS
from faults.identity_faults import IDENTITY_FAULTS
from faults.ledger_faults import LEDGER_FAULTS
from faults.model_faults import MODEL_FAULTS
from faults.receivable_faults import RECEIVABLE_FAULTS
from faults.records import Fault
from faults.recurring_faults import RECURRING_FAULTS

CATALOGUE: tuple[Fault, ...] = (
    *DATA_FAULTS,
    *DELIVERED_FAULTS,
    *MODEL_FAULTS,
    *BALANCE_FAULTS,
    *RECEIVABLE_FAULTS,
    *RECURRING_FAULTS,
    *LEDGER_FAULTS,
    *IDENTITY_FAULTS,
    *CURRENCY_FAULTS,
)
