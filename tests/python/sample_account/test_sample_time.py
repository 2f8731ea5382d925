"""Same bytes, any date, one sync after the other."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from account_files import AS_OF, SMALL, opened

from sample_account import create_account, rates, text

START = dt.date(2025, 7, 1)
TINY = {"customers": 120, "months": 16, "start": START, "workers": 1}


def digests(folder: Path) -> dict[str, str]:
    """Hash of every file of an account."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_seed_same_bytes(account_folder, tmp_path):
    create_account(tmp_path / "again", seed=1, **SMALL)
    assert digests(tmp_path / "again") == digests(account_folder)


def test_another_seed_is_another_account(tmp_path):
    create_account(tmp_path / "one", seed=1, **TINY, as_of=AS_OF)
    create_account(tmp_path / "two", seed=2, **TINY, as_of=AS_OF)
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert (
        one["stripe/charges/part-00000.parquet"]
        != (two["stripe/charges/part-00000.parquet"])
    )


@pytest.fixture(scope="module")
def chunked(tmp_path_factory):
    """An account of several chunks."""
    folder = tmp_path_factory.mktemp("chunked") / "account"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rates, "CHUNK_CUSTOMERS", 60)
        create_account(folder, seed=5, **TINY, as_of=AS_OF)
    return folder


def test_chunks_share_no_ids(chunked):
    with opened(chunked) as connection:
        tables = connection.execute(
            "select view_name from duckdb_views() where schema_name = 'delivered'"
        ).fetchall()
        assert len(tables) > 20
        for (name,) in tables:
            files = chunked / "stripe" / name / "*.parquet"
            shared = connection.execute(
                f"select id from read_parquet('{files}', filename = true)"
                " group by id having count(distinct filename) > 1"
            ).fetchall()
            assert shared == [], name


def test_chunks_agree(chunked):
    with opened(chunked) as connection:
        wrong = connection.execute(
            """
            select c.id from stripe.plans p
            full join stripe.products c on c.id = p.product
            where p.product is not null and c.id is null
            union all
            select p.id
            from stripe.balance_transactions p
            join stripe.balance_transactions b
                on b.currency = p.currency and b.created < p.created
                and b.available::date < p.created::date
            where p.type = 'payout'
                -- rows that are late are missing in the sum
                and not exists (from truth.late_rows where not is_delivered
                    and collection = 'balance_transactions')
            group by p.id, p.amount having sum(b.net) <> -p.amount
            """
        ).fetchall()
        assert wrong == []


def rows_of(connection, schema: str, name: str) -> list[tuple]:
    """All rows, in a fixed order of rows and columns."""
    columns = connection.execute(
        "select column_name from duckdb_columns()"
        " where schema_name = ? and table_name = ? order by 1",
        [schema, name],
    ).fetchall()
    quoted = ", ".join(f'"{column}"' for (column,) in columns)
    return connection.execute(
        f"select {quoted} from {schema}.{name} order by id, received_at, uuid_ts"
    ).fetchall()


def merged(states: list, schema: str, name: str, target) -> list[tuple]:
    """What upserts of the syncs, one after the other, leave."""
    selects = []
    for place, folder in enumerate(states):
        files = folder / ("website" if schema == "website" else "stripe") / name
        if list(files.glob("*.parquet")):
            selects.append(
                f"select {place} sync, * from read_parquet('{files}/*.parquet')"
            )
    target.execute("create schema if not exists merged")
    target.execute(
        f"create or replace table merged.{name} as"
        f" select * exclude (sync) from ({' union all by name '.join(selects)})"
        " qualify row_number() over (partition by id"
        " order by sync desc, received_at desc, uuid_ts desc) = 1"
    )
    return rows_of(target, "merged", name)


SYNCS = [dt.date(2025, 12, 31), dt.date(2026, 3, 2), dt.date(2026, 3, 3), AS_OF]


@pytest.fixture(scope="module")
def syncs(tmp_path_factory):
    """The account as first seen, and what three syncs bring."""
    base = tmp_path_factory.mktemp("syncs")
    before = None
    folders = []
    for day in SYNCS:
        folder = base / str(day)
        create_account(folder, seed=7, **TINY, as_of=day, since=before)
        folders.append(folder)
        before = day
    return folders


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The same account seen at once."""
    folder = tmp_path_factory.mktemp("whole") / "account"
    create_account(folder, seed=7, **TINY, as_of=AS_OF)
    return folder


def test_syncs_add_up_to_the_state(syncs, whole):
    with opened(whole) as connection:
        tables = connection.execute(
            "select view_name from duckdb_views() where schema_name = 'stripe'"
        ).fetchall()
        assert len(tables) > 20
        for (name,) in tables:
            expected = rows_of(connection, "stripe", name)
            assert merged(syncs, "stripe", name, connection) == expected, name


def test_syncs_of_users_add_up_to_the_state(syncs, whole):
    with opened(whole) as connection:
        expected = rows_of(connection, "website", "users")
        assert merged(syncs, "website", "users", connection) == expected


def test_syncs_of_events_add_up(syncs, whole):
    with opened(whole) as connection:
        for name in ("pages", "screens", "tracks", "identifies", "groups", "signed_up"):
            parts = f"website/{name}/*.parquet"
            files = [str(path) for folder in syncs for path in folder.glob(parts)]
            delivered = connection.execute(
                "select count(*) from read_parquet($files)", {"files": files}
            ).fetchone()[0]
            total = connection.execute(f"select count(*) from website.{name}")
            assert total.fetchone()[0] == delivered, name


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_sync_holds_its_own_days(syncs, place):
    low, high = SYNCS[place - 1], SYNCS[place]
    with opened(syncs[place]) as connection:
        for schema in ("delivered", "website"):
            for (name,) in connection.execute(
                "select view_name from duckdb_views() where schema_name = ?",
                [schema],
            ).fetchall():
                first, last = connection.execute(
                    f"select min(received_at)::date, max(received_at)::date"
                    f" from {schema}.{name}"
                ).fetchone()
                assert low < first and last <= high, name


def test_later_changes_are_not_visible(syncs):
    until = SYNCS[0] + dt.timedelta(days=1)
    with opened(syncs[0]) as connection:
        for schema, name, column in connection.execute(
            """
            select schema_name, table_name, column_name from duckdb_columns()
            where schema_name = 'stripe' and column_name in
                ('created', 'received_at', 'canceled_at', 'ended_at', 'date')
            """
        ).fetchall():
            last = connection.execute(
                f'select max("{column}") from {schema}.{name}'
            ).fetchone()[0]
            assert last is None or last.date() < until, (name, column)
        later = connection.execute(
            "select count(*) from stripe.charges where amount_refunded > 0"
        ).fetchone()[0]
    with opened(syncs[0].parent / str(SYNCS[0])) as connection:
        charges = connection.execute(
            """
            select count(*) from stripe.charges c
            where c.amount_refunded > 0 and not exists (
                select 1 from truth.refunds r where r.charge_id = c.id)
            """
        ).fetchone()[0]
    assert later > 0 and charges == 0


def test_states_move_on(syncs, whole):
    """Some of what was open at first is settled later."""
    with opened(syncs[0]) as early, opened(whole) as late:
        for table, column in (
            ("invoices", "status"),
            ("subscriptions", "status"),
            ("customers", "delinquent"),
            ("charges", "amount_refunded"),
        ):
            query = f"select id, {column} from stripe.{table}"
            before = dict(early.execute(query).fetchall())
            after = dict(late.execute(query).fetchall())
            changed = [k for k, v in before.items() if after.get(k, v) != v]
            assert changed, (table, column)


def test_late_rows_come_later(tmp_path, whole):
    with opened(whole) as connection:
        name, key, received = connection.execute(
            """
            select collection, id, received_at from truth.late_rows
            where is_delivered and collection = 'charges'
                and received_at > created + interval 2 day
                and created > '2025-09-01'
            order by received_at limit 1
            """
        ).fetchone()
    day = received.date()
    for as_of, expected in ((day - dt.timedelta(days=1), 0), (day, 1)):
        folder = tmp_path / str(as_of)
        create_account(folder, seed=7, **TINY, as_of=as_of)
        with opened(folder) as connection:
            found = connection.execute(
                f"select count(*) from stripe.{name} where id = ?", [key]
            ).fetchone()[0]
        assert found == expected


def test_equal_texts_share_a_place_in_a_dictionary():
    # Parquet writes repeated dictionary values with bytes that differ by chance
    column = text.lookup(np.array([0, 1, 2, 1]), pa.array(["a", "b", "a"]))
    assert column.to_pylist() == ["a", "b", "a", "b"]
    assert column.dictionary.to_pylist() == ["a", "b"]


def test_chunks_have_the_same_bytes_again(tmp_path, chunked):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rates, "CHUNK_CUSTOMERS", 60)
        create_account(tmp_path / "again", seed=5, **TINY, as_of=AS_OF)
    assert digests(tmp_path / "again") == digests(chunked)
