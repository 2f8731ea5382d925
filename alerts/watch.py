"""Each rule, asked of the metrics and the marts as they stand.

All days go back from `as_of`. Shares are compared as exact fractions of counts or of
amounts, never as rounded rates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from alerts.alert import Alert, rows_address
from alerts.errors import AlertError, LeftOut
from alerts.failed_tests import failed_tests
from alerts.rules import Rule, Rules
from dashboards.address.tables import tables
from dashboards.text.accounts import account_name, naming
from dashboards.text.formatting import (
    NOTHING,
    code,
    counted,
    day,
    day_range,
    money,
    number,
    rate,
    shown,
)
from dashboards.warehouse import Warehouse, WarehouseError
from semantic_layer.compiler import Query
from semantic_layer.errors import MetricError, nearest
from semantic_layer.layer import SemanticLayer
from semantic_layer.warehouse import ROOT

Days = tuple[date, date]
Groups = dict[str, str]
Figures = Mapping[str, Any]
Asked = tuple[Groups, Figures]
ACCOUNT, CURRENCY = "source_relation", "currency"


@dataclass(frozen=True)
class Watched:
    """What stands, and the rules that were not asked, each with why."""

    as_of: date
    alerts: list[Alert]
    left_out: dict[str, str]


class Watch:
    """The rules over one warehouse; `artifacts` is where dbt left what it did."""

    def __init__(
        self, layer: SemanticLayer, warehouse: Warehouse, rules: Rules, artifacts: Path
    ) -> None:
        self.layer = layer
        self.warehouse = warehouse
        self.rules = rules
        self.artifacts = artifacts
        self.kinds: dict[str, Callable[[Rule], Iterator[Alert]]] = {
            "above": self.above,
            "below_own_weeks": self.below_own_weeks,
            "new_value": self.new_value,
            "nothing_delivered": self.nothing_delivered,
            "failed_tests": self.failed_tests,
        }

    def look(self) -> Watched:
        """All rules. Raises AlertError, a sentence with the fix."""
        try:
            as_of = self.warehouse.freshness().as_of
        except WarehouseError as error:
            raise AlertError(str(error)) from error
        if as_of is None:
            raise AlertError(
                "No account has any activity: check stripe_sources, and that Segment "
                "delivers."
            )
        self.as_of = as_of
        names = naming(self.warehouse.account_names())
        with self.warehouse.reading(), names:
            return self.watched()

    def watched(self) -> Watched:
        found, left_out = [], {}
        for rule in self.rules.rules:
            try:
                self.check(rule)
                found += self.kinds[rule.kind](rule)
            except LeftOut as why:
                left_out[rule.name] = str(why)
            except (MetricError, WarehouseError) as error:
                said = str(error).replace("--group-by ", "by ")
                raise AlertError(
                    f"{self.rules.path}: rule {rule.name}: {said}"
                ) from error
        return Watched(self.as_of, found, left_out)

    def check(self, rule: Rule) -> None:
        """Refuse names that there are not; leave out what is off."""
        for name in rule.measured:
            if name not in self.layer.manifest.metrics:
                if name in every_metric():
                    raise LeftOut(f"metric {name} is of a domain that is off")
                raise MetricError(
                    f"there is no metric {name}{nearest(name, every_metric())}."
                )
        if rule.rows and rule.rows.table not in tables(self.warehouse):
            known = ", ".join(tables(self.warehouse))
            raise MetricError(
                f"rows has no table {rule.rows.table}: it may be {known}."
            )

    def above(self, rule: Rule) -> Iterator[Alert]:
        """A metric, or a share, of the month or of some days or of now."""
        days = self.days_of(rule)
        for groups, figures in self.of_groups(rule, days):
            value, limit = measure(rule, figures), rule.limit(groups.get(CURRENCY))
            if value is not None and value > Fraction(limit):
                says = self.told(rule, figures, groups, days)
                if limit:
                    says += f", more than {self.told_limit(rule, limit, groups)}"
                yield self.alert(rule, says, groups, days)

    def below_own_weeks(self, rule: Rule) -> Iterator[Alert]:
        """A metric, or a share, of some days against the weeks before them."""
        days = self.last(rule.days)
        before = self.last(7 * rule.weeks, days[0] - timedelta(days=1))
        usual = {tuple(g.values()): f for g, f in self.of_groups(rule, before)}
        for groups, figures in self.of_groups(rule, days):
            was = usual.get(tuple(groups.values()))
            value, own = measure(rule, figures), was and measure(rule, was)
            if value is not None and own and value < own - Fraction(rule.drop):
                now = self.told(rule, figures, groups, days)
                then = self.told(rule, was, groups)
                weeks = counted(rule.weeks, "week")
                says = f"{now}, after {then} in the {weeks} before"
                yield self.alert(rule, says, groups, days)

    def new_value(self, rule: Rule) -> Iterator[Alert]:
        """Values of the last group, on days before which there was none of them."""
        days = self.last(rule.days)
        before = self.last(rule.before_days, days[0] - timedelta(days=1))
        known = {
            tuple(groups.values())
            for groups, figures in self.asked(rule, before)
            if figures[rule.metric]
        }
        for groups, figures in self.of_groups(rule, days):
            if figures[rule.metric] and tuple(groups.values()) not in known:
                *_, value = groups.values()
                told = f"{value}, {self.told(rule, figures, groups, days)}"
                says = f"{told}, none in the {rule.before_days} days before"
                alert = self.alert(rule, says, groups, days, placed=rule.by[:-1])
                yield replace(alert, is_passing=True)

    def nothing_delivered(self, rule: Rule) -> Iterator[Alert]:
        """Accounts whose last activity is more than so many days ago."""
        for account in self.warehouse.accounts():
            through, source = account["data_through"], account[ACCOUNT]
            if (self.as_of - through).days > rule.days:
                says = f"last activity {day(through)}, as of {day(self.as_of)}"
                yield self.alert(rule, says, {ACCOUNT: source})

    def failed_tests(self, rule: Rule) -> Iterator[Alert]:
        """Tests of the last build that failed or warned."""
        explored = {t.relation: name for name, t in tables(self.warehouse).items()}
        for test in failed_tests(self.artifacts, rule.tests):
            table = next((explored[m] for m in test.models if m in explored), None)
            rows = f"/explore?table={table}" if table else "/month-end"
            says = f"{rule.says}: {test.name}, {test.outcome}. {test.description}"
            yield Alert(rule.name, says.strip(), {"test": test.name}, rows)

    def alert(
        self,
        rule: Rule,
        says: str,
        groups: Groups,
        days: Days | None = None,
        placed: Sequence[str] | None = None,
    ) -> Alert:
        """An alert of some groups; those in `placed`, or all, say of what it is."""
        named = {CURRENCY: code, ACCOUNT: account_name}
        place = ", ".join(
            named.get(name, str)(value)
            for name, value in groups.items()
            if placed is None or name in placed
        )
        return Alert(
            rule.name,
            f"{rule.says} ({place}): {says}." if place else f"{rule.says}: {says}.",
            groups,
            rows_address(rule.rows, groups, days),
        )

    def of_groups(self, rule: Rule, days: Days | None) -> Iterator[Asked]:
        """The groups of a rule that have enough of what it wants at least."""
        for groups, figures in self.asked(rule, days):
            if all((figures[m] or 0) >= least for m, least in rule.at_least.items()):
                yield groups, figures

    def asked(self, rule: Rule, days: Days | None) -> Iterator[Asked]:
        """The metrics of a rule by its groups, of which each has a value."""
        first, last = days or (None, None)
        query = Query(
            metrics=rule.measured,
            group_by=rule.by,
            order_by=rule.by,
            start=first and datetime.combine(first, time()),
            end=last and datetime.combine(last, time()),
        )
        for row in self.layer.query(query).records():
            groups = {name: row[name.lower()] for name in rule.by}
            if None not in groups.values():
                yield {name: str(value) for name, value in groups.items()}, row

    def days_of(self, rule: Rule) -> Days | None:
        if rule.period:
            return self.as_of.replace(day=1), self.as_of
        return self.last(rule.days) if rule.days else None

    def last(self, days: int, until: date | None = None) -> Days:
        last = until or self.as_of
        return last - timedelta(days=days - 1), last

    def told(
        self,
        rule: Rule,
        figures: Figures,
        groups: Groups,
        days: Days | None = None,
    ) -> str:
        """The value of a rule, and when, as people read it."""
        when = f" on {day_range(*days)}" if days else ""
        if not rule.share:
            return self.told_figure(rule.metric, figures[rule.metric], groups) + when
        part, whole = (self.told_figure(m, figures[m], groups) for m in rule.share)
        value = measure(rule, figures)
        percent = NOTHING if value is None else rate(decimal(value))
        return f"{percent} ({part} of {whole}){when}"

    def told_figure(self, metric: str, value: Any, groups: Groups) -> str:
        unit = self.layer.manifest.metric(metric).unit
        if unit == "money":
            return money(value or Decimal(0), groups.get(CURRENCY))
        return shown(unit, value) if unit in ("count", "rate", "days") else str(value)

    def told_limit(self, rule: Rule, limit: Decimal, groups: Groups) -> str:
        unit = "rate" if rule.share else self.layer.manifest.metric(rule.metric).unit
        if unit == "rate":
            return f"{number(limit * 100)}%"
        return money(limit, groups.get(CURRENCY)) if unit == "money" else number(limit)


def measure(rule: Rule, figures: Figures) -> Fraction | None:
    """The value of a rule, exactly; None where there is none."""
    if not rule.share:
        value = figures[rule.metric]
        return None if value is None else Fraction(value)
    part, whole = (Fraction(figures[name] or 0) for name in rule.share)
    return part / whole if whole else None


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def every_metric() -> set[str]:
    """The names of all metrics of the project, those of domains that are off too."""
    found = set()
    for file in (ROOT / "models").rglob("*.yml"):
        _, _, metrics = file.read_text().partition("metrics:\n")
        found |= set(re.findall(r"^\s+- name: (\w+)", metrics, re.M))
    return found
