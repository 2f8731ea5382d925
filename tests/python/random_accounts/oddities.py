"""What some warehouses have and others do not: flags, rates, and empty texts."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from engine.schema import Tables, collections
from hypothesis import strategies as st

Draw = st.DrawFn
Raw = dict[str, Any]

# Columns that Segment does not document; a column without a type is taken away.
DELETED = {"discounts": "is_deleted", "subscription_items": "is_deleted"}
RATES = ("txr_in", "txr_on", "txr_two", "txr_null")
NAMED_RATES = (
    None,
    None,
    "txr_in",
    "txr_on",
    "txr_two",
    '["txr_in"]',
    '["txr_in", "txr_on"]',
    "['txr_two','txr_in']",
    "[txr_on]",
    "txr_null",
    "txr_gone",
    "[]",
)


def further(schemas: Iterable[str], without_discount_ids: Iterable[str] = ()) -> Tables:
    """Columns beside those of Segment's source, and those that some accounts lack."""
    found: dict[str, dict[str, dict[str, Any]]] = {
        schema: {table: {column: "boolean"} for table, column in DELETED.items()}
        for schema in schemas
    }
    for schema in without_discount_ids:
        found[schema]["subscriptions"] = {"discount_id": None}
    return found


def tax_rates(draw: Draw) -> list[Raw]:
    """Rates inside and beside prices; some are not delivered."""
    kinds = (True, False, True, None)
    rates = [
        {
            "id": name,
            "inclusive": kind,
            "percentage": draw(
                st.sampled_from((Decimal(20), Decimal("5.5"), Decimal("7.25"), None))
            ),
        }
        for name, kind in zip(RATES, kinds, strict=True)
    ]
    return rates[: draw(st.sampled_from((4, 4, 2, 0)))]


def with_empty_texts(draw: Draw, account: Mapping[str, list[Raw]]) -> None:
    """Let the account's loader write '' where there is no text, rarely."""
    if not draw(st.sampled_from((False, False, False, True))):
        return
    for collection, rows in account.items():
        texts = [
            column
            for column, kind in collections().get(collection, {}).items()
            if kind == "string" and column != "id"
        ]
        for row in rows:
            if draw(st.booleans()):
                row |= {name: "" for name in texts if row.get(name) is None}
