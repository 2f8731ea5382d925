"""Run the SQL statements of standard input as the session target does.

    .venv-spark/bin/python tests/python/spark/in_session.py PROFILES < FILE

PROFILES is a profiles.yml without Jinja; statements end with a semicolon at the end of
a line. What dbt built in its own process is read here, in one of its own.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from pyspark.sql import SparkSession


def main() -> None:
    with Path(sys.argv[1]).open() as file:
        outputs = yaml.safe_load(file)["segment_stripe"]["outputs"]
    builder = SparkSession.builder.enableHiveSupport()
    for name, value in outputs["spark_session"]["server_side_parameters"].items():
        builder = builder.config(name, str(value))
    session = builder.getOrCreate()
    for part in sys.stdin.read().split(";\n"):
        if part.strip():
            session.sql(part.strip())


if __name__ == "__main__":
    main()
