"""A build that is killed leaves every table whole, and the next build is right.

SEGMENT_STRIPE_EXAMPLES says how many builds of each kind are killed,
SEGMENT_STRIPE_SEED at which moments.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from harness.project import Project
from random_accounts.drawing import SEED, examples

from syncs.killing import (
    STATES,
    Hashes,
    Killed,
    KilledDuckdb,
    KilledPostgres,
    accounts,
)

pytestmark = pytest.mark.long
CUSTOMERS = 40
KILLS = 5
BEFORE, AFTER = STATES
LEFT = ("__dbt_tmp", "__dbt_backup", "__touched", "sync_")
KINDS = pytest.mark.parametrize("incremental", [False, True], ids=["full", "changes"])


@KINDS
def test_builds_killed_in_duckdb(
    incremental: bool, project: Project, tmp_path: Path
) -> None:
    kill_builds(KilledDuckdb(project, tmp_path, incremental), tmp_path)


@KINDS
def test_builds_killed_in_postgres(
    incremental: bool, postgres: Project, tmp_path: Path
) -> None:
    killed = KilledPostgres(postgres, tmp_path, incremental)
    try:
        kill_builds(killed, tmp_path)
    finally:
        killed.close()


def kill_builds(killed: Killed, folder: Path) -> None:
    """Kill builds that would lead from one state to another, and look."""
    before, after = accounts(folder / "accounts", CUSTOMERS)
    killed.load(before)
    killed.command.finish(BEFORE)
    old, old_served = killed.tables(), killed.served()
    killed.load(after)
    killed.keep()
    killed.command.finish(AFTER)
    killed.bring_back()
    # Not the first time, for dbt parses the project then.
    seconds = killed.command.finish(AFTER)
    new, new_served = killed.tables(), killed.served()
    changed = [name for name in new if new[name] != old.get(name)]
    assert len(changed) > 40
    random = Random(f"{killed.command.project.target} {SEED}")
    count = examples(KILLS)
    said, seen = [], []
    for number in range(count):
        killed.bring_back()
        moment = (number + random.random()) / count * seconds
        was_running = killed.command.kill(AFTER, moment)
        killed.wait()
        found, served = killed.tables(), killed.served()
        done = [name for name in changed if found.get(name) == new[name]]
        seen.append((round(moment, 1), was_running, len(done)))
        said += [f"{moment:.1f} s: {line}" for line in halves(found, old, new)]
        if served not in (old_served, new_served):
            said.append(f"{moment:.1f} s: the serving copy is of no one build")
        killed.command.finish(AFTER)
        if killed.tables() != new or killed.served() != new_served:
            wrong = [n for n, rows in killed.tables().items() if rows != new.get(n)]
            said.append(f"{moment:.1f} s: the next build is wrong: {wrong}")
    print(f"of {seconds:.1f} s and {len(changed)} tables that change: {seen}")
    assert said == []


def halves(found: Hashes, old: Hashes, new: Hashes) -> list[str]:
    """Tables that are neither as they were nor as they will be."""
    said = [f"{name} is gone" for name in old if name not in found]
    for name, rows in found.items():
        if name not in old and name not in new:
            if not any(left in name for left in LEFT):
                said.append(f"{name} is of neither build")
        elif rows not in (old.get(name), new.get(name)):
            said.append(f"{name} has {rows}, not {old.get(name)} or {new.get(name)}")
    return said
