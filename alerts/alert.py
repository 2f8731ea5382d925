"""What stands out, in a sentence, with the address of its rows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from alerts.rules import Rows
from dashboards.address.selection import CONDITION, Filter, rows_of


@dataclass(frozen=True)
class Alert:
    """One rule of one group. A passing one is of a day: it is said once, and never
    that it is over."""

    rule: str
    says: str
    groups: Mapping[str, str] = field(default_factory=dict)
    rows: str | None = None
    is_passing: bool = False

    @property
    def key(self) -> str:
        """What tells it apart, as long as it stands."""
        return " ".join([self.rule, *(f"{k}={v}" for k, v in self.groups.items())])

    @property
    def address(self) -> str | None:
        return dashboards_at() + self.rows if self.rows else None

    @property
    def is_reachable(self) -> bool:
        """Whether it is said where the dashboards are, for those elsewhere."""
        return bool(self.rows and os.environ.get("SEGMENT_STRIPE_DASHBOARDS"))

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "groups": dict(self.groups),
            "says": self.says,
            "rows": self.address,
        }


def dashboards_at() -> str:
    """Where people open the dashboards, without a slash at its end."""
    given = os.environ.get("SEGMENT_STRIPE_DASHBOARDS") or "http://127.0.0.1:8050"
    return given.rstrip("/")


def rows_address(
    rows: Rows | None,
    groups: Mapping[str, str],
    days: tuple[date, date] | None = None,
) -> str | None:
    """The Explore's address of the rows of some groups, on these days."""
    if rows is None:
        return None
    written = CONDITION.findall(rows.filter)
    filters = [Filter(*one.split(":", 2)) for one in written]
    filters += [of_group(name, value) for name, value in groups.items()]
    if days and rows.day:
        first, last = days
        filters += [
            Filter(rows.day, "ge", first.isoformat()),
            Filter(rows.day, "le", last.isoformat()),
        ]
    return rows_of(rows.table, *filters)


def of_group(name: str, value: str) -> Filter:
    """Metrics call `unknown` what rows leave empty."""
    column = name.split("__")[-1]
    if value == "unknown":
        return Filter(column, "in", f"{value}|")
    return Filter(column, "eq", value)
