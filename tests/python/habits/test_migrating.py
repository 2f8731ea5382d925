"""docs/migrating.md names columns and models that exist."""

from __future__ import annotations

import re

from harness.project import ROOT

from scripts.write_public_columns import public_columns

TEXT = (ROOT / "docs" / "migrating.md").read_text()


def test_every_column_of_ours_exists() -> None:
    known = {(model, column) for model, column, _ in public_columns()}
    named = set(re.findall(r"`([a-z_]+)\.([a-z_]+)`", TEXT))
    ours = {(model, column) for model, column in named if column != "md"}
    assert len(ours) > 90
    assert sorted(ours - known) == []


def test_same_names_are_the_same() -> None:
    known = {(model, column) for model, column, _ in public_columns()}
    rows = re.findall(r"^\| (.+) \| the same names in `(\w+)`", TEXT, re.M)
    assert len(rows) >= 5
    for names, model in rows:
        missing = [n for n in re.findall(r"`(\w+)`", names) if (model, n) not in known]
        assert missing == [], model
