"""Set-up and the make targets: each thing that is missing gives one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from harness.project import ROOT

from scripts import set_up

NOTHING_LISTENS = "127.0.0.1:9"


def make(*arguments: str, folder: Path = ROOT, **environment: str):
    own = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env={**own, **environment},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What set-up needs of the project, in a folder without .venv."""
    folder = tmp_path / "clone"
    (folder / "scripts").mkdir(parents=True)
    for name in ("Makefile", "requirements.lock", "profiles.example.yml"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copy(ROOT / "scripts" / "set_up.py", folder / "scripts")
    return folder


def test_help_lists_every_target() -> None:
    listed = make("help").stdout
    text = (ROOT / "Makefile").read_text()
    phony = [line.split()[1] for line in text.splitlines() if line.startswith(".PHONY")]
    assert phony
    assert all(f"make {target} " in listed for target in phony)


def test_a_missing_python_is_one_sentence(clone: Path) -> None:
    result = make("setup", "PYTHON=", folder=clone)
    assert result.returncode != 0
    assert "No Python 3.11 or newer was found: install one" in result.stderr


def test_an_old_python_is_one_sentence(monkeypatch, capsys) -> None:
    monkeypatch.setattr(set_up.sys, "version_info", (3, 9, 18))
    assert set_up.main() == 1
    said = capsys.readouterr().err
    assert said.startswith("Python 3.9.18 is too old: install Python 3.11 or newer")


def test_no_network_is_one_sentence_and_leaves_nothing_half_done(clone: Path) -> None:
    settings = {
        "PIP_INDEX_URL": f"http://{NOTHING_LISTENS}/simple",
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_CONFIG_FILE": os.devnull,
    }
    result = make("setup", f"PYTHON={sys.executable}", folder=clone, **settings)
    assert result.returncode != 0
    said = result.stderr.splitlines()
    sentences = [line for line in said if not line.startswith("make")]
    assert len(sentences) == 1
    assert sentences[0].startswith("The package index could not be reached")
    assert not (clone / ".venv" / ".requirements").exists()


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0,
    reason="only root can mount the small file system that fills up",
)
def test_a_full_disk_is_one_sentence(clone: Path) -> None:
    (clone / ".venv").mkdir()
    small = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", clone / ".venv"]
    if subprocess.run(small, capture_output=True).returncode != 0:
        pytest.skip("this machine does not let root mount a small file system")
    try:
        result = make("setup", f"PYTHON={sys.executable}", folder=clone)
    finally:
        subprocess.run(["umount", clone / ".venv"], check=True)
    assert result.returncode != 0
    assert "disk is full" in result.stderr or "No space left" in result.stderr


def test_set_up_again_keeps_what_is_there() -> None:
    before = (ROOT / ".venv" / ".requirements").stat().st_mtime
    result = make("setup")
    assert result.returncode == 0
    assert (ROOT / ".venv" / ".requirements").stat().st_mtime == before
    assert "Installing" not in result.stdout


def test_the_stand_in_has_the_signatures_of_the_real_package() -> None:
    """The stand-in serves only what the models name, so list both sides."""
    folder = ROOT / "environment" / "dbt_utils_stand_in" / "macros"
    served = {path.stem for path in folder.glob("*.sql")}
    used = {
        word.removeprefix("dbt_utils.").rstrip(":")
        for path in ROOT.glob("models/**/*.yml")
        for word in path.read_text().split()
        if word.startswith("dbt_utils.")
    }
    assert served == used
