"""How the cluster is set: Delta tables, UTC, and what a small account needs of it."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv-spark"
# What the cluster keeps; the tests have a folder of their own.
FOLDER = ROOT / "build" / os.environ.get("SEGMENT_STRIPE_SPARK", "spark")
JARS = ROOT / "build" / "spark" / "jars"
HOST = "127.0.0.1"
MASTER_PORT = 17077
THRIFT_PORT = 10000


def spark_defaults(folder: Path = FOLDER) -> dict[str, str]:
    """The lines of spark-defaults.conf."""
    # As --jars they are gone after the Thrift server's first session.
    jars = ":".join(str(jar) for jar in sorted(JARS.glob("*.jar")))
    # The first alone leaves 48 MB for compiled code: some thousand statements fill it.
    quick_start = (
        "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseParallelGC"
    )
    return {
        "spark.master": f"spark://{HOST}:{MASTER_PORT}",
        "spark.driver.host": HOST,
        "spark.executor.memory": "2g",
        "spark.executor.cores": "1",
        "spark.driver.extraClassPath": jars,
        "spark.executor.extraClassPath": jars,
        "spark.driver.extraJavaOptions": quick_start,
        "spark.executor.extraJavaOptions": quick_start,
        "spark.ui.enabled": "false",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.hadoop.javax.jdo.option.ConnectionURL": (
            f"jdbc:derby:;databaseName={folder / 'metastore'};create=true"
        ),
        "spark.hadoop.datanucleus.schema.autoCreateAll": "true",
        "spark.hadoop.hive.metastore.schema.verification": "false",
        "spark.hadoop.hive.server2.thrift.bind.host": HOST,
        "spark.hadoop.hive.server2.thrift.port": str(THRIFT_PORT),
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": (
            "org.apache.spark.sql.delta.catalog.DeltaCatalog"
        ),
        "spark.sql.session.timeZone": "UTC",
        # A small account is planned longer than it is computed: few parts, no
        # generated classes, no second plan.
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.databricks.delta.snapshotPartitions": "1",
        # Delta 4.4 fails on the least of a date when the Thrift server asks for it.
        "spark.databricks.delta.optimizeMetadataQuery.enabled": "false",
    }


def spark_home() -> Path:
    """Where the wheel has put Spark."""
    return next(VENV.glob("lib/python*/site-packages/pyspark"))
