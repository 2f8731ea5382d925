"""Start or stop a Spark cluster on this machine, with Delta tables: make spark.

A master, two workers and a Thrift server, for dbt's target `spark` of
profiles.example.yml. Exit codes: 0 done, 1 not (one sentence says what to do).
"""

from __future__ import annotations

import argparse
import sys

from environment.spark import cluster
from environment.spark.settings import HOST, THRIFT_PORT
from scripts import set_up_spark
from scripts.set_up import SetUpError


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["start", "stop", "forget"])
    command = parser.parse_args().command
    try:
        if command == "start":
            set_up_spark.install()
            cluster.start()
            print(
                f"Spark listens on {HOST}:{THRIFT_PORT}. Build with "
                ".venv-spark/bin/dbt build --target spark; end it with make spark-stop."
            )
        if command in ("stop", "forget"):
            cluster.stop()
        if command == "forget":
            cluster.forget()
    except (SetUpError, cluster.ClusterError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
