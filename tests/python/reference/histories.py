"""What was known of subscriptions and their items, and when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reference import time
from reference.rows import Row

BEGINNING = datetime.min


@dataclass(frozen=True)
class Version:
    """What a row said from one moment (not included) to another (included)."""

    row: Row
    valid_from: datetime
    valid_to: datetime | None

    def is_valid(self, moment: datetime) -> bool:
        """Whether it was the truth just before the moment."""
        is_over = self.valid_to is not None and self.valid_to < moment
        return self.valid_from < moment and not is_over


@dataclass(frozen=True)
class History:
    """Versions of one object; before `known_from` nothing is known of it."""

    versions: tuple[Version, ...]
    known_from: datetime

    def at(self, moment: datetime) -> Row | None:
        """The newest version valid just before the moment."""
        valid = [version for version in self.versions if version.is_valid(moment)]
        return max(valid, key=lambda version: version.valid_from).row if valid else None


def history(current: Row | None, snapshot: Iterable[Row]) -> History:
    """The snapshot's versions and the current row."""
    versions = [
        Version(row, started(row, row["dbt_valid_from"]), time.utc(row["dbt_valid_to"]))
        for row in snapshot
    ]
    if current is not None:
        versions = with_current(versions, current)
    return History(tuple(versions), min(version.valid_from for version in versions))


def started(row: Row, heard: Any) -> datetime:
    """When a version began: when it was heard of, else the row's creation."""
    created = row.get("created") or row.get("created_at")
    return time.utc(heard) or time.utc(created) or BEGINNING


def gone_from(found: History) -> datetime | None:
    """When the first version that says that it is deleted began; none says so.

    At the beginning of time where no earlier version was kept.
    """
    deleted = [v.valid_from for v in found.versions if v.row.get("is_deleted") is True]
    if not deleted:
        return None
    first = min(deleted)
    was_there = any(version.valid_from < first for version in found.versions)
    return first if was_there else BEGINNING


def with_current(versions: list[Version], current: Row) -> list[Version]:
    """The versions and the current row, which is the newest word on one of them.

    A row is the latest state of what Segment heard of at its `received_at`: it stands
    for what a snapshot kept of that version, and ends where a newer one begins.
    """
    received = time.utc(current.get("received_at"))
    if not versions:
        return [Version(current, started(current, received), None)]
    if received is None:
        return versions
    others = [version for version in versions if version.valid_from != received]
    newer = [v.valid_from for v in others if v.valid_from > received]
    return [*others, Version(current, received, min(newer, default=None))]


def histories(
    current: Mapping[str, Row], snapshot: Iterable[Row], key: str
) -> dict[str, History]:
    """History of every object, by its id; `key` is the snapshot's name of the id."""
    versions: dict[str, list[Row]] = defaultdict(list)
    for row in snapshot:
        versions[row[key]].append(row)
    return {
        name: history(current.get(name), versions[name])
        for name in current.keys() | versions.keys()
    }
