"""Faults in real builds by dbt, on DuckDB and PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from harness.postgres import connect, execute, running_server
from harness.project import Project

from faults.account import SUPPLEMENT
from faults.builds import Built, on_duckdb, on_postgres
from faults.catalogue import CATALOGUE
from faults.records import Fault, ShapeFault
from faults.shape_faults import SHAPE_FAULTS
from sample_account import load_postgres

NOTICED = [fault for fault in CATALOGUE if fault.caught_by]
# A build costs seconds for each fault; in memory, test_faults tries them sooner.
pytestmark = [pytest.mark.long, pytest.mark.xdist_group("fault_builds")]


@pytest.fixture(scope="module")
def on_a_duckdb_file(
    project: Project,
    account: Path,
    variables: dict,
    tmp_path_factory: pytest.TempPathFactory,
) -> Built:
    return on_duckdb(project, account, variables, tmp_path_factory.mktemp("builds"))


@pytest.fixture(scope="module")
def on_a_server(
    faults_sample: Path, variables: dict, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    with running_server(tmp_path_factory.mktemp("postgres_faults")):
        load_postgres(faults_sample)
        execute(SUPPLEMENT.read_text())
        project = Project("postgres")
        yield on_postgres(project, variables, os.environ["PGDATABASE"])
        project.close()


def must_be_noticed(built: Built, fault: Fault) -> None:
    run = built.run_with(fault)
    noticed = run.names("fail", "warn", "error")
    caught = [name for name in noticed if name.startswith(fault.caught_by[0])]
    assert caught, f"{noticed}\n{run.text}"


@pytest.mark.parametrize("fault", NOTICED, ids=lambda fault: fault.name)
def test_a_build_on_duckdb_notices(fault: Fault, on_a_duckdb_file: Built) -> None:
    must_be_noticed(on_a_duckdb_file, fault)


@pytest.mark.parametrize("fault", NOTICED, ids=lambda fault: fault.name)
def test_a_build_on_postgres_notices(fault: Fault, on_a_server: Built) -> None:
    must_be_noticed(on_a_server, fault)


@pytest.mark.parametrize("fault", SHAPE_FAULTS, ids=lambda fault: fault.name)
def test_a_build_on_another_shape_stops_or_passes(
    fault: ShapeFault, on_a_duckdb_file: Built
) -> None:
    run = on_a_duckdb_file.run_with(fault)
    if fault.stopped_by:
        assert not run.success
        assert fault.stopped_by in " ".join(run.text.split())
        return
    assert run.success, run.text
    with duckdb.connect(str(on_a_duckdb_file.file())) as connection:
        for query in fault.holds:
            assert connection.execute(query).fetchone() == (True,), query


def test_postgres_keeps_what_a_fault_changed_to_itself(on_a_server: Built) -> None:
    on_a_server.restore()
    on_a_server.execute("update stripe.charges set status = 'gone'")
    on_a_server.restore()
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("select count(*) from stripe.charges where status = 'gone'")
        assert cursor.fetchone() == (0,)
