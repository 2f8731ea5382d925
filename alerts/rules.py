"""The file of rules, read and checked before anything is asked.

Numbers are exact decimals. What the file cannot know, such as whether there is a metric
of that name, is checked where it is asked.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from alerts.errors import AlertError
from alerts.values import Loader, Wrong, known, mapping, names, number, whole

OURS = Path(__file__).with_name("rules.yml")
# Of each kind: what it must say, and what it may.
MEASURE = "metric or share"
KINDS = {
    "above": ({MEASURE, "by", "above"}, {"period", "days", "at_least"}),
    "below_own_weeks": ({MEASURE, "by", "days", "weeks", "drop"}, {"at_least"}),
    "new_value": ({"metric", "by", "days", "before_days"}, {"at_least"}),
    "nothing_delivered": ({"days"}, set()),
    "failed_tests": ({"tests"}, set()),
}
COMMON = {"says", "kind", "rows", "repeat_after_days"}
LISTS = ("share", "by", "tests")
WHOLE = ("days", "weeks", "before_days", "repeat_after_days")
OTHER = "other"


@dataclass(frozen=True)
class Rows:
    """Where the Explore has the rows: a table, a filter, and the column of days."""

    table: str
    filter: str = ""
    day: str | None = None


@dataclass(frozen=True)
class Rule:
    """One rule, as the file has it."""

    name: str
    says: str
    kind: str
    metric: str | None = None
    share: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    period: str | None = None
    days: int = 0
    weeks: int = 0
    before_days: int = 0
    drop: Decimal = Decimal(0)
    above: Decimal | Mapping[str, Decimal] = Decimal(0)
    at_least: Mapping[str, Decimal] = field(default_factory=dict)
    tests: tuple[str, ...] = ()
    rows: Rows | None = None
    repeat_after_days: int = 7

    @property
    def measured(self) -> list[str]:
        """The metrics that it needs, each once."""
        named = [*self.share, *([self.metric] if self.metric else []), *self.at_least]
        return list(dict.fromkeys(named))

    def limit(self, currency: str | None) -> Decimal:
        """Above which value it stands; limits of money may differ by currency."""
        if isinstance(self.above, Decimal):
            return self.above
        return self.above.get(currency or OTHER, self.above[OTHER])


@dataclass(frozen=True)
class Silence:
    """A rule of which no alert with these groups is said through a day."""

    rule: str
    until: date
    where: Mapping[str, str]

    def covers(self, rule: str, groups: Mapping[str, str], today: date) -> bool:
        is_of_these = self.where.items() <= groups.items()
        return rule == self.rule and today <= self.until and is_of_these


@dataclass(frozen=True)
class Rules:
    """The file."""

    path: Path
    rules: Sequence[Rule]
    silences: Sequence[Silence]

    def silenced(self, rule: str, groups: Mapping[str, str], today: date) -> bool:
        return any(one.covers(rule, groups, today) for one in self.silences)


def rules_path() -> Path:
    return Path(os.environ.get("SEGMENT_STRIPE_ALERTS") or OURS)


def read_rules(path: Path | None = None) -> Rules:
    """The rules of a file. Raises AlertError, a sentence with the fix."""
    path = path or rules_path()
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader) or {}
    except OSError:
        raise AlertError(
            f"{path} cannot be read: correct SEGMENT_STRIPE_ALERTS, or leave it out "
            "for the rules of this project."
        ) from None
    except yaml.YAMLError as error:
        said = " ".join(str(error).split())
        raise AlertError(f"{path} is no YAML: {said}.") from None
    try:
        return parsed(path, content)
    except Wrong as wrong:
        raise AlertError(f"{path}: {wrong}") from None


def parsed(path: Path, content: Any) -> Rules:
    content = mapping(content, "the file")
    known(content, {"repeat_after_days", "rules", "silences"}, "the file")
    repeat = whole(content.get("repeat_after_days", 7), "repeat_after_days")
    listed = mapping(content.get("rules"), "rules")
    rules = [rule(name, said, repeat) for name, said in listed.items()]
    silences = [silence(one, listed) for one in content.get("silences") or []]
    return Rules(path, rules, silences)


def rule(name: str, said: Any, repeat: int) -> Rule:
    place = f"rule {name}"
    said = mapping(said, place)
    kind = said.get("kind")
    if kind not in KINDS:
        raise Wrong(f"{place} has kind {kind}: it may be {', '.join(KINDS)}.")
    needed, allowed = KINDS[kind]
    given = set(said)
    if MEASURE in needed:
        needed = needed - {MEASURE}
        allowed = allowed | {"metric", "share"}
        if len(given & {"metric", "share"}) != 1:
            raise Wrong(f"{place} needs a metric or a share of two: say one of them.")
    known(said, needed | allowed | COMMON, place)
    if missing := sorted(({"says"} | needed) - given):
        raise Wrong(f"{place} does not say {missing[0]}: add it.")
    parts = {"repeat_after_days": repeat} | said
    for part in LISTS:
        if part in parts:
            parts[part] = names(parts[part], f"{part} of {place}")
    for part in WHOLE:
        if part in parts:
            parts[part] = whole(parts[part], f"{part} of {place}")
    if "drop" in parts:
        parts["drop"] = number(parts["drop"], f"drop of {place}")
    if "above" in parts:
        parts["above"] = limits(parts["above"], place)
    if "at_least" in parts:
        least = mapping(parts["at_least"], f"at_least of {place}")
        parts["at_least"] = {m: number(n, f"{m} of {place}") for m, n in least.items()}
    if "rows" in parts:
        rows = mapping(parts["rows"], f"rows of {place}")
        known(rows, {"table", "filter", "day"}, f"rows of {place}")
        if "table" not in rows:
            raise Wrong(f"rows of {place} names no table: add one of the Explore.")
        parts["rows"] = Rows(**rows)
    if len(parts.get("share", "..")) != 2:
        raise Wrong(f"share of {place} is of two metrics: say [part, whole].")
    if parts.get("period") not in (None, "month") or {"period", "days"} <= given:
        raise Wrong(f"{place} is of a month or of days: say period: month, or days.")
    return Rule(name=name, **parts)


def limits(said: Any, place: str) -> Decimal | dict[str, Decimal]:
    if not isinstance(said, Mapping):
        return number(said, f"above of {place}")
    if OTHER not in said:
        raise Wrong(f"above of {place} names currencies: add {OTHER} for the rest.")
    return {code: number(n, f"above of {place}") for code, n in said.items()}


def silence(said: Any, rules: Mapping[str, Any]) -> Silence:
    said = mapping(said, "a silence")
    known(said, {"rule", "until", "where", "why"}, "a silence")
    if said.get("rule") not in rules:
        raise Wrong(f"a silence is of rule {said.get('rule')}, which there is not.")
    until = said.get("until")
    if not isinstance(until, date):
        raise Wrong(f"the silence of {said['rule']} has no day until: add 2026-12-01.")
    where = mapping(said.get("where") or {}, f"where of the silence of {said['rule']}")
    return Silence(said["rule"], until, {k: str(v) for k, v in where.items()})
