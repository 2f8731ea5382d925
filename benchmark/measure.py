"""One command at a time, with its time and its peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

# The kernel counts in bytes on macOS, in kilobytes elsewhere.
UNIT = 1 if sys.platform == "darwin" else 1024


class CommandError(Exception):
    """A command that failed, with the end of what it said."""


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock and of processors, peak resident memory, what was said."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    output: str


def measured(command: list[str | Path], output: Path) -> Measured:
    """Run a command, what it says going to a file; CommandError when it fails."""
    began = time.perf_counter()
    with output.open("w") as file:
        process = subprocess.Popen(
            [str(part) for part in command], stdout=file, stderr=subprocess.STDOUT
        )
        # wait4, because only it tells the memory of this one process
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    said = output.read_text()
    if process.returncode:
        end = "\n".join(said.splitlines()[-30:])
        raise CommandError(f"{output.stem} failed; all of it is in {output}:\n{end}")
    busy = usage.ru_utime + usage.ru_stime
    return Measured(seconds, busy, usage.ru_maxrss * UNIT, said)
