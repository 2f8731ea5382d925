"""Other processes of this machine, as Linux tells of them."""

from __future__ import annotations

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
# Places in /proc/…/stat after the name, which may hold spaces.
PARENT, SESSION = 1, 3
SPENT, SPENT_BY_ENDED_CHILDREN = slice(11, 13), slice(13, 15)


def stat_of(folder: Path) -> list[str]:
    """What stat says of the process whose folder it is."""
    return (folder / "stat").read_text().rsplit(")", 1)[1].split()


def found(place: int, values: set[int]) -> dict[Path, list[str]]:
    """Processes whose parent or session is one of `values`, with what stat says."""
    stats = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = stat_of(folder)
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(stat[place]) in values:
            stats[folder] = stat
    return stats


def seconds(stat: list[str], *counts: slice) -> float:
    """Seconds of processors that a process has spent, and those that `counts` add."""
    return (
        sum(int(ticks) for count in (SPENT, *counts) for ticks in stat[count]) / TICKS
    )
