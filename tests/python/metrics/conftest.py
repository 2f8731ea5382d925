"""The semantic layer over the sample account, on DuckDB and PostgreSQL."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from harness.project import DATABASE_NAME, Project

from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.serving import publish
from semantic_layer.layer import SemanticLayer
from semantic_layer.manifest import NAME, Manifest
from semantic_layer.warehouse import Profile

BUILD = ["build", "--exclude-resource-type", "test", "unit_test"]


def manifest_of(project: Project) -> Manifest:
    """What dbt said of the metrics when it parsed the project."""
    assert project.manifest
    return Manifest.read(project.workspace / "target" / NAME)


def duckdb_layer(project: Project, database: Path) -> SemanticLayer:
    """The metrics over a DuckDB file that no other connection has open."""
    settings = {"type": "duckdb", "path": str(database), "schema": "analytics"}
    return SemanticLayer(
        manifest_of(project), Profile(project.workspace, "duckdb", settings)
    )


@pytest.fixture(scope="session")
def manifest(project: Project) -> Manifest:
    return manifest_of(project)


@pytest.fixture(scope="session")
def sample_copy(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built sample account; dbt keeps the other file open for writing."""
    return Path(
        shutil.copy(built_sample, tmp_path_factory.mktemp("metrics") / DATABASE_NAME)
    )


@pytest.fixture(scope="session")
def on_duckdb(project: Project, sample_copy: Path) -> SemanticLayer:
    return duckdb_layer(project, sample_copy)


@pytest.fixture(scope="session")
def on_postgres(built_postgres: Project) -> SemanticLayer:
    """The metrics over the sample account, built on a real PostgreSQL."""
    return postgres_layer(built_postgres)


def postgres_layer(project: Project) -> SemanticLayer:
    """The metrics over what stands on the PostgreSQL server of the tests."""
    settings = {
        "type": "postgres",
        "host": os.environ["PGHOST"],
        "port": int(os.environ.get("PGPORT", "5432")),
        "user": os.environ.get("PGUSER", "postgres"),
        "password": os.environ.get("PGPASSWORD", ""),
        "dbname": os.environ["PGDATABASE"],
        "schema": "analytics",
    }
    return SemanticLayer(
        manifest_of(project), Profile(project.workspace, "postgres", settings)
    )


@pytest.fixture(scope="session")
def shown(sample_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> DuckdbCopy:
    """The serving copy of the sample account."""
    path = tmp_path_factory.mktemp("shown") / "warehouse.serving.duckdb"
    publish(sample_copy, path)
    return DuckdbCopy(path)


# One worker builds on PostgreSQL and asks there, for each has a server of its own.
ENGINES = [
    "on_duckdb",
    pytest.param("on_postgres", marks=pytest.mark.xdist_group("postgres")),
]


@pytest.fixture
def layer(request: pytest.FixtureRequest) -> SemanticLayer:
    """The layer on the engine that a test is parametrized with, indirectly."""
    return request.getfixturevalue(request.param)
