"""How Segment delivers: versions every three hours, late rows, duplicates, as-of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from . import rates
from .chance import mix, uniform
from .clock import DAY, HOUR, NEVER
from .schema import STRIPE, columns
from .timeline import Timeline
from .world import World

TICK = 3 * HOUR
JITTER = 600

Columns = dict[str, pa.Array | np.ndarray]
Build = Callable[[np.ndarray, np.ndarray], Columns]


@dataclass(frozen=True)
class View:
    """What of the life is shown: state at the end of a day, or changes since one.

    `until` is the first second after the as-of day, `after` the first second after
    the day of `--since`, or None for the whole state.
    """

    until: int
    after: int | None = None

    def shows(self, received: np.ndarray) -> np.ndarray:
        """Whether a version received at these moments belongs to the view; (n,)."""
        shown = received < self.until
        return shown if self.after is None else shown & (received >= self.after)


class Delivery:
    """When Segment hears of the versions of one kind of objects."""

    def __init__(self, world: World, kind: str, created: np.ndarray) -> None:
        self.created = created
        number = world.numbers(np.arange(len(created)))
        self.bits = mix(number ^ world.salt("delivery of " + kind))
        self.jitter = (self.bits % np.uint64(JITTER)).astype(np.int64)
        chance = uniform(self.bits)
        late = chance < rates.LATE_ROWS
        days = (1 + (chance / rates.LATE_ROWS) * 11) * DAY
        on_time = self._tick(created)
        self.late_until = np.where(late, on_time + days.astype(np.int64), 0)
        again = uniform(mix(self.bits))
        self.is_stale = again < rates.STALE_DUPLICATES
        exact = again - rates.STALE_DUPLICATES
        self.is_exact = ~self.is_stale & (exact < rates.EXACT_DUPLICATES)

    def _tick(self, moment: np.ndarray) -> np.ndarray:
        return (moment // TICK + 1) * TICK + self.jitter

    def received(self, rows: np.ndarray, moment: np.ndarray) -> np.ndarray:
        """When the version made at a moment is heard of; seconds (n,)."""
        tick = (moment // TICK + 1) * TICK + self.jitter[rows]
        return np.maximum(tick, self.late_until[rows])

    def horizon(self, until: int) -> np.ndarray:
        """Latest moment whose changes are known before `until`, -1 if none; (n,)."""
        moment = (until - 1 - self.jitter) // TICK * TICK - 1
        return np.where(self.late_until >= until, -1, moment)


def latest(changes: list[np.ndarray | Timeline], moment: np.ndarray) -> np.ndarray:
    """Moment of each object's last change not after the given moment, or -1; (n,)."""
    last = np.full(len(moment), -1)
    rows = np.arange(len(moment))
    for change in changes:
        if isinstance(change, Timeline):
            found = change.last(rows, moment)
        else:
            found = np.where((change <= moment) & (change < NEVER), change, -1)
        last = np.maximum(last, found)
    return last


def deliver(
    world: World,
    view: View,
    kind: str,
    changes: list[np.ndarray | Timeline],
    build: Build,
) -> tuple[pa.Table, Delivery]:
    """The rows of one collection that the view shows.

    `changes[0]` is the moment of creation, (n,). `build(rows, moment)` gives the
    columns of those objects as they stood at those moments.
    """
    created = changes[0]
    delivery = Delivery(world, kind, created)
    moment = delivery.horizon(view.until)
    moment = np.where(created <= moment, moment, -1)
    last = latest(changes, moment)
    rows = np.flatnonzero(last >= 0)
    received = delivery.received(rows, last[rows])
    shown = view.shows(received)
    current = rows[shown]
    table = _table(kind, current, received[shown], delivery, build, moment[current])
    exact = np.flatnonzero(delivery.is_exact[current])
    older = _stale(view, kind, changes, delivery, last, build)
    return concat([table, table.take(exact), older]), delivery


def _stale(
    view: View,
    kind: str,
    changes: list[np.ndarray | Timeline],
    delivery: Delivery,
    last: np.ndarray,
    build: Build,
) -> pa.Table:
    """Earlier versions of some objects, as an append-only load leaves them."""
    wanted = delivery.is_stale & (last > delivery.created)
    before = latest(changes, np.where(wanted, last - 1, -1))
    rows = np.flatnonzero(before >= 0)
    received = delivery.received(rows, before[rows])
    superseded = received < delivery.received(rows, last[rows])
    keep = view.shows(received) & superseded
    rows, received = rows[keep], received[keep]
    return _table(kind, rows, received, delivery, build, last[rows] - 1)


def _table(
    kind: str,
    rows: np.ndarray,
    received: np.ndarray,
    delivery: Delivery,
    build: Build,
    moment: np.ndarray,
) -> pa.Table:
    """Columns of the schema for these rows; those not built are null."""
    data = build(rows, moment)
    milli = (delivery.bits[rows] >> np.uint64(20)) % np.uint64(1000)
    data["received_at"] = instant_ms(received * 1000 + milli.astype(np.int64))
    loading = 60_000 + (delivery.bits[rows] >> np.uint64(30)) % np.uint64(600_000)
    loaded = received * 1000 + milli.astype(np.int64) + loading.astype(np.int64)
    data["uuid_ts"] = instant_ms(loaded)
    return to_table(columns(STRIPE[kind]), data, len(rows))


def concat(tables: list[pa.Table]) -> pa.Table:
    """One below the other; dictionary columns become plain where they differ."""
    tables = [table for table in tables if table.num_rows] or tables[:1]
    first = tables[0].schema
    if all(table.schema.equals(first) for table in tables):
        return pa.concat_tables(tables)
    return pa.concat_tables([_plain_table(table) for table in tables])


def _plain_table(table: pa.Table) -> pa.Table:
    """Without dictionaries."""
    fields = [
        (f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type)
        for f in table.schema
    ]
    return table.cast(pa.schema(fields))


def to_table(schema: dict[str, pa.DataType], data: Columns, count: int) -> pa.Table:
    """Columns in the schema's order and type; missing ones null."""
    unknown = set(data) - set(schema)
    if unknown:
        raise KeyError(f"not in the schema: {sorted(unknown)}")
    cells = []
    for name, kind in schema.items():
        column = data.get(name)
        if column is None:
            column = pa.nulls(count, kind)
        elif isinstance(column, np.ndarray):
            column = pa.array(column, kind)
        cells.append(column)
    return pa.table(cells, names=list(schema))


def instant(seconds: np.ndarray, valid: np.ndarray | None = None) -> pa.Array:
    """Seconds to timestamps; null where NEVER or not valid; (n,)."""
    known = seconds < NEVER
    if valid is not None:
        known = known & valid
    return instant_ms(np.where(known, seconds, 0) * 1000, known)


def instant_ms(milliseconds: np.ndarray, valid: np.ndarray | None = None) -> pa.Array:
    """Milliseconds to timestamps; (n,)."""
    mask = None if valid is None else ~valid
    return pa.array(milliseconds * 1000, pa.int64(), mask=mask).view(pa.timestamp("us"))


def integer(value: np.ndarray, valid: np.ndarray | None = None) -> pa.Array:
    """Integers, null where not valid; (n,)."""
    mask = None if valid is None else ~valid
    return pa.array(value, pa.int64(), mask=mask)


def boolean(value: np.ndarray, valid: np.ndarray | None = None) -> pa.Array:
    """Booleans, null where not valid; (n,)."""
    return pa.array(value, pa.bool_(), mask=None if valid is None else ~valid)


def decimal(value: np.ndarray, scale: int, valid: np.ndarray | None = None) -> pa.Array:
    """value / 10**scale as numeric(38, 6), exactly; (n,)."""
    shifted = pa.array(value * 10 ** (6 - scale), pa.int64(), mask=None)
    words = np.zeros((len(value), 2), dtype=np.int64)
    words[:, 0] = shifted.to_numpy()
    words[:, 1] = words[:, 0] >> 63
    bitmap = None
    if valid is not None:
        bitmap = pa.py_buffer(np.packbits(valid, bitorder="little"))
    kind = pa.decimal128(38, 6)
    return pa.Array.from_buffers(kind, len(value), [bitmap, pa.py_buffer(words)])
