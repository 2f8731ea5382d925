"""What programs may read goes or changes only with a row in CHANGELOG.md."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable

from harness.project import ROOT

from scripts.write_public_columns import FILE, HEADER, public_columns

Column = tuple[str, str, str]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text()
RELEASE = re.compile(
    r"^## (\d+\.\d+\.\d+), (\d{4}-\d\d-\d\d), commit `([0-9a-f]{7,40})`$"
)


def released() -> list[Column]:
    """The columns of the last release."""
    with FILE.open(newline="") as file:
        header, *rows = map(tuple, csv.reader(file))
    assert header == HEADER
    return rows


def sections() -> dict[str, str]:
    """The text under each heading of the changelog, newest first."""
    _, *parts = re.split(r"^(?=## )", CHANGELOG, flags=re.M)
    return {part.splitlines()[0]: part for part in parts}


def untold(
    before: Iterable[Column], now: Collection[Column], changelog: str
) -> list[str]:
    """Columns that are gone or of another type, which the changelog does not name."""
    return [
        f"{model}.{column}"
        for model, column, type_ in before
        if (model, column, type_) not in now
        and f"`{model}.{column}`" not in changelog
        and f"`{model}` is gone" not in changelog
    ]


def test_no_public_column_goes_or_changes_untold() -> None:
    assert len(released()) > 800
    assert untold(released(), public_columns(), sections()["## Unreleased"]) == []


def test_what_goes_or_changes_is_seen() -> None:
    before = [
        ("fct_a", "gone", "date"),
        ("fct_a", "other", "bigint"),
        ("b", "c", "date"),
    ]
    now = [("fct_a", "other", "string"), ("fct_a", "new", "date")]
    assert untold(before, now, "") == ["fct_a.gone", "fct_a.other", "b.c"]
    told = "| `fct_a.gone` left, `fct_a.other` is a text; `b` is gone | **breaking** |"
    assert untold(before, now, told) == []


def test_every_release_has_its_commit_and_day() -> None:
    unreleased, *releases = sections()
    assert unreleased == "## Unreleased"
    assert releases
    days = [RELEASE.match(heading)[2] for heading in releases if RELEASE.match(heading)]
    assert len(days) == len(releases)
    assert days == sorted(days, reverse=True)
