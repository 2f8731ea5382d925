"""Prepare .venv-dialects: dbt with the adapters of five more warehouses.

They stay out of .venv, which is smaller and never needs them. What is there and current
is kept; nothing is downloaded but what requirements-dialects.lock names. Exit codes: 0
ready, 1 something is missing (one sentence says what to do).
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from scripts.set_up import SetUpError, explain, index_of_pip, run

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-dialects.lock"
VENV = ROOT / ".venv-dialects"
STAMP = VENV / ".requirements"
UV = ROOT / ".venv" / "bin" / "uv"


def main() -> int:
    try:
        install()
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def install() -> None:
    """Bring .venv-dialects to exactly what its lock file names, hashes checked."""
    if not UV.exists():
        raise SetUpError("The project is not set up: run make setup first.")
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("Installing adapters into .venv-dialects (900 MB) ...", flush=True)
    made = run([UV, "venv", "--quiet", "--clear", "--python", sys.executable, VENV])
    sync = ["pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", LOCK]
    installed = made.returncode == 0 and run(
        [UV, *sync], environment={"VIRTUAL_ENV": str(VENV), **index_of_pip()}
    )
    if not installed or installed.returncode != 0:
        raise SetUpError(
            explain(
                installed or made,
                "The adapters could not be installed: check the network and index "
                "settings of pip, then run this again.",
            )
        )
    # Python finds the packages of this checkout from there, as from .venv.
    for folder in VENV.glob("lib/python*/site-packages"):
        (folder / "segment_stripe.pth").write_text("../../../..\n")
    STAMP.write_text(wanted)


if __name__ == "__main__":
    sys.exit(main())
