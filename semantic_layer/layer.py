"""Ask the project's metrics by name, from Python."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from semantic_layer import guard
from semantic_layer.compiler import Compiler, Query
from semantic_layer.manifest import Manifest, read_manifest
from semantic_layer.table import Table
from semantic_layer.warehouse import Profile, Rows, connect, read_profile

Run = Callable[[str], tuple[list[str], Rows]]


class SemanticLayer:
    """The metrics of a project over one warehouse.

    `SemanticLayer.open()` takes both from dbt_project.yml and profiles.yml. `run` runs
    the SQL elsewhere than where the profile says.
    """

    def __init__(
        self, manifest: Manifest, profile: Profile, run: Run | None = None
    ) -> None:
        self.manifest = manifest
        self.profile = profile
        self._given = run
        self.compiler = Compiler(manifest, profile.engine)

    @classmethod
    def open(cls, target: str | None = None) -> SemanticLayer:
        profile = read_profile(target)
        return cls(read_manifest(profile), profile)

    @cached_property
    def run(self) -> Run:
        """Runs SQL in the warehouse, which it cannot change."""
        return self._given or connect(self.profile)

    def sql(self, query: Query) -> str:
        """The SQL that answers a question; refused if it would mix currencies."""
        guard.check(self.manifest, query)
        return self.compiler.sql(query)

    def query(self, query: Query) -> Table:
        """The answer to a question, with exact decimals."""
        sql = self.sql(query)
        columns, rows = self.run(sql)
        units = {name: self.manifest.metric(name).unit for name in query.metrics}
        return Table(columns, rows, units, guard.one_currency(query), sql)

    def saved_query(self, name: str) -> Query:
        """A saved query of the project, as a question."""
        asked = self.manifest.saved_queries[name]["query_params"]
        where = (asked.get("where") or {}).get("where_filters") or []
        return Query(
            metrics=asked["metrics"],
            group_by=[spelled(group) for group in asked["group_by"]],
            where=[part["where_sql_template"] for part in where],
        )

    def saved_query_sql(self, name: str) -> str:
        """Its SQL, order and limit included; refused if it would mix currencies."""
        guard.check(self.manifest, self.saved_query(name))
        return self.compiler.saved_query_sql(name)


def spelled(group: str) -> str:
    """A group of a saved query, as TimeDimension('metric_time', 'month'), in a word."""
    if "(" not in group:
        return group
    item, _, path = group.partition("entity_path")
    words = [re.findall(r"['\"](\w+)['\"]", part) for part in (path, item)]
    return "__".join([*words[0], *words[1]])
