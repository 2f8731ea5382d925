"""Reference computation: the marts in plain Python, from raw rows and definitions.

It shares no code, no SQL and no intermediate step with the dbt models, so that both
being wrong in the same way is unlikely. Decimal and zoneinfo only.
"""

from reference.converted import CONVERTED_KEYS
from reference.converted_people import CONVERTED_PEOPLE_KEYS
from reference.marts import CONTRACT_KEYS, PEOPLE_KEYS, compute
from reference.rows import Account, Row, Settings

__all__ = [
    "CONTRACT_KEYS",
    "CONVERTED_KEYS",
    "CONVERTED_PEOPLE_KEYS",
    "PEOPLE_KEYS",
    "Account",
    "Row",
    "Settings",
    "compute",
]
