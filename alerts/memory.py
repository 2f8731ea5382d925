"""What was said before, so that an alert is not said each hour.

A file beside the serving copy. Days are those of `as_of`, so that a build of the past
is told as it would have been then.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from alerts.alert import Alert
from alerts.rules import Rules
from alerts.watch import Watched
from dashboards.warehouse.serving import serving_path


@dataclass(frozen=True)
class News:
    """What stands, by what is to be said of it."""

    as_of: date
    new: list[Alert] = field(default_factory=list)
    again: list[Alert] = field(default_factory=list)
    known: list[Alert] = field(default_factory=list)
    silenced: list[Alert] = field(default_factory=list)
    over: list[str] = field(default_factory=list)

    @property
    def standing(self) -> list[Alert]:
        """All that stand and are not silenced."""
        return [*self.new, *self.again, *self.known]

    @property
    def to_say(self) -> bool:
        return bool(self.new or self.again or self.over)


Memory = dict[str, dict[str, Any]]


def memory_path(target: str) -> Path:
    """The file of a target: in DuckDB's case beside the serving copy."""
    if target == "duckdb":
        return serving_path().with_suffix(".alerts.json")
    return Path("target") / f"{target}.alerts.json"


def read_memory(path: Path) -> Memory:
    return json.loads(path.read_text()) if path.exists() else {}


def write_memory(path: Path, memory: Memory) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_text(json.dumps(memory, indent=1, sort_keys=True) + "\n")
    unfinished.replace(path)


def compare(
    watched: Watched, rules: Rules, memory: Memory, is_posted: bool
) -> tuple[News, Memory]:
    """What is new, stands, or is over; and what to remember once that was said.

    What was said on a terminal alone is still new to those to whom alerts are posted.
    """
    repeats = {rule.name: rule.repeat_after_days for rule in rules.rules}
    news, kept = News(watched.as_of), {}
    for alert in watched.alerts:
        if rules.silenced(alert.rule, alert.groups, watched.as_of):
            news.silenced.append(alert)
            continue
        before = memory.get(alert.key)
        is_new = before is None or (is_posted and not before["is_posted"])
        if is_new:
            news.new.append(alert)
        elif not alert.is_passing and is_due(before, watched, repeats[alert.rule]):
            news.again.append(alert)
        else:
            news.known.append(alert)
            kept[alert.key] = before
            continue
        today = watched.as_of.isoformat()
        kept[alert.key] = {
            "rule": alert.rule,
            "says": alert.says,
            "since": before["since"] if before else today,
            "said": today,
            "is_posted": is_posted,
            "is_passing": alert.is_passing,
        }
    gone(watched, news, memory, kept, repeats)
    return news, kept


def is_due(before: Mapping[str, Any], watched: Watched, days: int) -> bool:
    """Whether what stands was said so long ago that it is said again."""
    return (watched.as_of - date.fromisoformat(before["said"])).days >= days


def gone(
    watched: Watched,
    news: News,
    memory: Memory,
    kept: Memory,
    rules: Collection[str],
) -> None:
    """Of what was said and stands no more: that it is over, unless that goes without
    saying; what was not asked is kept."""
    silenced = {alert.key for alert in news.silenced}
    for key, before in memory.items():
        if key in kept or before["rule"] not in rules:
            continue
        if before["rule"] in watched.left_out:
            kept[key] = before
        elif key not in silenced and not before["is_passing"]:
            news.over.append(f"{before['says']} (since {before['since']})")
