"""Stitching against what the simulator knows: which visitor became which customer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from harness.project import DATABASE_NAME, EVENTS, Project

METADATA = {"identity_metadata_column": "metadata_user_id"}
REBUILT = ["run", "--select", "stg_stripe__customers", "int_identity__customers_found+"]

# Customers whose user can be known: the person behind them is tracked.
CUSTOMERS = """
    select
        truth.customer_id,
        truth.user_id as true_user,
        found.user_id as found_user,
        case
            when
                found.match_method = 'email'
                and found.user_id is distinct from truth.user_id
                then 'the e-mail on file is another person''s'
            when not truth.is_tracked then 'a person without events'
            when found.user_id <> truth.user_id then 'unexplained'
            when found.user_id is not null then 'found'
            when found.is_ambiguous then 'the evidence names several users'
            when truth.has_metadata or truth.has_trait then 'unexplained'
            when nullif(trim(customers.email), '') is null then 'no e-mail on file'
            when not users.knows_email
                then 'an e-mail on file that the user never gave'
            else 'unexplained'
        end as reason
    from truth.person_customers as truth
    inner join analytics_intermediate.int_identity__customers as found
        on truth.customer_id = found.customer_id
    left join analytics_intermediate.int_identity__customers_found as customers
        on truth.customer_id = customers.customer_id
    left join (
        select
            known.customer_id,
            bool_or(traits.user_id is not null) as knows_email
        from analytics_intermediate.int_identity__customers_found as known
        left join analytics_intermediate.int_identity__user_traits as traits
            on known.email = traits.email
        group by known.customer_id
    ) as users
        on truth.customer_id = users.customer_id
"""

# Devices and the customers whose person used them: true pairs and found ones.
VISITORS = f"""
    with

    customers as ({CUSTOMERS}),

    true_pairs as (
        select distinct
            devices.anonymous_id,
            people.customer_id,
            people.user_id
        from truth.identities as devices
        inner join truth.person_customers as people
            on devices.person_id = people.person_id
        where people.is_tracked
    ),

    found_pairs as (
        select distinct
            devices.anonymous_id,
            customers.customer_id
        from analytics_intermediate.int_identity__device_users as devices
        inner join analytics_intermediate.int_identity__customers as customers
            on devices.user_id = customers.user_id
    )

    select
        true_pairs.anonymous_id is not null as is_true,
        found_pairs.anonymous_id is not null as is_found,
        case
            when true_pairs.customer_id is not null
                and found_pairs.customer_id is not null then 'found'
            when customers.reason <> 'found' then customers.reason
            when seen.user_id is null then 'never logged in on this device'
            else 'unexplained'
        end as reason
    from true_pairs
    full join found_pairs
        on true_pairs.anonymous_id = found_pairs.anonymous_id
        and true_pairs.customer_id = found_pairs.customer_id
    left join customers
        on coalesce(true_pairs.customer_id, found_pairs.customer_id)
        = customers.customer_id
    left join analytics_intermediate.int_identity__device_users as seen
        on true_pairs.anonymous_id = seen.anonymous_id
        and true_pairs.user_id = seen.user_id
"""

# Users' first visits: whether the first there was is found, to the truth's second.
FIRST_TOUCHES = """
    with

    first_visits as (

        select
            people.user_id,
            people.first_touch_at,
            max(devices.user_count) as user_count,
            bool_or(devices.user_id = people.user_id) as is_known
        from truth.people
        inner join truth.identities
            on people.person_id = identities.person_id
        inner join analytics_intermediate.int_identity__touches as touches
            on identities.anonymous_id = touches.anonymous_id
            and people.first_touch_at = date_trunc('second', touches.occurred_at)
        left join analytics_intermediate.int_identity__device_users as devices
            on identities.anonymous_id = devices.anonymous_id
        where people.user_id is not null
        group by people.user_id, people.first_touch_at

    )

    select
        case
            when date_trunc('second', people.first_touch_at)
                = first_visits.first_touch_at then 'found'
            when people.first_touch_at < first_visits.first_touch_at
                then 'another person was on the device before'
            when first_visits.user_count > 1 then 'came first on a shared device'
            when first_visits.is_known is not true
                then 'never logged in on the first device'
            else 'unexplained'
        end as reason
    from first_visits
    inner join analytics_intermediate.int_journeys__people as people
        on first_visits.user_id = people.user_id
    where people.first_touch_at is not null
"""


@dataclass
class Stitching:
    """How many links are true, found and both; and why the rest is not."""

    true: int
    found: int
    both: int
    errors: dict[str, int]

    @property
    def precision(self) -> float:
        return self.both / self.found

    @property
    def recall(self) -> float:
        return self.both / self.true

    def __str__(self) -> str:
        reasons = [f"    {count:5} {why}" for why, count in self.errors.items()]
        figures = f"precision {self.precision:.1%}, recall {self.recall:.1%}"
        return "\n".join([f"{figures} of {self.true} links; not right:", *reasons])


@pytest.fixture(scope="module")
def stitched(
    project: Project, built_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The sample account, its users stitched with all three kinds of evidence."""
    database = tmp_path_factory.mktemp("stitched") / DATABASE_NAME
    shutil.copy(built_sample, database)
    run = project.run(REBUILT, database, EVENTS | METADATA)
    assert run.success, run.text
    with duckdb.connect(str(database)) as connection:
        yield connection


def measure(connection: duckdb.DuckDBPyConnection, links: str) -> Stitching:
    """Compare links that have is_true, is_found and a reason."""
    true, found, both = connection.execute(
        "select sum(is_true::int), sum(is_found::int), sum((is_true and is_found)::int)"
        f" from ({links})"
    ).fetchone()
    errors = connection.execute(
        f"select reason, count(*) from ({links}) where reason <> 'found'"
        " group by reason order by 2 desc, 1"
    ).fetchall()
    return Stitching(true, found, both, dict(errors))


def show(capsys: pytest.CaptureFixture[str], title: str, figures: Stitching) -> None:
    with capsys.disabled():
        print(f"\n{title}: {figures}")


def test_customers_find_their_users(
    stitched: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    # A person without events is no visitor: metadata may name one all the same.
    links = f"""
        select
            true_user is not null as is_true,
            found_user is not null as is_found,
            reason
        from ({CUSTOMERS})
        where reason <> 'a person without events'
    """
    figures = measure(stitched, links)
    wrong = "the e-mail on file is another person's"
    figures.both = figures.found - figures.errors.get(wrong, 0)
    show(capsys, "Customers to users", figures)
    assert "unexplained" not in figures.errors
    assert figures.precision >= 0.95
    assert figures.recall >= 0.9


def test_visitors_become_the_right_customers(
    stitched: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = measure(stitched, VISITORS)
    show(capsys, "Visitors to customers", figures)
    assert "unexplained" not in figures.errors
    assert figures.precision >= 0.95
    # some devices are never logged in on
    assert 0.8 <= figures.recall < 1


def test_first_touch_is_that_of_the_truth(
    stitched: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of users seen: the first visit found is the first there was, by time."""
    counts = dict(
        stitched.execute(
            f"select reason, count(*) from ({FIRST_TOUCHES}) group by all order by 2"
        ).fetchall()
    )
    every = sum(counts.values())
    right = counts.pop("found")
    with capsys.disabled():
        print(f"\nFirst touch: right for {right / every:.1%} of {every}; not: {counts}")
    assert "unexplained" not in counts
    # somebody who comes on one device and signs up on another is not seen before
    assert 0.85 <= right / every < 1


def test_hard_cases_are_in_the_sample(stitched: duckdb.DuckDBPyConnection) -> None:
    cases = {
        "shared devices": """
            select count(*) from truth.identities where is_shared_device
        """,
        "changed addresses": """
            select count(*) from (
                select user_id from website.identifies
                group by user_id having count(distinct email) > 1
            )
        """,
        "two customers of one person": """
            select count(*) from (
                select person_id from truth.person_customers
                group by person_id having count(*) > 1
            )
        """,
        "one address of two customers": """
            select count(*) from (
                select lower(trim(email)) from stripe.customers where email is not null
                group by lower(trim(email)) having count(distinct id) > 1
            )
        """,
        "several devices of one person": """
            select count(*) from (
                select person_id from truth.identities
                group by person_id having count(*) > 1
            )
        """,
        "events received days late": """
            select count(*) from website.pages
            where received_at > "timestamp" + interval 1 hour
        """,
    }
    missing = [
        name
        for name, query in cases.items()
        if stitched.execute(query).fetchone()[0] == 0
    ]
    assert missing == []
