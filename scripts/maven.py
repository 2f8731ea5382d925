"""Fetch a file of the Maven repository by mvn, which knows the machine's mirror."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.set_up import SetUpError, explain, run


def fetch(artifact: str, file: Path) -> None:
    """Put an artifact, as group:name:version or group:name:version:type, at `file`.

    Raises SetUpError, one sentence, where it cannot be had; `file` is whole or absent.
    """
    if file.exists():
        return
    if not shutil.which("mvn"):
        raise SetUpError(
            f"{file.name} is had by Maven, which is not there: install it (on Debian: "
            f"apt-get install maven), or put {file.name} into {file.parent}."
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    options = [f"-Dartifact={artifact}", f"-DoutputDirectory={file.parent}"]
    copied = run(["mvn", "--quiet", "--batch-mode", "dependency:copy", *options])
    if copied.returncode != 0:
        raise SetUpError(
            explain(copied, f"{artifact} could not be had from the Maven repository.")
        )
