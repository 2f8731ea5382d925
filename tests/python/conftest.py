"""Fixtures that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.project import DATABASE_NAME, Project


@pytest.fixture(scope="session")
def project() -> Iterator[Project]:
    """The project on DuckDB, parsed once for all tests of this process."""
    project = Project()
    yield project
    project.close()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where this test's own DuckDB file goes."""
    return tmp_path / DATABASE_NAME
