"""What dbt knows of the project once it is built: manifest, catalog and docs."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import duckdb
import pytest
from harness.project import DATABASE_NAME, Project

BUILD = ["build", "--exclude-resource-type", "test", "unit_test"]
DOCS = ["docs", "generate", "--static", "--no-compile"]


@pytest.fixture(scope="session")
def artifacts(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The target folder after a build of an account without rows, and dbt docs.

    Every model has all of its columns there, for staging makes what is absent.
    """
    folder = tmp_path_factory.mktemp("artifacts")
    database = folder / DATABASE_NAME
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema stripe")
        connection.execute("create table stripe.accounts (id varchar)")
    for command in (BUILD, DOCS):
        run = project.run(command, database, writes=True)
        assert run.success, run.text
    return copytree(project.workspace / "target", folder / "target")
