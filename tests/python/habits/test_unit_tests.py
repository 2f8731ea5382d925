"""A unit test fixes every variable that its model reads, whatever the project's are."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from harness.project import ROOT

VARIABLE = re.compile(r"\b(?:var|setting)\(\s*'(\w+)'")
CALL = re.compile(r"\b(?:segment_stripe\.)?(\w+)\(")
MACROS = {
    path.stem: path.read_text()
    for path in (ROOT / "macros").rglob("*.sql")
    # `setting` reads any; and a unit test sees all rows, however builds are.
    if path.stem not in ("setting", "touched", "by_object")
}
MODELS = {path.stem: path.read_text() for path in (ROOT / "models").rglob("*.sql")}

FILES = sorted((ROOT / "models").rglob("*__unit_tests.yml"))


@cache
def variables_of_macro(name: str) -> frozenset[str]:
    return variables_in(MACROS.get(name, ""), frozenset([name]))


def variables_in(sql: str, above: frozenset[str] = frozenset()) -> frozenset[str]:
    """The variables that a text reads, itself or through the project's macros."""
    found = set(VARIABLE.findall(sql))
    for name in set(CALL.findall(sql)) & set(MACROS) - above:
        found |= variables_of_macro(name)
    return frozenset(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_variable_of_the_model_is_fixed(path: Path) -> None:
    open_ones = {}
    for test in yaml.safe_load(path.read_text())["unit_tests"]:
        fixed = set((test.get("overrides") or {}).get("vars") or {})
        # Where it is not read as it is given, there is no test.
        fixed |= {"domains"} if "enabled" in test.get("config", {}) else set()
        if missing := sorted(variables_in(MODELS[test["model"]]) - fixed):
            open_ones[test["name"]] = missing
    assert open_ones == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_name_is_not_too_long_for_a_relation_of_postgres(path: Path) -> None:
    names = [t["name"] for t in yaml.safe_load(path.read_text())["unit_tests"]]
    assert [name for name in names if len(name) > 63] == []


def test_variables_are_found_through_macros() -> None:
    assert "as_of" in variables_in("where day <= {{ as_of_date() }}")
    assert "mrr_statuses" in variables_in("{{ is_one_of('x', var('mrr_statuses')) }}")
    assert variables_in("select 1") == frozenset()
