"""Rows of one thing, out of a million."""

from __future__ import annotations


def found(relation: str, key: str) -> str:
    """A common table `found`: the rows of a mart with one key, bound as `?`.

    DuckDB looks into an index for a single equality only, so what else is asked of the
    rows, a limit too, is asked of them once they are found.
    """
    return f"""found as materialized (

    select * from {relation}
    where {key} = ?

)"""


def rows_of(
    relation: str, key: str, condition: str, order: str, most: int, columns: str = "*"
) -> str:
    """The rows of a mart with one key that hold a condition, in an order."""
    return f"""
with {found(relation, key)}

select {columns}
from found
where {condition}
order by {order}
limit {most}
"""
