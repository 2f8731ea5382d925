"""The warehouse is asked what a raw table looks like once in a run."""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path

import pytest
from dbt.adapters.sql import SQLAdapter
from harness.case_groups import CASES, schema_of, sources
from harness.cases import load_case
from harness.project import Project


def test_a_raw_table_is_asked_for_its_columns_once_in_a_run(
    project: Project, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case,) = (case for case in CASES if case.name == "passthrough_columns")
    load_case(case, database, as_schema=schema_of(case))
    settings = {**case.variables, "stripe_sources": sources([case])}
    schemas = {f'."{name}".' for name in case.schemas} | {f'."{case.name}".'}
    asked: Counter[str] = Counter()
    ask = SQLAdapter.get_columns_in_relation

    @functools.wraps(ask)
    def counted(adapter: SQLAdapter, relation: object) -> list:
        asked[str(relation)] += 1
        return ask(adapter, relation)

    monkeypatch.setattr(SQLAdapter, "get_columns_in_relation", counted)
    # Two threads that ask at the same moment would both be answered.
    command = ["build", "--threads", "1", "--exclude-resource-type", "test"]
    for _ in range(2):
        run = project.run(
            [*command, "--select", "path:models/staging"], database, settings
        )
        assert run.success, run.text
        raw = [
            times
            for relation, times in asked.items()
            if any(schema in relation for schema in schemas)
        ]
        assert raw and set(raw) == {1}
        # The next run asks again: a table may have gained a column since.
        asked.clear()
