"""Columns that several marts share, as queries that find where they disagree.

A name means one thing. Marts of equal grain must say the same of the same key; the
months of a mart are the sums of the days of another; and an object that names another
(a refund its charge) names the same customer and invoice as that one does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

KEY_TEST = "unique_combination_of_columns"
# Ids that name one of several, as the column's description says: a relation, no figure.
OTHERWISE = {
    # A charge names one of its disputes and transactions, and may have several.
    "fct_balance_transactions": {"dispute_id"},
    "fct_balance_transaction_fees": {"balance_transaction_id"},
    # A line may bill another subscription than its invoice's, and a plan of before.
    "fct_invoice_line_items": {"plan_id", "product_id", "subscription_id"},
    # An invoice names one of its charges, and so does a dispute of several.
    "fct_invoices": {"charge_id"},
    # The balance transaction that first moved the object's own money.
    "fct_refunds": {"balance_transaction_id"},
}


@dataclass(frozen=True)
class Mart:
    """A public table, what its rows are told apart by, and types by column."""

    name: str
    relation: str
    key: frozenset[str]
    types: Mapping[str, str]

    def says(self, column: str) -> bool:
        return column in self.types and column not in OTHERWISE.get(self.name, ())


def find_marts(manifest: Mapping[str, Any]) -> list[Mart]:
    """Marts with a key, from dbt's manifest."""
    keys = {
        node["attached_node"]: frozenset(
            node["test_metadata"]["kwargs"]["combination_of_columns"]
        )
        for node in manifest["nodes"].values()
        if (node.get("test_metadata") or {}).get("name") == KEY_TEST
    }
    return [
        Mart(
            node["name"],
            node["relation_name"],
            keys[unique_id],
            {name: column["data_type"] for name, column in node["columns"].items()},
        )
        for unique_id, node in manifest["nodes"].items()
        if unique_id in keys and node["config"].get("access") == "public"
    ]


def queries(manifest: Mapping[str, Any]) -> dict[str, str]:
    """What is compared -> SQL that gives the rows that disagree."""
    marts = find_marts(manifest)
    return {
        **dict(found for pair in combinations(marts, 2) for found in same_rows(*pair)),
        **dict(found for pair in permutations(marts, 2) for found in month_sums(*pair)),
        **dict(found for pair in permutations(marts, 2) for found in named(*pair)),
    }


def same_rows(one: Mart, other: Mart) -> Iterator[tuple[str, str]]:
    """Marts of equal grain: every other column that both have."""
    if one.key != other.key:
        return
    for column in sorted(one.types.keys() & other.types.keys() - one.key):
        if one.says(column) and other.says(column):
            yield f"{column}: {one.name} = {other.name}", differing(one, other, column)


def month_sums(month: Mart, day: Mart) -> Iterator[tuple[str, str]]:
    """A mart of months and one of days: counts and amounts that both have."""
    days = {"reporting_date"}
    if not days <= day.key or month.key != day.key - days | {"reporting_month"}:
        return
    keys = ", ".join(sorted(month.key))
    for column in sorted(month.types.keys() & day.types.keys() - month.key):
        adds_up = column.endswith(("_count", "_amount", "_total"))
        if adds_up and month.says(column) and day.says(column):
            yield (
                f"{column}: {month.name} = sum of {day.name}",
                f"select * from (select {keys}, sum({column}) as total "
                f"from {day.relation} group by {keys}) as days "
                f"inner join {month.relation} as months using ({keys}) "
                f"where days.total is distinct from months.{column}",
            )


def named(owner: Mart, other: Mart) -> Iterator[tuple[str, str]]:
    """A mart that names the object of another: ids that both have."""
    if not owner.key < other.types.keys() or owner.key == other.key:
        return
    ids = {name for name in owner.types if name.endswith("_id")} | {"home_currency"}
    for column in sorted(ids & other.types.keys() - owner.key - other.key):
        if owner.says(column) and other.says(column):
            yield (
                f"{column}: {other.name} = {owner.name}",
                differing(owner, other, column),
            )


def differing(one: Mart, other: Mart, column: str) -> str:
    """Rows of both, by the key of the first, whose values of a column differ."""
    keys = ", ".join(sorted(one.key))
    return (
        f"select {keys}, one.{column}, other.{column} from {one.relation} as one "
        f"inner join {other.relation} as other using ({keys}) "
        f"where one.{column} is distinct from other.{column}"
    )
