"""Run the SQL statements of standard input on the cluster; runs in .venv-spark.

    .venv-spark/bin/python -m environment.spark.statements < FILE

Statements end with a semicolon at the end of a line; rows that they return are not
shown.
"""

from __future__ import annotations

import sys

from pyhive import hive

from environment.spark.settings import HOST, THRIFT_PORT


def main() -> None:
    statements = [part.strip() for part in sys.stdin.read().split(";\n")]
    cursor = hive.connect(HOST, THRIFT_PORT, username="dbt").cursor()
    for statement in filter(None, statements):
        cursor.execute(statement)


if __name__ == "__main__":
    main()
