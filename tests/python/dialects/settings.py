"""Settings to compile with, and what the warehouse is taken to hold."""

from __future__ import annotations

from harness.project import DOMAINS

from dialects.job import Compilation

EVENTS = {
    "segment_event_sources": ["website"],
    "identity_metadata_column": "metadata_user_id",
    "funnel_steps": ["visit", "sign_up", "invited_teammate", "first_payment"],
}
# Everything at once: two accounts, a day that is not UTC's, own columns, events.
ALL = {
    "stripe_sources": ["stripe", "stripe_eu"],
    "reporting_timezone": "America/New_York",
    "passthrough_columns": {"charges": ["metadata_order"]},
    "hash_personal_data": True,
    **EVENTS,
}
# Little: no domain, and of the tables just one, with few columns of all kinds.
LITTLE = {
    "domains": [],
    "passthrough_columns": {
        "charges": [
            "Order Id",
            {"name": "score", "type": "integer"},
            {"name": "share", "type": "numeric"},
            {"name": "ordered", "type": "date"},
            {"name": "gift", "type": "boolean"},
        ]
    },
}
CHARGES = {
    "id": "VARCHAR",
    "amount": "BIGINT",
    "currency": "VARCHAR",
    "status": "VARCHAR",
    "captured": "VARCHAR",
    "paid": "BIGINT",
    "livemode": "BOOLEAN",
    "received_at": "TIMESTAMP WITH TIME ZONE",
    "Order Id": "VARCHAR",
    "score": "VARCHAR",
    "share": "VARCHAR",
    "ordered": "VARCHAR",
    "gift": "VARCHAR",
}


def catalog(created: str) -> dict[str, dict[str, dict[str, str]]]:
    """A warehouse whose charges say when they were made as this type of DuckDB."""
    return {"stripe": {"charges": {**CHARGES, "created": created}}}


COMPILATIONS = {
    "all": Compilation(ALL, select=()),
    "plain": Compilation({}, select=()),
    "epoch": Compilation(LITTLE, catalog("BIGINT")),
    "zoned": Compilation(
        LITTLE | {"domains": DOMAINS}, catalog("TIMESTAMP WITH TIME ZONE")
    ),
}
