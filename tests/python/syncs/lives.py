"""The life of an account as Segment delivers it: syncs, and what each of them brings.

A delivery is one version of one row. Left out, it leaves a life that is possible too,
so that a life which shows a disagreement can be made small.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from engine.schema import Created
from random_accounts.accounts import table_lines
from random_accounts.strategies import delivered
from reference.time import date_in

Raw = dict[str, Any]
# How a build goes: whole; a model fails; only some marts are asked for; dbt run, which
# takes no snapshot; as a full refresh; not incremental this time.
WHOLE, FAILS, PARTIAL, RUN = "whole", "fails", "partial", "run"
REFRESHED, OFF = "refreshed", "off"
NOBODY_SAYS = "neither received_at nor uuid_ts"
RECEIVED_ONLY = "received_at only"
LOADED_ONLY = "uuid_ts only"
AHEAD = "uuid_ts of a clock that is years ahead"
DAY = timedelta(days=1)
LATE = 3 * DAY


@dataclass(frozen=True)
class Sync:
    """A moment at which Segment loads, and the build that follows.

    variables: settings of the project from here on; once: of this build alone; model:
    the one that fails.
    """

    moment: datetime
    ends: str = WHOLE
    variables: dict[str, Any] = field(default_factory=dict)
    model: str = ""
    once: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Delivery:
    """One version of a row; `thing` is the same in all versions of one row.

    is_added: the versions before stay, as an append-only load leaves them. lag: how
    long before it was loaded Segment received it.
    """

    sync: int
    thing: str
    schema: str
    collection: str
    row: Raw
    is_added: bool = False
    lag: timedelta = timedelta(0)
    stamps: str = ""

    def stamped(self, moment: datetime, created: Created) -> Raw:
        """The row as it stands in the warehouse."""
        row = delivered(self.row, created)
        if self.sync == 0:
            # Long since there: what came with the last sync is looked at once more.
            moment -= timedelta(days=zlib.crc32(self.thing.encode()) % 100)
        if self.stamps == NOBODY_SAYS:
            return row
        if self.stamps == RECEIVED_ONLY:
            return row | {"received_at": moment}
        if self.stamps == LOADED_ONLY:
            return row | {"uuid_ts": moment}
        if self.stamps == AHEAD:
            return row | {"received_at": moment, "uuid_ts": moment + 36500 * DAY}
        return row | {"received_at": moment - self.lag, "uuid_ts": moment}


@dataclass(frozen=True)
class Life:
    """Syncs and deliveries, in order; `created` is how the account gives dates.

    grows: tables and columns come with their first values, not at the beginning.
    """

    syncs: Sequence[Sync]
    deliveries: Sequence[Delivery]
    created: Created = "timestamp"
    events: tuple[str, ...] = ()
    grows: bool = False

    def settings(self, number: int) -> dict[str, Any]:
        """Variables of the build after a sync; as_of is the day of the sync."""
        variables: dict[str, Any] = {"segment_event_sources": list(self.events)}
        for sync in self.syncs[: number + 1]:
            variables |= sync.variables
        zone = variables.get("reporting_timezone", "UTC")
        day = date_in(self.syncs[number].moment, zone)
        once = self.syncs[number].once
        return {"as_of": day.isoformat()} | variables | once

    def brought(self, number: int) -> list[Delivery]:
        """What a sync brings."""
        return [given for given in self.deliveries if given.sync == number]

    def __repr__(self) -> str:
        return "\n".join(
            line for n, _ in enumerate(self.syncs) for line in self.told(n)
        )

    def told(self, number: int) -> Iterator[str]:
        """A sync, as a test prints it."""
        sync = self.syncs[number]
        build = f"{sync.ends} {sync.model} {sync.variables} {sync.once}"
        yield f"sync {number} at {sync.moment}: {build}"
        tables: dict[str, list[Raw]] = {}
        for given in self.brought(number):
            row = given.stamped(sync.moment, self.created)
            how = {"added": "yes"} if given.is_added else {}
            place = f"{given.schema}.{given.collection}"
            tables.setdefault(place, []).append(row | how)
        for place, rows in tables.items():
            yield f"  {place}"
            yield from (f"  {line}" for line in table_lines(rows))


def joined(life: Life, count: int) -> Life:
    """The life, so that its first syncs are one."""

    def number(given: Delivery) -> int:
        return max(given.sync - count + 1, 0)

    return replace(
        life,
        syncs=life.syncs[count - 1 :],
        deliveries=[replace(given, sync=number(given)) for given in life.deliveries],
    )


def without_ties(life: Life) -> Life:
    """The life with the last version of a row that a sync brings.

    Of versions that say the same moment, anybody's choice would be right.
    """
    last = {(given.thing, given.sync): given for given in life.deliveries}
    return replace(life, deliveries=[*last.values()])


def reduced(life: Life, fails: Callable[[Life], bool], tries: int) -> Life:
    """A smaller life that fails too, found in at most that many tries."""
    size = max(len(life.deliveries) // 2, 1)
    while tries > 0:
        start, is_smaller = 0, False
        while start < len(life.deliveries) and tries > 0:
            kept = [*life.deliveries[:start], *life.deliveries[start + size :]]
            smaller = replace(life, deliveries=kept)
            tries -= 1
            if kept and fails(smaller):
                life, is_smaller = smaller, True
            else:
                start += size
        if size == 1 and not is_smaller:
            break
        size = size if is_smaller and size == 1 else max(size // 2, 1)
    return life
