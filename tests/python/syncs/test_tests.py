"""Data tests of an incremental build read what it computed, where that is enough."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from harness.project import Project

from syncs.lives import joined
from syncs.playing import INCREMENTAL, Player, build
from syncs.story import story
from syncs.warehouses import DuckdbWarehouse

TESTED = ["build", "--exclude-resource-type", "unit_test"]
THEIRS = "tests read their rows"
ALL = "tests read all rows"
# Compares each payment with its charges.
TEST = "assert_payments_equal_charges"
COUNT = "folded.attempt_count,"
WRONG = "folded.attempt_count + 1 as attempt_count,"
# A payment that no later sync touches is wrong, or right again.
ALTER = """
    update analytics.fct_payments set attempt_count = {}
    where payment_id = 'ch_ny'
"""


@pytest.mark.long
def test_tests_read_the_rows_of_touched_objects(
    project: Project, tmp_path: Path
) -> None:
    warehouse = DuckdbWarehouse(project, tmp_path)
    player = Player(joined(story(), 4), warehouse)
    player.sync()
    variables = player.variables | INCREMENTAL

    def built(says: str, **more: Any) -> list[str]:
        run = build(warehouse, TESTED, variables | more)
        assert says in run.text
        return run.broken

    assert built("all rows are computed") == []
    player.sync()
    warehouse.execute(ALTER.format(9))
    assert built(THEIRS) == []
    (model,) = (n for n in project.manifest.nodes.values() if n.name == "fct_payments")
    code = model.raw_code
    model.raw_code = code.replace(COUNT, WRONG)
    try:
        assert TEST in built(THEIRS)
    finally:
        model.raw_code = code
    # After tests that did not pass, and on another day, all rows are read.
    assert TEST in built(ALL)
    warehouse.execute(ALTER.format(1))
    assert built(ALL) == []
    assert built(ALL, as_of="2026-04-02") == []
