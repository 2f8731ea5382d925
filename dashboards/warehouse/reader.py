"""Queries of the marts, on the DuckDB serving copy or as PostgreSQL's reader.

The SQL of a page names marts without a schema and binds every value with `?`; it runs
unchanged on both. Names that come from an address go through `column` and `relation`,
which know no names but those of the marts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Row = dict[str, Any]
Parameters = Sequence[Any]
Statement = tuple[str, list[Any]]

QUERY_SECONDS = 15
DOWNLOAD_SECONDS = 600
KINDS = {
    "string": ("VARCHAR", "text", "character varying"),
    "number": (
        *("DECIMAL", "BIGINT", "INTEGER", "DOUBLE", "HUGEINT"),
        *("numeric", "bigint", "integer", "double precision"),
    ),
    "boolean": ("BOOLEAN", "boolean"),
    "date": ("DATE", "date"),
    "timestamp": ("TIMESTAMP", "timestamp without time zone"),
}
ZONE = """
select max(reporting_timezone) as reporting_timezone
from data_freshness
"""
FRESHNESS = """
select
    max(built_at) as built_at,
    max(as_of_date) as as_of,
    max(last_activity_date) as data_through
from data_freshness
"""

ACCOUNTS = """
select source_relation, last_activity_date as data_through
from data_freshness
where last_activity_date is not null
order by last_activity_date, source_relation
"""


NAMES = "select source_relation, account_name from dim_accounts"


class WarehouseError(Exception):
    """Something stands in the way; the message is a sentence for people."""


class NotBuilt(WarehouseError):
    """There are no marts to read yet."""


class UnknownName(WarehouseError):
    """A table or column that is not of the marts."""


class QueryFailed(WarehouseError):
    """The engine refused a query, or it took too long."""


@dataclass(frozen=True)
class Freshness:
    """When the marts were built, UTC; the last day that counts, and the last with data.

    All are null while there is no data at all.
    """

    built_at: datetime | None
    as_of: date | None
    data_through: date | None


class Warehouse(ABC):
    """What pages may ask; safe to share between threads."""

    @abstractmethod
    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows, as {column: value}: str, int, Decimal, bool, date or datetime."""

    @abstractmethod
    def batches(
        self, sql: str, parameters: Parameters = (), size: int = 10_000
    ) -> Iterator[list[Row]]:
        """The rows a batch at a time, for downloads that do not fit in memory."""

    @abstractmethod
    def catalog(self) -> dict[str, dict[str, str]]:
        """{relation: {column: kind}} of all marts; the kinds are those of KINDS."""

    def reading(self) -> AbstractContextManager[None]:
        """Within the block, this thread's queries see one state, where that can be."""
        return nullcontext()

    def columns(self, relation: str) -> dict[str, str]:
        """{column: kind} of a mart, in its order. Raises UnknownName."""
        try:
            return self.catalog()[relation]
        except (KeyError, TypeError):
            raise UnknownName(f"There is no table {relation!r}.") from None

    def has(self, *marts: str) -> bool:
        """Whether they are all there; those of a domain that is off are not."""
        return self.catalog().keys() >= set(marts)

    def relation(self, name: str) -> str:
        """The name of a mart as SQL. Raises UnknownName."""
        self.columns(name)
        return f'"{name}"'

    def column(self, relation: str, name: str) -> str:
        """The name of a mart's column as SQL. Raises UnknownName."""
        if name not in self.columns(relation):
            raise UnknownName(f"{relation} has no column {name!r}.")
        return f'"{name}"'

    def freshness(self) -> Freshness:
        """When the marts were built, and through which day their data go."""
        return Freshness(**self.query(FRESHNESS)[0])

    def zone(self) -> str:
        """The name of the reporting zone; UTC while there is no data at all."""
        return self.query(ZONE)[0]["reporting_timezone"] or "UTC"

    def accounts(self) -> list[Row]:
        """{source_relation, data_through} of each Stripe account that has data."""
        return self.query(ACCOUNTS)

    def account_names(self) -> dict[str, str]:
        """{source_relation: name}; none of marts that were built before names."""
        if not self.has("dim_accounts"):
            return {}
        rows = self.query(NAMES)
        return {row["source_relation"]: row["account_name"] for row in rows}


def kind(data_type: str) -> str:
    """The kind of a column, by the engine's name of its type."""
    base = data_type.split("(")[0]
    return next((kind for kind, names in KINDS.items() if base in names), "string")


def clean(value: Any) -> Any:
    """A value that both engines can bind: text that is text in UTF-8, without NUL."""
    if not isinstance(value, str):
        return value
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
