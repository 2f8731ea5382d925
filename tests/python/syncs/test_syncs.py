"""Builds after every sync give what one full build and the reference give.

SEGMENT_STRIPE_EXAMPLES says how many random lives to try, SEGMENT_STRIPE_SEED which.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from harness.postgres import set_aside
from harness.project import Project
from random_accounts.differences import report
from random_accounts.drawing import SEED, examples

from syncs.lives import FAILS, Delivery, Life, joined, reduced
from syncs.playing import BUILD, IN_PART, INCREMENTAL, Player, build
from syncs.splitting import lives
from syncs.story import story
from syncs.warehouses import DuckdbWarehouse, PostgresWarehouse

# Accounts of payments, of subscriptions and of people in one life.
PARTS = (10, 6, 2)
TRIES = 12
CODES = "stripe_failure_codes"


def must_agree(life: Life, said: list[str]) -> None:
    if said:
        pytest.fail(f"{life!r}\n{report(said)}", pytrace=False)


def test_the_story_in_few_syncs_in_duckdb(project: Project, tmp_path: Path) -> None:
    player = Player(joined(story(), 4), DuckdbWarehouse(project, tmp_path))
    for _ in player.life.syncs:
        player.sync()
        player.build()
    must_agree(player.life, player.wrong(with_full=False))
    assert player.in_part == [1, 2]
    assert player.months_in_part == [2]


@pytest.mark.long
def test_every_change_of_the_story_in_duckdb(project: Project, tmp_path: Path) -> None:
    player = Player(story(), DuckdbWarehouse(project, tmp_path))
    must_agree(player.life, player.play())
    # Its second build has another setting, its third one dies.
    assert player.in_part == [2, 3, 4, 5]
    assert player.months_in_part == [5]


@pytest.mark.long
def test_after_a_build_without_staging_all_rows_are_computed(
    project: Project, tmp_path: Path
) -> None:
    player = Player(joined(story(), 4), DuckdbWarehouse(project, tmp_path))
    player.sync()
    player.build()
    player.sync()
    command = [*BUILD, "--exclude", "path:models/staging"]
    run = build(player.warehouse, command, player.variables | INCREMENTAL)
    assert run.success, run.text
    assert IN_PART not in run.text
    player.build()
    assert player.in_part == []


@pytest.mark.long
def test_another_seed_is_noticed_whoever_loads_it(
    project: Project, tmp_path: Path
) -> None:
    """dbt seed loads it before dbt run, which loads none, and dbt build in itself."""
    player = Player(joined(story(), 4), DuckdbWarehouse(project, tmp_path))
    player.sync()
    player.build()
    variables = player.variables | INCREMENTAL
    (seed,) = (n for n in project.manifest.nodes.values() if n.name == CODES)
    checksum, seed.checksum.checksum = seed.checksum.checksum, "another"
    try:
        player.warehouse.execute(f"delete from analytics_reference.{CODES}")
        assert (
            "what seeds hold is another"
            in build(player.warehouse, ["run"], variables).text
        )
        assert "a seed is another" in build(player.warehouse, BUILD, variables).text
    finally:
        seed.checksum.checksum = checksum


def test_every_change_of_the_story_in_postgres(postgres: Project) -> None:
    with set_aside():
        # Few syncs, and no full build of its own: each takes many seconds.
        player = Player(joined(story(), 4), PostgresWarehouse(postgres))
        for _ in player.life.syncs:
            player.sync()
            player.build()
        must_agree(player.life, player.wrong(with_full=False))
    assert player.in_part == [1, 2]
    assert player.months_in_part == [2]


def test_the_story_has_every_kind_of_change() -> None:
    life = story()
    assert {sync.ends for sync in life.syncs} >= {FAILS}
    assert any(sync.variables for sync in life.syncs[1:])
    found = {kind for given in life.deliveries for kind in kinds(life, given)}
    assert found == {
        *("amount", "captured", "currency", "customer_id", "invoice_id", "is_deleted"),
        *("livemode", "status", "duplicate", "late", "column", "table", "no stamp"),
    }


def kinds(life: Life, given: Delivery) -> Iterator[str]:
    """What kinds of change a delivery is."""
    before = [d for d in life.deliveries if d.sync < given.sync]
    versions = [d.row for d in before if d.thing == given.thing]
    place = given.schema, given.collection
    rows = [d.row for d in before if (d.schema, d.collection) == place]
    if given.sync and not rows:
        yield "table"
    if rows and given.row.keys() - {name for row in rows for name in row}:
        yield "column"
    if given.lag:
        yield "late"
    if given.stamps.startswith("neither"):
        yield "no stamp"
    if versions and given.is_added and versions[-1] == given.row:
        yield "duplicate"
    for name in ("amount", "captured", "currency", "customer_id", "invoice_id"):
        if versions and name in versions[-1] and versions[-1][name] != given.row[name]:
            yield name
    for name in ("is_deleted", "livemode", "status"):
        if versions and given.row.get(name) != versions[-1].get(name):
            yield name


@pytest.mark.long
def test_random_lives_in_duckdb(project: Project, tmp_path: Path) -> None:
    tried = iter(range(10**6))

    def wrong(life: Life) -> list[str]:
        warehouse = DuckdbWarehouse(project, tmp_path / str(next(tried)))
        # What went wrong earlier mostly stays so.
        return Player(life, warehouse).play()

    def goes_wrong(smaller: Life) -> bool:
        try:
            return bool(wrong(smaller))
        except AssertionError:
            # Its builds fail: it lacks a column or a table that models ask for.
            return False

    for life in islice(lives(f"duckdb {SEED}", PARTS), examples(25)):
        if wrong(life):
            small = reduced(life, goes_wrong, TRIES)
            must_agree(small, wrong(small))


@pytest.mark.long
def test_random_lives_in_duckdb_are_right_after_each_sync(
    project: Project, tmp_path: Path
) -> None:
    found = islice(lives(f"each {SEED}", PARTS), max(examples(25) // 5, 1))
    for number, life in enumerate(found):
        warehouse = DuckdbWarehouse(project, tmp_path / str(number))
        must_agree(life, Player(life, warehouse).play(is_checked_always=True))


@pytest.mark.long
def test_random_lives_in_postgres(postgres: Project) -> None:
    for life in islice(lives(f"postgres {SEED}", PARTS), max(examples(25) // 5, 1)):
        with set_aside():
            player = Player(life, PostgresWarehouse(postgres))
            must_agree(life, player.play())
