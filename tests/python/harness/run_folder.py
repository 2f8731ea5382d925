"""The folder of one run of the tests: what one worker made, the others take."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "SEGMENT_STRIPE_RUN_FOLDER"


def begin() -> None:
    """Make the folder; workers that start from here inherit its name."""
    os.environ[VARIABLE] = tempfile.mkdtemp(prefix="segment_stripe_run_")
    atexit.register(end)


def end() -> None:
    shutil.rmtree(os.environ.pop(VARIABLE, ""), ignore_errors=True)


def once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name, filled by the first who asks; others wait for it."""
    if VARIABLE not in os.environ:
        begin()
    folder = Path(os.environ[VARIABLE], name)
    made = folder.with_name(f"{name}.made")
    with locked(folder.with_name(f"{name}.lock")):
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else is in a block of the same path."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
