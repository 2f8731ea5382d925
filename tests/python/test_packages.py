"""dbt_utils comes from the hub where it answers, else the stand-in takes its place."""

from __future__ import annotations

import http.server
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from harness.project import ROOT

VERSION = yaml.safe_load((ROOT / "packages.yml").read_text())["packages"][0]["version"]


def package() -> bytes:
    """A package named dbt_utils, as the hub has it packed."""
    packed = io.BytesIO()
    content = f"name: dbt_utils\nversion: {VERSION}\nconfig-version: 2\n".encode()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        folder = tarfile.TarInfo("dbt-utils")
        folder.type, folder.mode = tarfile.DIRTYPE, 0o755
        archive.addfile(folder)
        entry = tarfile.TarInfo("dbt-utils/dbt_project.yml")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


class Hub(http.server.BaseHTTPRequestHandler):
    """The few answers of the dbt package hub that dbt deps asks for."""

    works = True

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    def do_GET(self) -> None:
        if not self.works:
            self.send_error(404)
            return
        self.send_response(200)
        self.end_headers()
        if self.path.endswith(".tar.gz"):
            self.wfile.write(package())
        elif self.path.endswith("index.json"):
            self.wfile.write(json.dumps(["dbt-labs/dbt_utils"]).encode())
        else:
            host, port = self.server.server_address[:2]
            tarball = f"http://{host}:{port}/dbt_utils.tar.gz"
            version = {
                "id": f"dbt-labs/dbt_utils/{VERSION}",
                "name": "dbt_utils",
                "version": VERSION,
                "packages": [],
                "require_dbt_version": [],
                "downloads": {"tarball": tarball, "format": "tgz"},
            }
            body = {"name": "dbt_utils", "namespace": "dbt-labs", "latest": VERSION}
            self.wfile.write(
                json.dumps(body | {"versions": {VERSION: version}}).encode()
            )

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def hub(monkeypatch) -> Iterator[str]:
    """A hub on this machine, on a free port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(Hub, "works", True)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What dbt deps needs of the project."""
    for name in ("dbt_project.yml", "packages.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copy(ROOT / "profiles.example.yml", tmp_path / "profiles.yml")
    for name in ("scripts", "environment"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def install(copy: Path, hub: str, *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, copy / "scripts" / "install_packages.py", *arguments],
        env=os.environ | {"DBT_PACKAGE_HUB_URL": hub},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def installed(copy: Path) -> str:
    return (copy / "dbt_packages" / "dbt_utils" / "dbt_project.yml").read_text()


def test_the_real_package_is_taken_where_the_hub_answers(copy: Path, hub: str) -> None:
    assert "the real package, from the dbt package hub" in install(copy, hub)
    assert "stand_in" not in installed(copy)
    assert install(copy, "http://127.0.0.1:9/") == ""


def test_the_stand_in_is_taken_where_the_hub_is_out_of_reach(copy: Path) -> None:
    said = install(copy, "http://127.0.0.1:9/")
    assert "THIS PROJECT'S STAND-IN, the dbt package hub is out of reach" in said
    assert "stand_in" in installed(copy)
    assert install(copy, "http://127.0.0.1:9/") == ""


def test_the_stand_in_is_taken_where_the_hub_fails(
    copy: Path, hub: str, monkeypatch
) -> None:
    monkeypatch.setattr(Hub, "works", False)
    assert "STAND-IN" in install(copy, hub)
    assert "stand_in" in installed(copy)


def test_the_real_package_replaces_the_stand_in_on_request(
    copy: Path, hub: str
) -> None:
    install(copy, hub, "--stand-in")
    assert "stand_in" in installed(copy)
    install(copy, hub, "--renew")
    assert "stand_in" not in installed(copy)
