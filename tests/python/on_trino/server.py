"""A Trino server of the tests' own, with one catalog of Iceberg tables in files."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from harness.project import ROOT

from scripts.set_up_trino import SERVER, java_home

HOST, PORT = "127.0.0.1", 18081
URL = f"http://{HOST}:{PORT}"
CATALOG = "warehouse"
HEADERS = {
    "X-Trino-User": "dbt",
    "X-Trino-Catalog": CATALOG,
    # Without it times end with their milliseconds.
    "X-Trino-Client-Capabilities": "PARAMETRIC_DATETIME",
}
SECONDS_TO_START = 180
JVM = "-Xmx3G\n-XX:+UseG1GC\n-Dfile.encoding=UTF-8\n"
SETTINGS = {
    "coordinator": "true",
    "node-scheduler.include-coordinator": "true",
    "http-server.http.port": str(PORT),
    "discovery.uri": URL,
    # Forty accounts make more than the usual 150.
    "query.max-stage-count": "400",
}


@contextmanager
def running(folder: Path) -> Iterator[None]:
    """A server whose tables are under `folder` / lake."""
    write_settings(folder)
    log = folder / "trino.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [SERVER / "bin" / "launcher", "run", "--etc-dir", folder / "etc"],
            env={**os.environ, "PATH": f"{java_home() / 'bin'}:{os.environ['PATH']}"},
            stdout=said,
            stderr=said,
        )
    try:
        wait(process, log)
        yield
    finally:
        process.terminate()
        process.wait(30)


def write_settings(folder: Path) -> None:
    lake = folder / "lake"
    lake.mkdir()
    node = {
        "node.environment": "test",
        "node.id": "one",
        "node.data-dir": folder / "data",
        "node.internal-address": HOST,
    }
    catalog = {
        "connector.name": "iceberg",
        "iceberg.catalog.type": "TESTING_FILE_METASTORE",
        "hive.metastore.catalog.dir": "local:///metastore",
        "fs.native-local.enabled": "true",
        "local.location": lake,
        "iceberg.add-files-procedure.enabled": "true",
    }
    files = {
        "node.properties": node,
        "config.properties": SETTINGS,
        f"catalog/{CATALOG}.properties": catalog,
    }
    for name, lines in files.items():
        path = folder / "etc" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{key}={value}\n" for key, value in lines.items()))
    (folder / "etc" / "jvm.config").write_text(JVM)
    profile = (ROOT / "profiles.example.yml").read_text()
    (folder / "profiles.yml").write_text(profile)
    shutil.rmtree(folder / "data", ignore_errors=True)


def wait(process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            if not requests.get(f"{URL}/v1/info", timeout=5).json()["starting"]:
                return
        except requests.RequestException:
            pass
        time.sleep(0.5)
    raise AssertionError(f"Trino did not start:\n{log.read_text()[-3000:]}")


def query(sql: str) -> list[list[Any]]:
    """The rows of a statement, as Trino writes them: numbers and times as text."""
    rows: list[list[Any]] = []
    page = requests.post(f"{URL}/v1/statement", sql.encode(), headers=HEADERS).json()
    while True:
        if "error" in page:
            raise AssertionError(f"{page['error']['message']}\n{sql}")
        rows += page.get("data", [])
        if "nextUri" not in page:
            return rows
        page = requests.get(page["nextUri"], headers=HEADERS).json()
