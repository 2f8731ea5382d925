"""Start and stop the cluster: a master, two workers and a Thrift server.

All are of this machine and listen on 127.0.0.1 alone. What they write is in
build/spark: tables, metastore, logs and the numbers of their processes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from environment.spark.settings import (
    FOLDER,
    HOST,
    MASTER_PORT,
    THRIFT_PORT,
    spark_defaults,
    spark_home,
)

PROCESSES = FOLDER / "processes"
LOGS = FOLDER / "logs"
CONFIGURATION = FOLDER / "conf"
PARTS = ("master", "worker-1", "worker-2", "thrift-server")
DEPLOY = "org.apache.spark.deploy"
THRIFT_SERVER = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"
QUIET_LOGS = """\
rootLogger.level = warn
rootLogger.appenderRef.stdout.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
"""


class ClusterError(Exception):
    """A sentence for the user: what is wrong and what to do."""


def start(seconds: float = 120) -> None:
    """Start all of it and wait until the Thrift server takes connections."""
    if len(running()) == len(PARTS) and is_open(THRIFT_PORT):
        return
    stop()
    for port in (MASTER_PORT, THRIFT_PORT):
        if is_open(port):
            raise ClusterError(
                f"Port {port} is taken by another program: stop that, or the Spark "
                "cluster of another checkout (make spark-stop there)."
            )
    write_configuration()
    master = ["--host", HOST, "--port", str(MASTER_PORT), "--webui-port", "0"]
    launch("master", ["spark-class", f"{DEPLOY}.master.Master", *master])
    wait_for("master", MASTER_PORT, seconds)
    worker = ["--host", HOST, "--cores", "1", "--memory", "2g", "--webui-port", "0"]
    worker += ["--work-dir", str(FOLDER / "work"), f"spark://{HOST}:{MASTER_PORT}"]
    for name in PARTS[1:3]:
        launch(name, ["spark-class", f"{DEPLOY}.worker.Worker", *worker])
    launch(
        "thrift-server", ["spark-submit", "--class", THRIFT_SERVER, "spark-internal"]
    )
    wait_for("thrift-server", THRIFT_PORT, seconds)


def stop() -> None:
    """Stop whatever of it runs; its tables stay."""
    for name, process in running().items():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGTERM)
        wait_for_end(process)
        (PROCESSES / name).unlink(missing_ok=True)


def forget() -> None:
    """Drop every table: for a cluster that stands still."""
    for folder in ("warehouse", "metastore", "work"):
        shutil.rmtree(FOLDER / folder, ignore_errors=True)


def running() -> dict[str, int]:
    """Its processes that live, by name, the last started first."""
    files = sorted(PROCESSES.glob("*"), key=lambda file: -file.stat().st_mtime)
    numbers = {file.name: int(file.read_text()) for file in files}
    return {name: number for name, number in numbers.items() if lives(number)}


def lives(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that ended waits for its parent to look.
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def launch(name: str, command: list[str]) -> None:
    home = spark_home()
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_CONF_DIR": str(CONFIGURATION),
        "SPARK_LOCAL_IP": HOST,
        # Spark counts its Thrift server, which plans every statement, as one.
        "SPARK_DAEMON_MEMORY": "4g" if name == "thrift-server" else "256m",
        "SPARK_LOCAL_DIRS": str(FOLDER / "scratch"),
    }
    with (LOGS / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            [str(home / "bin" / command[0]), *command[1:]],
            cwd=FOLDER,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (PROCESSES / name).write_text(str(process.pid))


def write_configuration() -> None:
    for folder in (PROCESSES, LOGS, CONFIGURATION):
        folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} {value}" for name, value in spark_defaults().items()]
    (CONFIGURATION / "spark-defaults.conf").write_text("\n".join(lines) + "\n")
    (CONFIGURATION / "log4j2.properties").write_text(QUIET_LOGS)


def wait_for(name: str, port: int, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_open(port):
        if name not in running():
            raise ClusterError(f"Spark's {name} stopped: {last_words(name)}")
        if time.monotonic() > end:
            raise ClusterError(
                f"Spark's {name} did not listen on port {port} within {seconds:.0f} "
                f"seconds: read {LOGS / name}.log."
            )
        time.sleep(0.2)


def wait_for_end(process: int, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while lives(process):
        if time.monotonic() > end:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)
            return
        time.sleep(0.1)


def last_words(name: str) -> str:
    lines = (LOGS / f"{name}.log").read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def is_open(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex((HOST, port)) == 0
