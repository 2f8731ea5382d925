"""A cluster of the tests' own, and the accounts that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.two_accounts import two_accounts

from environment.spark import cluster
from spark.warehouse import Spark


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    """The project on a running cluster, which holds nothing yet."""
    cluster.stop()
    cluster.forget()
    cluster.start()
    yield Spark(tmp_path_factory.mktemp("spark"))
    cluster.stop()


@pytest.fixture(scope="session")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two accounts, one with epoch seconds and one with zoned timestamps."""
    folder = tmp_path_factory.mktemp("accounts")
    database = folder / "warehouse.duckdb"
    two_accounts(database, folder, "epoch", "zoned")
    return database
