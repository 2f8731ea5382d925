"""Recurring revenue on random accounts: models against the reference, and identities.

SEGMENT_STRIPE_EXAMPLES and SEGMENT_STRIPE_SEED as in test_random_accounts.py.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any

import pytest
from engine import Engine
from reference import CONTRACT_KEYS, Settings
from reference.churn import KINDS
from reference.lookups import customer_lookup_cards
from reference.recurring_revenue import marts_of_revenue
from reference.renewals import upcoming_renewals
from reference.rows import read

from random_accounts.accounts import Sources
from random_accounts.differences import differences
from random_accounts.drawing import each_of, examples, try_accounts
from random_accounts.oddities import further
from random_accounts.recurring import lives, snapshots_of, tables_of
from random_accounts.test_random_accounts import Setting

RECURRING = (
    "fct_subscriptions",
    "fct_customer_mrr",
    "mrr_monthly",
    "customer_lookup_cards",
    "upcoming_renewals",
    "trial_conversion_monthly",
)
MOVED = ("new", "reactivation", "expansion")
LOST = ("contraction", "churn")
# Column of mrr_monthly -> of fct_customer_mrr.
TOTALS = {
    **{f"{name}_mrr_amount": f"{name}_mrr_amount" for name in ("opening", *MOVED)},
    **{f"{name}_mrr_amount": f"{name}_mrr_amount" for name in LOST},
    "closing_mrr_amount": "mrr_amount",
    "estimated_mrr_amount": "estimated_mrr_amount",
    "subscription_count": "subscription_count",
}
Marts = Mapping[str, list[dict[str, Any]]]


SETTINGS = {
    "utc": Setting(
        Settings(as_of=date(2026, 4, 10)),
        {"stripe": "timestamp", "stripe_eu": "epoch"},
    ),
    "new_york_end_of_march": Setting(
        Settings(as_of=date(2026, 3, 31), reporting_timezone="America/New_York"),
        {"stripe": "timestamptz", "stripe_eu": "timestamp"},
        without_discount_ids=("stripe",),
    ),
    "tokyo_with_choices": Setting(
        Settings(
            as_of=date(2026, 4, 30),
            reporting_timezone="Asia/Tokyo",
            include_test_mode=True,
            mrr_statuses=("active", "trialing"),
            mrr_coupon_durations=("forever", "repeating"),
        ),
        {"stripe": "epoch", "stripe_eu": "timestamp"},
        without_discount_ids=("stripe", "stripe_eu"),
    ),
}


@cache
def engine(name: str) -> Engine:
    """The models, compiled once for a setting."""
    setting = SETTINGS[name]
    settings = setting.settings
    variables = SETTINGS[name].variables | {
        "mrr_statuses": list(settings.mrr_statuses),
        "mrr_coupon_durations": list(settings.mrr_coupon_durations),
    }
    columns = further(setting.schemas, setting.without_discount_ids)
    return Engine(RECURRING, setting.schemas, variables, columns)


def computed(account: Sources, settings: Settings) -> Marts:
    """The reference's rows, all sources together."""
    found = []
    for item in account.items():
        source = read(*item, settings)
        found.append(
            marts_of_revenue(source)
            | {
                "customer_lookup_cards": customer_lookup_cards(source),
                "upcoming_renewals": list(upcoming_renewals(source)),
            }
        )
    return {mart: [row for marts in found for row in marts[mart]] for mart in RECURRING}


def disagreements(name: str, accounts: Sequence[Sources]) -> list[list[str]]:
    """Where models and reference differ, and broken identities, by account."""
    expected = [computed(account, SETTINGS[name].settings) for account in accounts]
    found = engine(name).run_all(
        [tables_of(account) for account in accounts],
        [snapshots_of(account) for account in accounts],
    )
    return [
        [
            *broken_identities(wanted),
            *[
                line
                for mart in RECURRING
                for line in differences(
                    mart, CONTRACT_KEYS[mart], wanted[mart], got[mart]
                )
            ],
        ]
        for wanted, got in zip(expected, found, strict=True)
    ]


def moved(row: Mapping[str, Any]) -> Decimal:
    """Opening and every movement of a row."""
    gained = sum(row[f"{name}_mrr_amount"] for name in MOVED)
    lost = sum(row[f"{name}_mrr_amount"] for name in LOST)
    return row["opening_mrr_amount"] + gained - lost


def broken_identities(marts: Marts) -> list[str]:
    """What does not tie out: roll-forwards, and customers against the total."""
    customers, months = marts["fct_customer_mrr"], marts["mrr_monthly"]
    said = [
        f"not rolled: {row}" for row in customers if moved(row) != row["mrr_amount"]
    ]
    said += [
        f"kinds of churn do not add up: {row}"
        for row in months
        if sum(row[f"{kind}_churn_mrr_amount"] for kind in KINDS)
        != row["churn_mrr_amount"]
    ]
    previous: dict[tuple, Decimal] = defaultdict(Decimal)
    for row in months:
        key = row["source_relation"], row["currency"]
        if moved(row) != row["closing_mrr_amount"]:
            said.append(f"not rolled: {row}")
        if row["opening_mrr_amount"] != previous[key]:
            said.append(f"not carried over: {row}")
        previous[key] = row["closing_mrr_amount"]
        own = [
            customer
            for customer in customers
            if all(
                customer[column] == row[column]
                for column in ("source_relation", "currency", "reporting_month")
            )
        ]
        for total, part in TOTALS.items():
            if row[total] != sum(customer[part] for customer in own):
                said.append(f"{total} is not that of its customers: {row}")
    return said


def try_setting(name: str, count: int) -> None:
    """Try that many accounts of a setting."""
    setting = SETTINGS[name]
    strategy = lives(setting.settings, setting.schemas, setting.without_discount_ids)
    try_accounts(strategy, f"recurring {name}", count, partial(disagreements, name))


@pytest.mark.parametrize("name", each_of(SETTINGS, "tokyo_with_choices"))
def test_recurring_revenue_agrees_with_the_reference(name):
    try_setting(name, examples(36))


@pytest.mark.long
@pytest.mark.parametrize("name", SETTINGS)
def test_recurring_revenue_agrees_with_the_reference_on_many(name):
    try_setting(name, examples(2000))
