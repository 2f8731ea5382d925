"""Rights that dbt's own role lacks are one sentence, before any table is touched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from harness.postgres import execute, read_query
from harness.project import Project, Run

SELECT = "grant select on all tables in schema {0} to dbt_role; "
USAGE = "grant usage on schema {0} to dbt_role; "


@pytest.fixture
def as_owner(postgres: Project) -> Callable[[str], None]:
    """Executes statements as the server's own user."""
    user = os.environ["PGUSER"]

    def run(statements: str) -> None:
        own, os.environ["PGUSER"] = os.environ["PGUSER"], user
        execute(statements)
        os.environ["PGUSER"] = own

    return run


@pytest.fixture
def role(postgres: Project, as_owner: Callable[[str], None]) -> Iterator[Project]:
    """The project as dbt_role, which may do nothing yet, on a warehouse of one shop."""
    user = os.environ["PGUSER"]
    database = read_query("select current_database()")[0][0]
    execute(
        "create role dbt_role login; create schema shop; "
        "create table shop.charges (id text, amount bigint, currency text, "
        "status text, created timestamp); create table shop.refunds (like shop.charges)"
        "; create table shop.other (id text); create schema vacant; "
        "insert into shop.charges "
        "values ('ch_1', 100, 'usd', 'succeeded', '2026-03-01 10:00')"
    )
    # What earlier tests built is in the way of what is not there.
    drop_built()
    os.environ["PGUSER"] = "dbt_role"
    yield postgres
    os.environ["PGUSER"] = user
    drop_built()
    execute(
        "drop schema shop, vacant cascade; "
        f'drop owned by dbt_role; revoke all on database "{database}" from dbt_role; '
        "drop role dbt_role"
    )


def drop_built() -> None:
    for (name,) in read_query(
        "select nspname from pg_namespace where nspname like 'analytics%'"
    ):
        execute(f'drop schema "{name}" cascade')


def build(project: Project, command: str = "build", **variables: object) -> Run:
    select = ["--select", "+fct_refunds", "--exclude-resource-type", "test"]
    select += ["unit_test"]
    select = [] if command == "run-operation" else select
    arguments = ["report_freshness"] if command == "run-operation" else []
    settings = {"stripe_sources": ["shop"]} | variables
    return project.run([command, *arguments, *select], variables=settings)


def refused(run: Run, sentence: str) -> None:
    assert not run.success
    assert sentence in run.text, run.text
    assert read_query(
        "select count(*) from pg_class inner join pg_namespace as schemas "
        "on relnamespace = schemas.oid where nspname like 'analytics%'"
    ) == [(0,)]


def test_each_right_that_is_missing_is_one_sentence(
    role: Project, as_owner: Callable[[str], None]
) -> None:
    refused(build(role), "Role 'dbt_role' may not make schema \"analytics")
    database = read_query("select current_database()")[0][0]
    as_owner(f'grant create on database "{database}" to dbt_role')
    both = "Role 'dbt_role' may not read shop.charges, shop.refunds, which would"
    refused(build(role), both)
    as_owner(SELECT.format("shop"))
    refused(build(role), both)
    as_owner(USAGE.format("shop") + "revoke select on shop.refunds from dbt_role")
    refused(build(role), "may not read shop.refunds, which would count as absent: run")
    refused(build(role, "run-operation"), "may not read shop.refunds, which")
    run = role.run(["ls", "-s", "fct_refunds"], variables={"stripe_sources": ["shop"]})
    assert run.success, run.text
    as_owner(
        SELECT.format("shop") + "create table vacant.spend "
        "(date date, channel text, currency text, spend numeric)"
    )
    advertising = {"ad_spend_relation": "vacant.spend"}
    refused(build(role, **advertising), "may not read vacant.spend, which")
    run = build(role)
    assert run.success, run.text
    assert read_query("select count(*) from analytics.fct_refunds") == [(0,)]
    as_owner("revoke all on schema analytics from dbt_role")
    as_owner("alter schema analytics owner to postgres")
    run = build(role)
    assert 'may not make tables in schema "analytics": run, as the owner' in run.text
    assert build(role, "run-operation").success
    as_owner("grant usage, create on schema analytics to dbt_role")
    run = build(role)
    assert run.success, run.text


def test_schemas_without_segments_tables_are_refused(
    role: Project, as_owner: Callable[[str], None]
) -> None:
    database = read_query("select current_database()")[0][0]
    as_owner(
        f'grant create on database "{database}" to dbt_role; '
        + USAGE.format("shop, vacant")
        + SELECT.format("shop")
    )
    nothing = "stripe_sources names vacant, where there is none of Segment's tables"
    refused(build(role, stripe_sources=["vacant"]), nothing)
    refused(build(role, stripe_sources=["nowhere"]), "names schema 'nowhere', which")
    events = {"segment_event_sources": ["vacant"]}
    refused(build(role, **events), "segment_event_sources names vacant, where")
    run = build(role, stripe_sources=["shop", "vacant"])
    assert run.success, run.text
    assert nothing in run.text


def test_the_reader_is_granted_no_schema_that_holds_more_than_marts(
    postgres: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes = postgres.manifest.nodes
    grant = ["run-operation", "grant_dashboard_reader", "--args", "{role: onlooker}"]
    for name in (
        "model.segment_stripe.stg_stripe__charges",
        "model.segment_stripe.int_charges__volumes",
        "snapshot.segment_stripe.subscriptions_snapshot",
    ):
        with monkeypatch.context() as patch:
            patch.setattr(nodes[name], "schema", "analytics")
            run = postgres.run(grant)
        assert not run.success
        said = " ".join(run.text.split())
        assert f"{nodes[name].name} stands in analytics, among what the reader" in said
        roles = "select 1 from pg_roles where rolname = 'onlooker'"
        assert read_query(roles) == []
