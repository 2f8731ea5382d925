"""Names of columns and operators as people say them."""

from __future__ import annotations

from dashboards.address.tables import Table, is_code, is_currency
from dashboards.text import formatting

WORDS = {"id": "ID", "mrr": "MRR", "line1": "line 1", "line2": "line 2"}
OPERATORS = {
    "eq": "is",
    "ne": "is not",
    "in": "is one of",
    "contains": "contains",
    "starts": "starts with",
    "lt": "is less than",
    "le": "is at most",
    "gt": "is more than",
    "ge": "is at least",
    "null": "is empty",
    "not_null": "is not empty",
}
OF_DAYS = {
    "eq": "is on",
    "ne": "is not on",
    "lt": "is before",
    "le": "is up to",
    "gt": "is after",
    "ge": "is from",
}


def label(column: str, table: Table) -> str:
    """`Payment intent ID` of payment_intent_id; of an own one, `Tier (own, charge)`."""
    if column in table.own:
        return table.own[column].label
    if column == "source_relation":
        return "Account"
    words = [WORDS.get(word, word) for word in column.split("_")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def word_kind(column: str) -> str | None:
    """How a mart's column of codes is written, as in formatting.FORMATS."""
    if column == "ageing_bucket":
        return "age"
    if is_currency(column):
        return "code"
    return "words" if is_code(column) else None


def value_label(column: str, table: Table, value: str) -> str:
    """A value of a filter or a suggestion as the cells of its column write it."""
    is_own = table.title is not None or column in table.own
    kind = None if is_own else word_kind(column)
    return formatting.shown(kind, value) if kind and value else value


def operator_label(operator: str, kind: str) -> str:
    words = {**OPERATORS, **OF_DAYS} if kind in ("date", "timestamp") else OPERATORS
    return words[operator]
