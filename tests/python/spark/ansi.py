"""dbt with ANSI on, as Databricks has it; dbt-spark turns it off in every session.

.venv-spark/bin/python -m spark.ansi build ...
"""

from __future__ import annotations

from dbt.adapters.spark.connections import SparkCredentials
from dbt.cli.main import cli

turn_off = SparkCredentials.__post_init__


def turn_on(self: SparkCredentials) -> None:
    turn_off(self)
    self.server_side_parameters["spark.sql.ansi.enabled"] = "true"


SparkCredentials.__post_init__ = turn_on

if __name__ == "__main__":
    cli()
