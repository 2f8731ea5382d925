"""Fixtures that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from harness.postgres import running_server
from harness.project import AS_OF, DATABASE_NAME, EVENTS, Project
from sample_account import create_account, load_duckdb, load_postgres


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


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample account, with all collections, as Parquet."""
    folder = tmp_path_factory.mktemp("sample") / "account"
    create_account(folder, customers=200, months=14, as_of=date.fromisoformat(AS_OF))
    return folder


@pytest.fixture(scope="session")
def postgres(
    sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    """The project on a real PostgreSQL server that holds the sample account."""
    with running_server(tmp_path_factory.mktemp("postgres")):
        load_postgres(sample)
        project = Project("postgres")
        yield project
        project.close()


@pytest.fixture(scope="session")
def built_sample(
    project: Project, sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The sample account, built and tested in DuckDB; copy it before a change."""
    database = tmp_path_factory.mktemp("built") / DATABASE_NAME
    load_duckdb(sample, database)
    run = project.run(["build"], database, EVENTS)
    assert run.success, run.text
    with duckdb.connect(str(database)) as connection:
        connection.execute("checkpoint")
    return database
