"""What an incremental build takes for another project: all rows are computed then."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from harness.consumer import Consumer
from harness.project import DATABASE_NAME, Project

MARK = "segment_stripe.macros_mark()"
COMPILE = ("compile", "--inline", f"{{{{ {MARK} }}}}", "--output", "text")
HASH = re.compile(r"^[0-9a-f]{32}$", re.M)
DATE = "macro.segment_stripe.default__reporting_date"
PROJECT = "segment_stripe.build_marks([], none)['the project']"
ACCOUNT = "segment_stripe.account_mark(segment_stripe.linked_tables())"
MONTHS = "segment_stripe.months_mark(segment_stripe.linked_tables())"
CHARGES = """
    create schema stripe;
    create table stripe.charges as
    select 'ch_1' as id, 1000 as amount, 'eur' as currency,
        timestamp '2026-01-10 12:00:00' as created
"""
PRICES = """
    create schema stripe;
    create table stripe.coupons as
    select 'co_1' as id, 10 as percent_off, 1 as times_redeemed;
    create table stripe.plans as select 'plan_1' as id, 10 as amount;
    create table stripe.products as select 'prod_1' as id, 'Bronze' as name;
"""


def marks(said: str) -> list[str]:
    return HASH.findall(said)


def mark_of(project: Project, folder: Path, asked: str, **variables: str) -> str:
    """What dbt makes of a call, on the warehouse of the folder."""
    inline = f"{{% if execute %}}{{{{ {asked} }}}}{{% endif %}}"
    command = ["compile", "--inline", inline, *COMPILE[3:]]
    run = project.run(command, folder / DATABASE_NAME, variables)
    assert run.success, run.text
    (mark,) = marks("\n".join(run.lines))
    return mark


def test_an_edited_macro_is_another_project(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    macro = project.manifest.macros[DATE]
    before = mark_of(project, tmp_path, MARK)
    edited = macro.macro_sql.replace("cast(", "cast ( ")
    monkeypatch.setattr(macro, "macro_sql", edited)
    assert mark_of(project, tmp_path, MARK) != before


def test_a_model_that_stands_elsewhere_is_another_project(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it stood before, an old table may be left."""
    (model,) = (n for n in project.manifest.nodes.values() if n.name == "fct_charges")
    before = mark_of(project, tmp_path, PROJECT)
    monkeypatch.setattr(model, "schema", "elsewhere")
    assert mark_of(project, tmp_path, PROJECT) != before


def test_an_account_depends_on_its_first_charge_by_the_as_of_day(
    project: Project, tmp_path: Path
) -> None:
    """The default currency, where no account is delivered."""
    with duckdb.connect(str(tmp_path / DATABASE_NAME)) as connection:
        connection.execute(CHARGES)
    before, on, after = (
        mark_of(project, tmp_path, ACCOUNT, as_of=f"2026-01-{day:02}")
        for day in (9, 10, 11)
    )
    assert before != on == after


def test_subscriptions_by_month_depend_on_the_day_and_on_prices(
    project: Project, tmp_path: Path
) -> None:
    """On what a coupon is worth, too, but not on how often it was used."""

    def mark(change: str = "", day: str = "2026-01-09") -> str:
        with duckdb.connect(str(tmp_path / DATABASE_NAME)) as connection:
            connection.execute(change or "select 1")
        return mark_of(project, tmp_path, MONTHS, as_of=day)

    before = mark(PRICES)
    assert mark("update stripe.coupons set times_redeemed = 2") == before
    assert mark(day="2026-01-10") != before
    changes = [
        mark(f"update stripe.{table} set {column} = {value}")
        for table, column, value in (
            ("coupons", "percent_off", 20),
            ("plans", "amount", 20),
            ("products", "name", "'Silver'"),
        )
    ]
    assert len({before, *changes}) == 4


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
