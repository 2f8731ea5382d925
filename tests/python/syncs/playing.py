"""Play a life: load, build, and compare with a full build and with the reference."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from harness.project import Run
from random_accounts.differences import differences
from reference import CONTRACT_KEYS, PEOPLE_KEYS, Settings, compute
from reference.rows import SNAPSHOTS as KEPT

from syncs.lives import FAILS, OFF, PARTIAL, REFRESHED, RUN, Life, Raw
from syncs.warehouses import SNAPSHOTS, Place, Warehouse, type_of

INCREMENTAL = {"incremental": True}
FULL = {"incremental": False}
BUILD = ["build", "--exclude-resource-type", "test", "unit_test"]
BY_OBJECT = "_by_object"
# What a build says that is no full one.
IN_PART = "objects are computed again"
MONTHS_IN_FULL = "subscriptions by month in full"
# What dbt run takes to be there.
WITHOUT_SNAPSHOTS = [*BUILD, "snapshot"]
KEYS = {
    mart: keys
    for mart, keys in (CONTRACT_KEYS | PEOPLE_KEYS).items()
    if mart != "acquisition_cost"
}
PARTS = ["fct_charges", "+customer_lookup", "stg_stripe__charges"]
# When it was built is each build's own; what builds remember is no result.
OWN_COLUMNS = ("built_at",)
OWN_TABLES = re.compile(r"sync_|.*__touched$")
SAID = 12


class Player:
    """A life in a warehouse, played so far."""

    def __init__(self, life: Life, warehouse: Warehouse) -> None:
        self.life = life
        self.warehouse = warehouse
        # Rows of each raw table, each beside the thing that it is a version of.
        self.raw: dict[Place, list[tuple[str, Raw]]] = {}
        self.types: dict[Place, dict[str, str]] = {}
        self.played = -1
        # Builds that computed the touched rows alone, and those by month, too.
        self.in_part: list[int] = []
        self.months_in_part: list[int] = []

    def sync(self) -> None:
        """Load what the next sync brings."""
        self.played += 1
        moment = self.life.syncs[self.played].moment
        touched = set()
        for given in self.life.brought(self.played):
            place = given.schema, given.collection
            row = given.stamped(moment, self.life.created)
            touched.add(place)
            rows = self.raw.setdefault(place, [])
            if not given.is_added:
                rows[:] = [(name, old) for name, old in rows if name != given.thing]
            rows.append((given.thing, row))
        known = touched if self.life.grows else {*touched, *self.columns}
        for place in sorted(known):
            self._load(place)

    @cached_property
    def columns(self) -> dict[Place, dict[str, None]]:
        """Every table that the account will have, and its columns."""
        found: dict[Place, dict[str, None]] = {}
        for given in self.life.deliveries:
            moment = self.life.syncs[given.sync].moment
            names = dict.fromkeys(given.stamped(moment, self.life.created))
            found.setdefault((given.schema, given.collection), {}).update(names)
        return found

    def _load(self, place: Place) -> None:
        rows = [row for _, row in self.raw.get(place, ())]
        types = self.types.setdefault(place, {})
        named = dict.fromkeys(name for row in rows for name in row)
        if not self.life.grows:
            named = self.columns[place]
        new = {
            name: type_of(place, name, self.life.created)
            for name in named
            if name not in types
        }
        types |= new
        self.warehouse.load(place, types, rows, new)

    @property
    def variables(self) -> dict[str, Any]:
        """Settings of the build that follows the last sync."""
        return self.life.settings(self.played)

    def build(self) -> None:
        """Build as the last sync says."""
        sync = self.life.syncs[self.played]
        variables = self.variables | (FULL if sync.ends == OFF else INCREMENTAL)
        command = {
            RUN: ["run"],
            PARTIAL: [*BUILD, "--select", *PARTS],
            REFRESHED: [*BUILD, "--full-refresh"],
        }.get(sync.ends, BUILD)
        if sync.ends == FAILS:
            with self.warehouse.failing(sync.model):
                run = build(self.warehouse, command, variables)
            assert sync.model in run.names("error"), run.text
        else:
            run = build(self.warehouse, command, variables)
            assert run.success, run.text
        if any(IN_PART in line for line in run.lines):
            self.in_part.append(self.played)
            if not any(MONTHS_IN_FULL in line for line in run.lines):
                self.months_in_part.append(self.played)

    def play(self, is_checked_always: bool = False) -> list[str]:
        """Play to the end; what is wrong after the last sync, or after the first such.

        What a build left that died, or that built but some marts, is not looked at.
        """
        last = len(self.life.syncs) - 1
        for number, sync in enumerate(self.life.syncs):
            self.sync()
            self.build()
            is_whole = sync.ends not in (FAILS, PARTIAL)
            if not (is_whole and is_checked_always) and number != last:
                continue
            if said := self.wrong():
                return [f"after sync {number}: {line}" for line in said]
        return []

    def wrong(self, with_full: bool = True) -> list[str]:
        """Where what stands is not what the reference or a full build gives."""
        built = tables(self.warehouse)
        raw = {place: [row for _, row in rows] for place, rows in self.raw.items()}
        said = [*computed_otherwise(raw, self.variables, built)]
        if with_full:
            with self.warehouse.fresh() as other:
                ends = self.life.syncs[self.played].ends
                command = WITHOUT_SNAPSHOTS if ends == RUN else BUILD
                run = build(other, command, self.variables | FULL)
                assert run.success, run.text
                said += against(tables(other), built)
        return said


def build(warehouse: Warehouse, command: list[str], variables: dict[str, Any]) -> Run:
    """Run a command; what models are kept as is a matter of parsing for dbt."""
    for node in warehouse.project.manifest.nodes.values():
        if f"{BY_OBJECT[1:]}(" in node.raw_code:
            kind, *_ = node.config.materialized.split("_")
            node.config.materialized = (
                kind + BY_OBJECT
                if variables["incremental"]
                else warehouse.project.built_as(kind)
            )
    return warehouse.run(command, variables)


def tables(warehouse: Warehouse) -> dict[Place, list[Raw]]:
    """Every table that a build leaves."""
    return {
        place: warehouse.rows(*place)
        for place in warehouse.relations()
        if not OWN_TABLES.match(place[1])
    }


def computed_otherwise(
    raw: dict[Place, list[Raw]],
    variables: dict[str, Any],
    built: dict[Place, list[Raw]],
) -> Iterator[str]:
    """What the reference computes otherwise from the raw rows and the snapshots."""
    passed = bool(variables.get("passthrough_columns"))
    sources: dict[str, dict[str, list[Raw]]] = {}
    for (schema, collection), rows in raw.items():
        sources.setdefault(schema, {})[collection] = rows
    websites = variables.get("segment_event_sources", [])
    events = {name: sources.pop(name, {}) for name in websites}
    for schema, account in sources.items():
        for name in KEPT:
            kept = built.get((SNAPSHOTS, name), [])
            account[name] = [row for row in kept if row["source_relation"] == schema]
    settings = Settings(
        as_of=date.fromisoformat(variables["as_of"]),
        reporting_timezone=variables.get("reporting_timezone", "UTC"),
        include_test_mode=variables.get("include_test_mode", False),
    )
    expected = compute(sources, settings, events)
    for mart, keys in KEYS.items():
        found = built[("analytics", mart)]
        if passed and expected[mart]:
            named = expected[mart][0]
            found = [{name: row[name] for name in named} for row in found]
        for line in differences(mart, keys, expected[mart], found):
            yield f"reference: {line}"


def against(
    expected: dict[Place, list[Raw]], built: dict[Place, list[Raw]]
) -> Iterator[str]:
    """What a full build gives otherwise, table by table."""
    if missing := expected.keys() ^ built.keys():
        yield f"full: only in one of both: {sorted(missing)}"
    for place in sorted(expected.keys() & built.keys()):
        wanted, found = counted(expected[place]), counted(built[place])
        if wanted != found:
            yield from named_differences(place, expected[place], built[place])


def counted(rows: list[Raw]) -> Counter[tuple]:
    return Counter(frozen(row) for row in rows)


def frozen(row: Raw) -> tuple:
    return tuple((name, row[name]) for name in sorted(row) if name not in OWN_COLUMNS)


def named_differences(
    place: Place, expected: list[Raw], found: list[Raw]
) -> Iterator[str]:
    """Rows of one build alone; of a mart, the values that differ."""
    name = ".".join(place)
    keys = KEYS.get(place[1])
    if keys and place[0] == "analytics":
        for line in differences(name, keys, *map(without_own, (expected, found))):
            yield f"full: {line}"
        return
    wanted, got = counted(expected), counted(found)
    for title, rows in (("missing", wanted - got), ("too many", got - wanted)):
        for row in list(rows)[:SAID]:
            values = {name: str(value) for name, value in row if value is not None}
            yield f"full: {name} {title}: {values}"


def without_own(rows: list[Raw]) -> list[Raw]:
    return [{k: v for k, v in row.items() if k not in OWN_COLUMNS} for row in rows]
