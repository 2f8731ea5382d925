"""Random lives: drawn accounts, told apart by their ids, delivered in several syncs.

What Segment never delivers is not drawn: a subscription that changes its customer, an
item or discount that comes back after it was deleted, an object that loses its
currency.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from engine.schema import Created, collections
from harness.project import ROOT
from hypothesis import strategies as st
from random_accounts import recurring, strategies
from random_accounts.accounts import Sources
from random_accounts.drawing import drawn
from random_accounts.journeys import World, journeys
from random_accounts.recurring import tables_of
from reference import Settings

from syncs.lives import (
    FAILS,
    LATE,
    NOBODY_SAYS,
    OFF,
    PARTIAL,
    RECEIVED_ONLY,
    RUN,
    WHOLE,
    Delivery,
    Life,
    Raw,
    Sync,
    without_ties,
)

SETTINGS = Settings(as_of=date(2026, 4, 10))
MOMENTS = [
    datetime(2026, 1, 5, 6),
    datetime(2026, 1, 31, 23, 30),
    datetime(2026, 2, 14, 12),
    datetime(2026, 2, 28, 21),
    datetime(2026, 3, 8, 3),
    datetime(2026, 3, 10, 12, 10),
    datetime(2026, 3, 31, 22),
    datetime(2026, 4, 1, 1),
    datetime(2026, 4, 1, 5),
    datetime(2026, 4, 11, 3),
    datetime(2026, 5, 1, 9),
    datetime(2026, 6, 30, 23),
]
# Objects of which snapshots keep versions: what may change in them.
STATES = {
    "subscriptions": ("status", "quantity", "plan_id", "ended_at", "canceled_at"),
    "subscription_items": ("quantity", "plan_id", "tax_rates"),
    "discounts": ("end", "_end"),
}
MODELS = (
    "stg_stripe__refunds",
    "int_payments__charges_captured",
    "fct_charges",
    "fct_invoices",
    "fct_customer_mrr",
    "executive_summary_daily",
    "customer_lookup_invoices",
)
CHANGES = (
    {"reporting_timezone": "America/New_York"},
    {"reporting_timezone": "Asia/Tokyo"},
    {"passthrough_columns": {"charges": ["metadata_order"]}},
    {"include_test_mode": True},
)
AHEAD = {"as_of": "2026-07-31"}
# What whole accounts depend on comes first and stays: a change computes all rows.
CONSTANT = ("accounts", "tax_rates")
# What all subscriptions by month depend on, constant in half of the lives.
PRICES = ("coupons", "plans", "products")
FIRST = {"created": datetime(2025, 1, 1), "currency": "usd", "amount": 500}
FIRST |= {"id": "ch_first", "status": "succeeded", "metadata_order": "0"}
IDS = re.compile(
    r"\b(acct|cus|sub|ch|re|pi|in|il|ii|txn|tr|fd|du|plan|prod|co|di|si|txr|po)_(\w+)"
)
REQUIRED = re.compile(r"required=(\[.*?\])")
WEBSITE = "website"


@st.composite
def payments(draw: st.DrawFn) -> Sources:
    """An account of payments, without versions of its rows."""
    return Sources({"stripe": strategies.Builder(draw, SETTINGS).account()})


@st.composite
def subscriptions(draw: st.DrawFn) -> Sources:
    """An account of subscriptions, without what snapshots kept."""
    builder = recurring.Builder(draw, SETTINGS)
    builder.build()
    return Sources({"stripe": dict(builder.rows)})


def people() -> st.SearchStrategy[Sources]:
    """An account and a website whose visitors pay."""
    world = World({"stripe": "timestamp"}, events=(WEBSITE,))
    return journeys(SETTINGS, world).map(tables_of)


def lives(seed: str, parts: tuple[int, int, int]) -> Iterator[Life]:
    """Random lives, of so many accounts of payments, of subscriptions and of people."""
    strategies_of = (payments(), subscriptions(), people())
    portions = [
        drawn(strategy, f"{seed} {number}", 10**6, 20)
        if count
        else itertools.repeat(())
        for number, (strategy, count) in enumerate(
            zip(strategies_of, parts, strict=True)
        )
    ]
    random = Random(seed)
    while True:
        waiting = [list(next(portion)) for portion in portions]
        while all(len(rest) >= n for rest, n in zip(waiting, parts, strict=True)):
            taken = [
                rest.pop()
                for rest, n in zip(waiting, parts, strict=True)
                for _ in range(n)
            ]
            life = life_of(taken, random)
            if has_required_columns(life):
                yield life


def has_required_columns(life: Life) -> bool:
    """Whether no table comes without a column that a build stops for."""
    named: dict[tuple[str, int], set[str]] = {}
    for given in life.deliveries:
        sync = given.sync if life.grows else 0
        names = named.setdefault((given.collection, sync), set())
        names |= {name for name, value in given.row.items() if value is not None}
    first = {place: names for (place, _), names in sorted(named.items(), reverse=True)}
    return all(required(place) <= names for place, names in first.items())


@cache
def required(collection: str) -> set[str]:
    """Raw columns that a table must have, as its staging model says."""
    path = ROOT / "models" / "staging" / "stripe" / f"stg_stripe__{collection}.sql"
    found = REQUIRED.search(path.read_text()) if path.exists() else None
    return set(ast.literal_eval(found[1])) if found else set()


def life_of(accounts: Sequence[Sources], random: Random) -> Life:
    """One life of all these accounts, as one account."""
    count = random.randint(3, 6)
    moments = drawn_moments(random, count)
    constant = random.choice(((), PRICES))
    created: Created = random.choice(("timestamp", "timestamp", "epoch", "timestamptz"))
    deliveries = [Delivery(0, "first", "stripe", "charges", FIRST)]
    for collection in ("refunds", "balance_transactions"):
        row = {"id": f"{collection}_first", "created": FIRST["created"]}
        row |= {"amount": 5, "currency": "usd"}
        deliveries.append(Delivery(0, collection, "stripe", collection, row))
    has_website = any(WEBSITE in account for account in accounts)
    for number, account in enumerate(accounts):
        for schema, tables in renamed(account, f"x{number}").items():
            for collection, rows in tables.items():
                syncs = 1 if collection in constant else count
                deliveries += delivered(random, schema, collection, rows, syncs, number)
    deliveries.sort(key=lambda given: given.sync)
    life = Life(
        syncs=[sync_of(random, moment, n, count) for n, moment in enumerate(moments)],
        deliveries=deliveries,
        created=created,
        events=(WEBSITE,) if has_website else (),
        grows=random.random() < 0.1,
    )
    return without_ties(life)


def drawn_moments(random: Random, count: int) -> list[datetime]:
    """When it syncs: half of the times three hours after the sync before."""
    moments = sorted(random.sample(MOMENTS, count))
    for before, place in zip(moments, range(1, count), strict=False):
        soon = before + timedelta(hours=3)
        if soon.date() == before.date() and random.random() < 0.5:
            moments[place] = soon
    return sorted(moments)


def sync_of(random: Random, moment: datetime, number: int, count: int) -> Sync:
    """A sync; the last one ends whole, and few settings change."""
    ends = random.choice((*[WHOLE] * 9, FAILS, FAILS, FAILS, PARTIAL, RUN, OFF))
    if number in (0, count - 1):
        ends = WHOLE
    changes = random.choice(CHANGES) if random.random() < 0.05 else {}
    model = random.choice(MODELS) if ends == FAILS else ""
    # What is whole is compared, and then nothing is left of it to go wrong.
    is_once = ends not in (WHOLE, RUN) and random.random() < 0.4
    once = random.choice((*CHANGES, AHEAD)) if is_once else {}
    return Sync(moment, ends, changes, model, once)


def renamed(account: Sources, name: str) -> Sources:
    """The account with ids that no other account has."""

    def value(old: object) -> object:
        return IDS.sub(rf"\1_{name}\2", old) if isinstance(old, str) else old

    return Sources(
        {
            schema: {
                collection: [{k: value(v) for k, v in row.items()} for row in rows]
                for collection, rows in tables.items()
            }
            for schema, tables in account.items()
        }
    )


def delivered(
    random: Random,
    schema: str,
    collection: str,
    rows: Sequence[Raw],
    count: int,
    number: int,
) -> Iterator[Delivery]:
    """When which version of each row comes, and how."""
    is_added = random.random() < 0.25
    stamps = random.choice(("", "", "", RECEIVED_ONLY))
    is_kept = collection in STATES
    for place, row in enumerate(rows):
        plain = {k: v for k, v in row.items() if k not in ("received_at", "uuid_ts")}
        first = random.choice((0, 0, 0, *range(count)))
        if collection in CONSTANT:
            yield Delivery(
                0, f"{collection} {number} {place}", schema, collection, plain
            )
            continue
        later = range(first + 1, count)
        more = random.sample(later, min(len(later), random.choice((0, 0, 1, 1, 2))))
        versions = [plain]
        for _ in more:
            versions.append(changed(random, collection, versions[-1], rows))
        for sync, version in zip([first, *sorted(more)], versions, strict=True):
            is_late = not is_kept and random.random() < 0.1
            says_nothing = not is_kept and random.random() < 0.04
            yield Delivery(
                sync,
                f"{schema} {collection} {key(collection, row, f'{number} {place}')}",
                schema,
                collection,
                version,
                is_added=not says_nothing and (is_added or random.random() < 0.1),
                lag=LATE if is_late else LATE * 0,
                stamps=NOBODY_SAYS if says_nothing else stamps,
            )


def key(collection: str, row: Raw, place: str) -> str:
    """What the versions of a row share; ids of invoices' lines repeat.

    Users and visitors are the same ones in all accounts.
    """
    invoice = row.get("invoice_id") if collection == "invoice_lines" else ""
    return f"{row.get('id') or place} {invoice}"


def changed(random: Random, collection: str, row: Raw, rows: Sequence[Raw]) -> Raw:
    """The row as it is later: with values of other rows, flipped, or deleted."""
    kind = random.random()
    if kind < 0.1:
        return row
    if kind < 0.2:
        return row | {"is_deleted": True}
    has_mode = "livemode" in collections().get(collection, ())
    if kind < 0.3 and has_mode and collection not in STATES:
        return row | {"livemode": random.choice((False, True, None))}
    other = random.choice(rows)
    kept = {"id", "is_deleted", "received_at", "uuid_ts"}
    # Stripe's objects have a currency from the first version to the last.
    kept |= set() if other.get("currency") else {"currency"}
    # A balance transaction is of one of them.
    kept |= {"balance_transaction_id"} if other.get("balance_transaction_id") else set()
    names = sorted({*row, *other} - kept)
    if collection in STATES:
        names = [name for name in names if name in STATES[collection]]
    chosen = random.sample(names, min(len(names), random.choice((1, 1, 2))))
    return row | {name: other.get(name) for name in chosen}
