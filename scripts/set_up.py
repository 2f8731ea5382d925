"""Prepare everything that dbt needs: .venv, dbt packages and profiles.yml.

Runs on the machine's own Python, so it uses the standard library only. What is there
and current is kept. Exit codes: 0 ready, 1 something is missing (one sentence says
what to do).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / ".requirements"
MINIMUM_PYTHON = (3, 11)
NEEDED_BYTES = 1_000_000_000
# Python reads this whenever it starts: a folder whose packages it finds, from where the
# file lies, and a line to run. sqlfluff works in processes of no name ("-c").
START_DBT = '__import__("environment.start_dbt").start_dbt.start(sys.argv[0])'
AT_START = f"""\
../../../..
import sys; sys.argv[0].endswith(("/dbt", "/sqlfluff", "-c")) and {START_DBT}
"""


class SetUpError(Exception):
    """A sentence for the user: what is wrong and what to do."""


def main() -> int:
    try:
        check_python()
        install_requirements()
        install_packages()
        install_checkout()
        copy_profile()
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"Could not write {error.filename or ROOT}: {error.strerror}. "
            "Free some space or permit it, then run make setup again.",
            file=sys.stderr,
        )
        return 1
    return 0


def check_python() -> None:
    if sys.version_info < MINIMUM_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise SetUpError(
            f"Python {found} is too old: install Python 3.11 or newer, or name it "
            "with make PYTHON=/path/to/python3."
        )


def install_requirements() -> None:
    """Bring .venv to exactly what requirements.lock names, hashes checked."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("Installing the packages of requirements.lock into .venv ...", flush=True)
    if not (VENV / "bin" / "python").exists():
        create_venv()
    install_uv()
    # Compiled once, every dbt command starts three seconds sooner.
    sync = ["pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", LOCK]
    run_installer(
        [VENV / "bin" / "uv", *sync],
        environment={"VIRTUAL_ENV": str(VENV), **index_of_pip()},
    )
    STAMP.write_text(wanted)


def install_beside(name: str, what: str) -> None:
    """Bring .venv-NAME to exactly what requirements-NAME.lock names, hashes checked.

    For what .venv never needs; `what` is the subject of a sentence, with its size.
    """
    uv = VENV / "bin" / "uv"
    venv, lock = ROOT / f".venv-{name}", ROOT / f"requirements-{name}.lock"
    stamp = venv / ".requirements"
    if not uv.exists():
        raise SetUpError("The project is not set up: run make setup first.")
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing {what} into {venv.name} ...", flush=True)
    sync = ["pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", lock]
    done = run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, venv])
    if done.returncode == 0:
        index = index_of_pip()
        done = run([uv, *sync], environment={"VIRTUAL_ENV": str(venv), **index})
    if done.returncode != 0:
        sentence = (
            f"What {lock.name} names could not be installed: check the network and "
            "index settings of pip, then run this again."
        )
        raise SetUpError(explain(done, sentence))
    # Python finds the packages of this checkout from there, as from .venv.
    for folder in venv.glob("lib/python*/site-packages"):
        (folder / "segment_stripe.pth").write_text("../../../..\n")
    stamp.write_text(wanted)


def fetch_by_maven(artifact: str, file: Path) -> None:
    """Put an artifact of the Maven repository at `file`, whole or not at all.

    artifact: group:name:version, with :type where that is no jar.
    """
    if file.exists():
        return
    if not shutil.which("mvn"):
        raise SetUpError(
            f"{file.name} is had by Maven, which is not there: install it (on Debian: "
            f"apt-get install maven), or put {file.name} into {file.parent}."
        )
    fetched = file.parent / "fetched"
    options = [f"-Dartifact={artifact}", f"-DoutputDirectory={fetched}"]
    copied = run(["mvn", "--quiet", "--batch-mode", "dependency:copy", *options])
    if copied.returncode != 0:
        raise SetUpError(
            explain(copied, f"{artifact} could not be had from the Maven repository.")
        )
    (fetched / file.name).rename(file)
    fetched.rmdir()


def create_venv() -> None:
    result = run([sys.executable, "-m", "venv", VENV])
    if result.returncode != 0:
        sentence = explain(
            result,
            "This Python cannot make virtual environments: install its venv package "
            "(on Debian: apt-get install python3-venv).",
        )
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetUpError(sentence)


def install_uv() -> None:
    """Install uv, which installs the rest in seconds, with its hashes of the lock."""
    block: list[str] = []
    for line in LOCK.read_text().splitlines():
        if line.startswith("uv=="):
            block = [line]
        elif block and line.startswith("    --hash"):
            block.append(line)
        elif block:
            break
    bootstrap = VENV / "uv-requirement.txt"
    bootstrap.write_text("\n".join(block).rstrip(" \\") + "\n")
    pip = [VENV / "bin" / "python", "-m", "pip", "install", "--quiet"]
    run_installer([*pip, "--no-deps", "--require-hashes", "-r", bootstrap])


def index_of_pip() -> dict[str, str]:
    """The package index that pip is set to use, in uv's spelling."""
    if "UV_DEFAULT_INDEX" in os.environ:
        return {}
    result = run([VENV / "bin" / "python", "-m", "pip", "config", "list"])
    for line in result.stdout.splitlines():
        key, _, value = line.partition("=")
        if (
            key.endswith((".index-url", ":env:.index-url"))
            and "UV_DEFAULT_INDEX" not in os.environ
        ):
            return {"UV_DEFAULT_INDEX": value.strip("'\"")}
    return {}


def install_packages() -> None:
    result = subprocess.run(
        [VENV / "bin" / "python", ROOT / "scripts" / "install_packages.py"], cwd=ROOT
    )
    if result.returncode != 0:
        raise SetUpError("The dbt packages could not be installed; see above.")


def install_checkout() -> None:
    """Have .venv find this project's packages, and its dbt and sqlfluff lose no time.

    It is what an editable install comes to, without a build that needs packages.
    """
    for folder in VENV.glob("lib/python*/site-packages"):
        (folder / "segment_stripe.pth").write_text(AT_START)


def copy_profile() -> None:
    if not (ROOT / "profiles.yml").exists():
        shutil.copy(ROOT / "profiles.example.yml", ROOT / "profiles.yml")


def run_installer(command: list, environment: dict[str, str] | None = None) -> None:
    result = run(command, environment)
    if result.returncode != 0:
        raise SetUpError(
            explain(
                result,
                "The package index could not be reached or lacks a package: check "
                "the network, proxy and index settings of pip, then run make setup "
                "again.",
            )
        )


def run(command: list, environment: dict[str, str] | None = None):
    return subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
    )


def free_bytes() -> int:
    """Free space where the packages go."""
    return shutil.disk_usage(VENV if VENV.exists() else ROOT).free


def explain(result: subprocess.CompletedProcess, otherwise: str) -> str:
    """One sentence on why a command failed, with its last line as evidence."""
    output = f"{result.stdout}\n{result.stderr}".strip()
    if "No space left" in output or free_bytes() < NEEDED_BYTES // 20:
        return f"The disk is full: free 1 GB below {ROOT}, then run make setup again."
    return f"{otherwise} ({output.splitlines()[-1] if output else 'no output'})"


if __name__ == "__main__":
    sys.exit(main())
