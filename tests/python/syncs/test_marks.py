"""What an incremental build takes for another project: all rows are computed then."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from harness.consumer import Consumer
from harness.project import DATABASE_NAME, Project

MARK = "{{ segment_stripe.macros_mark() }}"
COMPILE = ("compile", "--inline", MARK, "--output", "text")
HASH = re.compile(r"^[0-9a-f]{32}$", re.M)
DATE = "macro.segment_stripe.default__reporting_date"


def marks(said: str) -> list[str]:
    return HASH.findall(said)


def test_an_edited_macro_is_another_project(project: Project, tmp_path: Path) -> None:
    def mark() -> list[str]:
        run = project.run([*COMPILE], tmp_path / DATABASE_NAME)
        assert run.success, run.text
        return marks("\n".join(run.lines))

    macro = project.manifest.macros[DATE]
    before, text = mark(), macro.macro_sql
    macro.macro_sql = text.replace("cast(", "cast ( ")
    try:
        after = mark()
    finally:
        macro.macro_sql = text
    assert len(before) == len(after) == 1
    assert before != after


@pytest.mark.long
@pytest.mark.xdist_group("package")
def test_a_macro_in_the_place_of_ours_is_another_project(consumer: Consumer) -> None:
    def mark() -> list[str]:
        run = consumer.dbt(*COMPILE)
        assert run.returncode == 0, run.stdout
        return marks(run.stdout)

    macros = consumer.folder / "macros"
    macros.mkdir(exist_ok=True)
    own = macros / "own.sql"
    own.write_text("{% macro own_of_mine() %} 1 {% endmacro %}")
    without = mark()
    own.write_text("{% macro own_of_mine() %} 2 {% endmacro %}")
    assert mark() == without
    place = macros / "default__reporting_date.sql"
    place.write_text("{% macro default__reporting_date(of) %} {{ of }} {% endmacro %}")
    found = mark()
    own.write_text("{% macro own_of_mine() %} 3 {% endmacro %}")
    changed = mark()
    own.unlink()
    place.unlink()
    assert len(without) == len(found) == len(changed) == 1
    assert len({*without, *found, *changed}) == 3
