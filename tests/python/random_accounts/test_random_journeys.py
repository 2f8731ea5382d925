"""Identity, journeys and lifetime value of random people: models against reference.

SEGMENT_STRIPE_EXAMPLES and SEGMENT_STRIPE_SEED as in drawing.py.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any

import pytest
from engine import Engine
from reference import (
    CONTRACT_KEYS,
    CONVERTED_KEYS,
    CONVERTED_PEOPLE_KEYS,
    PEOPLE_KEYS,
    Settings,
    compute,
)

from random_accounts.accounts import Sources
from random_accounts.differences import differences
from random_accounts.drawing import each_of, examples, try_accounts
from random_accounts.exchange_rates import OWN, RATES, load_rates, rates
from random_accounts.journeys import METADATA, SPEND, World, journeys
from random_accounts.recurring import snapshots_of, tables_of

CONVERTED = "customer_lifetime_value_converted"
KEYS = {
    **PEOPLE_KEYS,
    "customer_lookup": CONTRACT_KEYS["customer_lookup"],
    CONVERTED: CONVERTED_KEYS[CONVERTED],
    **CONVERTED_PEOPLE_KEYS,
}
FACTS = (*KEYS, "fct_balance_transactions")
Marts = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Setting:
    """Variables of the project, and the schemas of the warehouse."""

    settings: Settings
    world: World


SETTINGS = {
    "utc": Setting(
        Settings(
            as_of=date(2026, 4, 10),
            funnel_steps=(
                "visit",
                "sign_up",
                "trial_started",
                "first_payment",
                "invited",
            ),
        ),
        World(
            {"stripe": "timestamp", "stripe_eu": "epoch"},
            events=("website", "app"),
            has_spend=True,
            steps=("trial_started",),
            absent=frozenset({("website", "screens"), ("app", "trial_started")}),
        ),
    ),
    "new_york_with_choices": Setting(
        Settings(
            as_of=date(2026, 3, 31),
            reporting_timezone="America/New_York",
            identity_metadata_column=METADATA,
            unite_customers_by_email=True,
            session_idle_minutes=5,
            ltv_margin=0.333333,
            funnel_steps=("first_payment", "trial_started", "visit"),
            **OWN,
        ),
        World(
            {"stripe": "timestamptz", "stripe_eu": "timestamp"},
            events=("website",),
            has_spend=True,
            steps=("trial_started",),
        ),
    ),
    "tokyo_without_events": Setting(
        Settings(
            as_of=date(2026, 4, 30),
            reporting_timezone="Asia/Tokyo",
            identity_metadata_column=METADATA,
            **OWN,
        ),
        World({"stripe": "epoch"}),
    ),
}


@cache
def engine(name: str) -> Engine:
    """The models, compiled once for a setting."""
    settings, world = SETTINGS[name].settings, SETTINGS[name].world
    variables = {
        "as_of": settings.as_of.isoformat(),
        "reporting_timezone": settings.reporting_timezone,
        "segment_event_sources": list(world.events),
        "identity_metadata_column": settings.identity_metadata_column,
        "unite_customers_by_email": settings.unite_customers_by_email,
        "session_idle_minutes": settings.session_idle_minutes,
        "ltv_margin": settings.ltv_margin,
        "funnel_steps": list(settings.funnel_steps),
        "ad_spend_relation": f"{SPEND}.ad_spend" if world.has_spend else None,
        "reporting_currency": settings.reporting_currency,
        "exchange_rates_relation": settings.exchange_rates_relation,
    }
    made = Engine(FACTS, world.accounts, variables, world.tables | RATES)
    load_rates(made)
    return made


def computed(name: str, rows: Sources) -> Marts:
    """The reference's rows."""
    settings, world = SETTINGS[name].settings, SETTINGS[name].world
    return compute(
        {schema: rows[schema] for schema in world.accounts if schema in rows},
        settings,
        {schema: rows[schema] for schema in world.events},
        rows.get(SPEND, {}).get("ad_spend", ()),
        rates(),
    )


def disagreements(name: str, several: Sequence[Sources]) -> list[list[str]]:
    """Where models and reference differ, and broken identities, one by one.

    People are of no account, so that several cannot go through the models together.
    """
    return [disagreements_of_one(name, rows) for rows in several]


def disagreements_of_one(name: str, rows: Sources) -> list[str]:
    """Where models and reference differ, and broken identities."""
    expected = computed(name, rows)
    stripe = {s: t for s, t in rows.items() if s in SETTINGS[name].world.accounts}
    found = engine(name).run(tables_of(rows), snapshots_of(Sources(stripe)))
    return [
        *broken_identities(found),
        *[
            line
            for mart, keys in KEYS.items()
            for line in differences(mart, keys, expected[mart], found[mart])
        ],
    ]


def broken_identities(marts: Marts) -> list[str]:
    """What does not tie out: money against net volume, channels, curves."""
    said = []
    volume: dict[tuple, Decimal] = defaultdict(Decimal)
    for row in marts["fct_balance_transactions"]:
        if row["is_net_volume"] and row["customer_id"] is not None:
            volume[row["source_relation"], row["currency"]] += row["net_amount"] or 0
    value: dict[tuple, Decimal] = defaultdict(Decimal)
    channels: dict[tuple, set] = defaultdict(set)
    for row in marts["customer_lifetime_value"]:
        value[row["source_relation"], row["currency"]] += (
            row["lifetime_value_amount"] or 0
        )
        channels[row["source_relation"], row["customer_id"]].add(
            row["first_touch_channel"]
        )
    curves: dict[tuple, Decimal] = defaultdict(Decimal)
    for row in marts["lifetime_value_cohorts"]:
        curves[row["source_relation"], row["currency"]] += row["net_amount"] or 0
    for key in volume.keys() | value.keys() | curves.keys():
        if not volume[key] == value[key] == curves[key]:
            said.append(
                f"{key}: net volume {volume[key]}, lifetime value {value[key]}, "
                f"cohorts {curves[key]}"
            )
    said += [
        f"several channels: {key}" for key, own in channels.items() if len(own) > 1
    ]
    return said


@pytest.mark.parametrize("name", each_of(SETTINGS, "new_york_with_choices"))
def test_journeys_agree_with_the_reference(name):
    setting = SETTINGS[name]
    try_accounts(
        journeys(setting.settings, setting.world),
        f"journeys {name}",
        examples(20),
        partial(disagreements, name),
        together=10,
    )
