"""Run dbt, and write what each of its nodes cost to a JSON file.

Of each model, test or snapshot: seconds by the clock and of processors, and the peak of
resident memory while it ran (on Linux; elsewhere 0). They are a node's own with one
thread only. Of all: the processor seconds until everything is parsed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from dbt.cli.main import dbtRunner

MEMORY = Path("/proc/self/status")
# Writing 5 here makes the kernel count the peak anew.
RESET = Path("/proc/self/clear_refs")
# dbt says how many nodes there are as soon as it has parsed them.
PARSED = "FoundStats"


class Watch:
    """Hears of each event of dbt, at once and in the thread that it happens in."""

    def __init__(self, has_peaks: bool) -> None:
        self.has_peaks = has_peaks and RESET.exists()
        self.parsed = 0.0
        self.began: dict[str, tuple[float, float]] = {}
        self.nodes: dict[str, dict[str, float]] = {}

    def hear(self, event: Any) -> None:
        if event.info.name == PARSED:
            self.parsed = time.process_time()
        elif event.info.name == "NodeStart":
            if self.has_peaks:
                RESET.write_text("5")
            node = event.data.node_info.unique_id
            self.began[node] = (time.perf_counter(), time.process_time())
        elif event.info.name == "NodeFinished":
            node = event.data.node_info.unique_id
            began, busy = self.began.pop(node)
            self.nodes[node] = {
                "seconds": time.perf_counter() - began,
                "cpu_seconds": time.process_time() - busy,
                "peak_bytes": peak_bytes() if self.has_peaks else 0,
            }


def peak_bytes() -> int:
    lines = MEMORY.read_text().splitlines()
    (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(peak) * 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--peaks", action="store_true", help="with one thread only")
    parser.add_argument("dbt", nargs=argparse.REMAINDER, help="after --")
    given = parser.parse_args()
    watch = Watch(given.peaks)
    done = dbtRunner(callbacks=[watch.hear]).invoke(given.dbt[1:])
    found = {"cpu_seconds_to_parse": watch.parsed, "nodes": watch.nodes}
    given.output.write_text(json.dumps(found))
    if done.exception:
        print(f"error: {done.exception}", file=sys.stderr)
    return 0 if done.success else 1


if __name__ == "__main__":
    sys.exit(main())
