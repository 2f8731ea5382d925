"""make erase: nothing of a person is left, and no figure moves, on both engines."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import pytest
from harness.postgres import connect
from harness.project import DATABASE_NAME, Project

from dashboards.warehouse.serving import publish
from erasure.database import CATALOG
from scripts.erase_person import main

# Nobody else has these.
NAME, PHONE = "Wilhelmina Öster-Bø", "+4930998877"
# Personal columns as Segment has them, and what names the person there.
RAW = {
    "stripe.customers": ("id = '{customer}'", "description email"),
    "stripe.charges": (
        "customer_id = '{customer}'",
        "description receipt_email shipping_name shipping_phone shipping_address_city "
        "shipping_address_line1 shipping_address_line2 shipping_address_postal_code",
    ),
    "stripe.payment_intents": (
        "customer_id = '{customer}'",
        "description receipt_email",
    ),
    "stripe.invoices": ("customer_id = '{customer}'", "description"),
    "stripe.cards": (
        "customer_id = '{customer}'",
        "name last4 dynamic_last4 fingerprint address_city address_line1 address_line2 "
        "address_zip",
    ),
    "stripe.payment_methods": (
        "customer_id = '{customer}'",
        "billing_details_name billing_details_email billing_details_phone "
        "billing_details_address_city billing_details_address_line1 "
        "billing_details_address_line2 billing_details_address_postal_code",
    ),
    "stripe.balance_transactions": (
        "source in (select id from stripe.charges where customer_id = '{customer}')",
        "description",
    ),
    "website.users": ("id = '{user}'", "email name"),
    "website.identifies": ("user_id = '{user}'", "email name"),
}
SOMEBODY = """
select customers.customer_id, identities.user_id, customers.email
from {s}.dim_customers as customers
inner join {s}_intermediate.int_identity__customers as identities
    on customers.customer_id = identities.customer_id
inner join {s}.fct_subscriptions as subscriptions
    on customers.customer_id = subscriptions.customer_id
inner join {s}.fct_charges as charges
    on customers.customer_id = charges.customer_id
where customers.description is not null
    and identities.user_id is not null
    and charges.shipping_name is not null
    and (
        select count(*) from {s}.dim_customers as others
        where lower(others.email) = lower(customers.email)
    ) = 1
order by customers.customer_id
limit 1
"""


@dataclass
class Built:
    """A built warehouse that a test may change."""

    target: str
    schema: str
    run: Callable[[str], list[tuple]]
    empty_raw: Callable[[str, str], None]
    copy: Path | None = None
    serving: Built | None = None

    def columns(self) -> dict[tuple[str, str, str], list[tuple[str, str]]]:
        found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        s = self.schema
        rows = self.run(
            CATALOG.format(schema=f"'{s}'", prefix=f"'{s}_'", length=len(s) + 1)
        )
        for schema, name, kind, *column in rows:
            found.setdefault((schema, name, kind), []).append(tuple(column))
        return found

    def holding(self, words: list[str]) -> list[str]:
        """What is kept, and shown of Segment's tables, with one of the words in it."""
        queries = []
        for (schema, name, kind), columns in self.columns().items():
            # Other views show no more than these and the tables.
            if kind == "VIEW" and not name.startswith("stg_stripe__c"):
                continue
            whole = ", ".join(f'cast("{column}" as text)' for column, _ in columns)
            near = " or ".join(
                f"strpos(lower(concat_ws(' ', {whole})), '{word.lower()}') > 0"
                for word in words
            )
            queries.append(
                f"select '{name}' where exists "
                f'(select 1 from "{schema}"."{name}" where {near})'
            )
        return sorted(name for (name,) in self.run(" union all ".join(queries)))

    def figures(self) -> dict[str, tuple]:
        """Rows of each mart, and the sums of all its numbers."""
        found = {}
        for (schema, name, kind), columns in self.columns().items():
            if schema == self.schema and kind != "VIEW":
                sums = [
                    f', sum("{column}")'
                    for column, of in columns
                    if of.lower().startswith(("numeric", "decimal", "bigint"))
                ]
                found[name] = self.run(
                    f'select count(*){"".join(sums)} from "{schema}"."{name}"'
                )[0]
        return found

    def texts(self) -> int:
        """How many personal cells there are, of everybody."""
        return self.run(
            f"select count(email) + count(description) from {self.schema}.dim_customers"
        )[0][0]


def run_in(file: Path, sql: str) -> list[tuple]:
    """Close the file at once: the command and dbt want it alone."""
    with duckdb.connect(str(file)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def in_duckdb(
    built_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Built:
    database = Path(shutil.copy(built_sample, tmp_path / DATABASE_NAME))
    monkeypatch.setenv("SEGMENT_STRIPE_DUCKDB", str(database))
    monkeypatch.delenv("SEGMENT_STRIPE_SERVING", raising=False)

    run = partial(run_in, database)

    def empty_raw(customer: str, user: str) -> None:
        for table, (condition, columns) in RAW.items():
            rows = condition.format(customer=customer, user=user)
            changes = ", ".join(f"{column} = null" for column in columns.split())
            run(f"update {table} set {changes} where {rows}")

    copy = database.with_suffix(".serving.duckdb")
    serving = Built("duckdb", "analytics", partial(run_in, copy), empty_raw, copy)
    return Built("duckdb", "analytics", run, empty_raw, copy, serving)


@pytest.fixture
def in_postgres(
    built_postgres: Project, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Built]:
    """A copy in schemas of its own; its staging shows a copy of what staging shows."""
    monkeypatch.setenv("SEGMENT_STRIPE_SCHEMA", "erasing")
    with closing(connect()) as connection, connection.cursor() as cursor:
        connection.autocommit = True

        def run(sql: str) -> list[tuple]:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

        def empty_raw(customer: str, user: str) -> None:
            for table, (_, columns) in RAW.items():
                schema, name = table.split(".")
                kind = "segment" if schema == "website" else "stripe"
                changes = ", ".join(f"{column} = null" for column in columns.split())
                rows = f"user_id = '{user}'" if kind == "segment" else ""
                rows = rows or f"customer_id = '{customer}'"
                if name == "balance_transactions":
                    rows = (
                        "source_id in (select charge_id from raw.stg_stripe__charges "
                        f"where {rows})"
                    )
                run(f"update raw.stg_{kind}__{name} set {changes} where {rows}")

        original = Built("postgres", "analytics", run, empty_raw)
        schemas = {
            f"erasing{s}" for s in ("", "_staging", "_intermediate", "_snapshots")
        }
        schemas |= {"raw"}
        for schema in sorted(schemas):
            run(f"create schema {schema}")
        for schema, name, kind in original.columns():
            own = schema.replace("analytics", "erasing")
            if name.startswith("stg_"):
                run(f"create table raw.{name} as table {schema}.{name}")
                run(f"create view {own}.{name} as table raw.{name}")
            elif kind != "VIEW" and own in schemas:
                run(f"create table {own}.{name} as table {schema}.{name}")
        try:
            yield Built("postgres", "erasing", run, empty_raw)
        finally:
            for schema in schemas:
                run(f"drop schema {schema} cascade")


def spread(built: Built, customer: str, email: str) -> None:
    """Put the person where some settings keep it, as in snapshots and ids."""
    s, of_customer = built.schema, f"where customer_id = '{customer}'"
    snapshot = f"{s}_snapshots.subscriptions_snapshot"
    built.run(f"alter table {snapshot} add column contact text")
    built.run(f"alter table {snapshot} add column nickname text")
    built.run(f"update {snapshot} set contact = 'none', nickname = 'kept'")
    built.run(
        f"update {snapshot} set nickname = 'Bobby', "
        f"contact = '{NAME} <{email.upper()}>, {PHONE}' {of_customer}"
    )
    built.run(
        f"update {s}.fct_charges set shipping_name = '{NAME}', "
        f"shipping_phone = '{PHONE}' {of_customer}"
    )
    for table in ("dim_customers", "customer_lookup"):
        built.run(f"update {s}.{table} set description = '{NAME}' {of_customer}")
    built.run(
        f"update {s}.customer_lifetime_value set person_id = 'email:{email}' "
        f"{of_customer}"
    )
    built.run(
        f"create table {s}_intermediate.customers__touched as "
        f"select * from {s}_staging.stg_stripe__customers"
    )
    # Another's address that ends alike is another.
    built.run(
        f"create table {s}_intermediate.links as select '/in?mail="
        f"{email.replace('@', '%40')}' as link union all select 'x{email}'"
    )


@pytest.mark.long
@pytest.mark.parametrize("engine", ["in_duckdb", "in_postgres"])
def test_nothing_of_a_person_is_left(
    engine: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    if engine == "in_postgres":
        request.getfixturevalue("built_postgres")
    built: Built = request.getfixturevalue(engine)
    s = built.schema
    customer, user, email = built.run(SOMEBODY.format(s=s))[0]
    spread(built, customer, email)
    if built.copy:
        publish(built.copy.with_name(DATABASE_NAME), built.copy)
    figures, texts = built.figures(), built.texts()
    words = [email, email.replace("@", "%40"), NAME, PHONE, "Bobby"]
    held = built.holding(words)
    assert {"dim_customers", "subscriptions_snapshot", "customers__touched"} <= set(
        held
    )
    command = ["--target", built.target, "--customer", customer, "--column", "nickname"]

    assert main(command) == 0
    told = capsys.readouterr().out
    assert f"{s}.dim_customers: 1 rows (description, email)" in told
    assert f"{s}_snapshots.subscriptions_snapshot" in told
    assert f"{s}_staging.stg_stripe__customers: 1 rows (description, email)" in told
    assert main([*command, "--yes"]) == 1
    told = capsys.readouterr().err
    assert "Segment's tables still hold the person" in told
    assert "stg_stripe__customers" in told
    assert built.holding(words) == held
    assert not built.serving or "dim_customers" in built.serving.holding(words)

    file = built.copy.stat().st_ino if built.copy else None
    built.empty_raw(customer, user)
    assert main([*command, "--yes"]) == 0, capsys.readouterr().err
    # Of the links, the other's is left.
    assert built.holding(words) == ["links"]
    assert built.run(f"select link from {s}_intermediate.links order by 1") == [
        (f"/in?mail={customer}",),
        (f"x{email}",),
    ]
    assert built.figures() == figures
    assert built.texts() == texts - 2
    assert built.run(
        f"select distinct person_id from {s}.customer_lifetime_value "
        f"where customer_id = '{customer}'"
    ) == [(f"email:{customer}",)]
    assert built.run(
        f"select distinct contact, nickname from {s}_snapshots.subscriptions_snapshot "
        f"where customer_id <> '{customer}'"
    ) == [("none", "kept")]
    if built.copy and built.serving:
        # Another file: what DuckDB changes in place can still be read in the old one.
        assert built.copy.stat().st_ino != file
        assert built.serving.holding(words) == []
        assert built.serving.figures().keys() == figures.keys()
        assert list(built.copy.parent.glob("*.erasing*")) == []
    capsys.readouterr()
    assert main(command) == 0
    assert "Would be erased: nothing" in capsys.readouterr().out


def test_errors_say_what_to_do(
    in_duckdb: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, code, said in (
        ([], 1, "nobody is named"),
        (["--target", "spark", "--customer", "cus_1"], 1, "on spark nothing is erased"),
        (["--customer", "cus_none"], 1, "no customer cus_none is in schema analytics"),
        (["--email", "none@x.test"], 1, "has the address none@x.test"),
    ):
        assert main(command) == code
        assert said in capsys.readouterr().err
