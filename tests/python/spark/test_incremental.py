"""Incremental builds on Delta: each table is that of a full build and the reference.

SEGMENT_STRIPE_EXAMPLES says how many random lives to try, SEGMENT_STRIPE_SEED which.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
from harness.project import Project
from random_accounts.drawing import SEED, examples
from syncs.lives import FAILS, RUN, WHOLE, Life, joined, without_ties
from syncs.playing import Player
from syncs.splitting import lives
from syncs.story import story
from syncs.test_syncs import PARTS, must_agree

from spark.syncing import SparkWarehouse
from spark.warehouse import Spark

pytestmark = [pytest.mark.spark, pytest.mark.long]
HOUR = timedelta(hours=1)


def in_three_syncs(life: Life) -> Life:
    """The life with its last three syncs, the first of them built whole."""
    short = joined(life, max(len(life.syncs) - 2, 1))
    return replace(short, syncs=[replace(short.syncs[0], ends=WHOLE), *short.syncs[1:]])


def is_in_part(life: Life) -> bool:
    """Whether its later builds compute what was touched; one may die."""
    return all(
        sync.ends in (WHOLE, RUN, FAILS) and not sync.variables
        for sync in life.syncs[1:]
    )


def test_the_story_with_a_build_that_is_killed(
    spark: Spark, project: Project, tmp_path: Path
) -> None:
    life = in_three_syncs(story())
    *before, last = life.syncs
    killed = replace(last, ends=FAILS, model="fct_invoices")
    again = replace(last, moment=last.moment + HOUR)
    life = replace(life, syncs=[*before, killed, again])
    player = Player(life, SparkWarehouse(project, spark, tmp_path))
    must_agree(life, player.play())
    assert player.in_part == [1, 2, 3]
    assert player.months_in_part == [2, 3]


def test_random_lives(spark: Spark, project: Project, tmp_path: Path) -> None:
    short = map(in_three_syncs, lives(f"spark {SEED}", PARTS))
    found = islice(filter(is_in_part, short), max(examples(25) // 12, 1))
    for number, life in enumerate(map(without_ties, found)):
        warehouse = SparkWarehouse(project, spark, tmp_path / str(number))
        player = Player(life, warehouse)
        must_agree(life, player.play())
        assert player.in_part == [1, 2]


def test_tables_of_plain_parquet_are_refused(spark: Spark) -> None:
    run = spark.run(["run"], {"incremental": True}, file_format="parquet")
    assert not run.success
    assert "set SPARK_FILE_FORMAT to delta, or take it out" in run.text
    assert run.names("success") == []
