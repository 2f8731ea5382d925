"""What all tests share: fixtures, and the order in which they run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from harness import run_folder
from harness.consumer import Consumer, consumer_in
from harness.duckdb_file import copy_built
from harness.order import in_order, tell_xdist
from harness.postgres import running_server
from harness.project import AS_OF, DATABASE_NAME, EVENTS, Project
from harness.run_folder import once

from sample_account import create_account, load_duckdb, load_postgres


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--models-only",
        action="store_true",
        help="build the accounts by hand without dbt's tests, for make check",
    )
    parser.addoption(
        "--fault",
        default="",
        help="only faults of the catalogue with this in their name",
    )


def pytest_configure(config: pytest.Config) -> None:
    # No test reads dbt's log, a sixth of what data tests take. dbt 2 knows no "none".
    os.environ["DBT_ENGINE_LOG_LEVEL_FILE"] = "error"
    if not hasattr(config, "workerinput"):
        run_folder.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        run_folder.end()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    items[:] = in_order(items)
    if config.getoption("loadgroup", False):
        tell_xdist(items)


@pytest.fixture(scope="session")
def project() -> Iterator[Project]:
    """The project on DuckDB, parsed once for all tests of a run."""
    project = Project()
    yield project
    project.close()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where this test's own DuckDB file goes."""
    return tmp_path / DATABASE_NAME


@pytest.fixture(scope="session")
def sample() -> Path:
    """A small sample account, with all collections, as Parquet."""

    def make(folder: Path) -> None:
        account = folder / "account"
        day = date.fromisoformat(AS_OF)
        create_account(account, customers=200, months=14, as_of=day)

    return once("sample", make) / "account"


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
def built_postgres(postgres: Project) -> Project:
    """The project on PostgreSQL, with the sample account built, tested and granted.

    Others build some of it anew; test_engines.py comes last to build it otherwise.
    """
    tested = ["build", "--exclude-resource-type", "unit_test"]
    for command in (["run-operation", "grant_dashboard_reader"], tested):
        run = postgres.run(command, variables=EVENTS)
        assert run.success, run.text
    return postgres


@pytest.fixture(scope="session")
def built_sample(
    request: pytest.FixtureRequest,
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The sample account, built and tested in DuckDB; copy it before a change."""

    def make(folder: Path) -> None:
        database = tmp_path_factory.mktemp("building") / DATABASE_NAME
        load_duckdb(request.getfixturevalue("sample"), database)
        run = project.run(["build"], database, EVENTS)
        assert run.success, run.text
        copy_built(database, folder)

    built = once("built_sample", make) / DATABASE_NAME
    return Path(shutil.copy(built, tmp_path_factory.mktemp("built") / DATABASE_NAME))


@pytest.fixture(scope="session")
def consumer(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Consumer:
    """The example of a project that has this one as a package, with its own models."""
    made = consumer_in(tmp_path_factory.mktemp("consumer"), sample)
    written = made.write_own()
    assert written.returncode == 0, written.stderr
    return made
