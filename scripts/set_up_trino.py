"""Prepare a Trino server for the tests: its programs in build/trino.

They come from the Maven repository (820 MB), by `mvn`; of its connectors only Iceberg's
is kept. dbt's adapter is in .venv-dialects. Exit codes: 0 ready, 1 something is missing
(one sentence says what to do).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from scripts.set_up import ROOT, SetUpError, fetch_by_maven

VERSION = "476"
FOLDER = ROOT / "build" / "trino"
SERVER = FOLDER / f"trino-server-{VERSION}"
MINIMUM_JAVA = 24


def main() -> int:
    try:
        java_home()
        install()
    except (SetUpError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def install() -> None:
    """Unpack the server, whole or not at all."""
    if SERVER.exists():
        return
    print(f"Fetching Trino {VERSION} (820 MB) ...", flush=True)
    packed = FOLDER / f"{SERVER.name}.tar.gz"
    fetch_by_maven(f"io.trino:trino-server:{VERSION}:tar.gz", packed)
    unpacked = FOLDER / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    with tarfile.open(packed) as archive:
        archive.extractall(unpacked, filter="data")
    for plugin in (unpacked / SERVER.name / "plugin").iterdir():
        if plugin.name != "iceberg":
            shutil.rmtree(plugin)
    (unpacked / SERVER.name).rename(SERVER)
    packed.unlink()


def java_home() -> Path:
    """Where a Java is that is new enough."""
    for home in candidates():
        java = home / "bin" / "java"
        if java.exists() and version_of(java) >= MINIMUM_JAVA:
            return home
    raise SetUpError(
        f"Trino needs Java {MINIMUM_JAVA} or newer: install it, or name its folder "
        "with JAVA_HOME."
    )


def candidates() -> Iterator[Path]:
    if "JAVA_HOME" in os.environ:
        yield Path(os.environ["JAVA_HOME"])
    if java := shutil.which("java"):
        yield Path(java).resolve().parents[1]
    yield from sorted(Path("/usr/lib/jvm").glob("*"))


def version_of(java: Path) -> int:
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    sys.exit(main())
