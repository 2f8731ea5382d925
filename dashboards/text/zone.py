"""The reporting zone, in which pages say and read all times. The marts' timestamps are
UTC without saying so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

ZONE: ContextVar[tzinfo] = ContextVar("zone")


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """Within the block, times are said in the zone of that name, which
    ZoneInfo must know."""
    token = ZONE.set(ZoneInfo(name))
    try:
        yield
    finally:
        ZONE.reset(token)


def local(moment: datetime) -> datetime:
    """A timestamp of the marts, in the reporting zone."""
    told = moment.replace(tzinfo=UTC)
    try:
        return told.astimezone(ZONE.get(UTC))
    except OverflowError:  # at the end of all years
        return told


def utc(moment: datetime) -> datetime:
    """As the marts say it, of a time that is in the reporting zone unless it says its
    own."""
    if not moment.tzinfo:
        moment = moment.replace(tzinfo=ZONE.get(UTC))
    return moment.astimezone(UTC).replace(tzinfo=None)


def abbreviation(moment: datetime) -> str:
    """`EST`; `UTC-03` where the zone has no letters of its own."""
    name = moment.tzname() or ""
    return name if name[:1].isalpha() else f"UTC{name}"
