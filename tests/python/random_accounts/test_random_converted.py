"""Marts in the reporting currency on random accounts: models against the reference.

SEGMENT_STRIPE_EXAMPLES and SEGMENT_STRIPE_SEED as in test_random_accounts.py. Rates
have holes of days and weeks, and some currencies none; all accounts share them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

import pytest
from engine import Engine
from hypothesis import strategies as st
from reference import CONVERTED_KEYS, Settings, compute

from random_accounts.accounts import Sources
from random_accounts.differences import differences
from random_accounts.drawing import each_of, examples, try_accounts
from random_accounts.exchange_rates import OWN, RATES, load_rates, rates
from random_accounts.oddities import further
from random_accounts.recurring import lives, snapshots_of, tables_of
from random_accounts.strategies import sources

PEOPLE = "customer_lifetime_value_converted"
OF_ACCOUNTS = tuple(mart for mart in CONVERTED_KEYS if mart != PEOPLE)
SCHEMAS = {"stripe": "timestamp", "stripe_eu": "timestamptz"}
SETTINGS = {
    "new_york": Settings(
        as_of=date(2026, 3, 31), reporting_timezone="America/New_York", **OWN
    ),
    "young_rates": Settings(as_of=date(2026, 4, 10), max_rate_age_days=1, **OWN),
}


@cache
def engine(name: str, *marts: str) -> Engine:
    """The models, compiled once for a setting, beside the rates."""
    settings = SETTINGS[name]
    variables = {
        **OWN,
        "as_of": settings.as_of.isoformat(),
        "reporting_timezone": settings.reporting_timezone,
        "max_rate_age_days": settings.max_rate_age_days,
    }
    made = Engine(marts, SCHEMAS, variables, further(SCHEMAS) | RATES)
    load_rates(made)
    return made


def differing(
    name: str, account: Sources, found: Mapping[str, Any], marts: Sequence[str]
) -> list[str]:
    """Where models and reference differ on an account."""
    expected = compute(account, SETTINGS[name], rates=rates())
    return [
        line
        for mart in marts
        for line in differences(mart, CONVERTED_KEYS[mart], expected[mart], found[mart])
    ]


def of_accounts(name: str, accounts: Sequence[Sources]) -> list[list[str]]:
    """Where models and reference differ, by account."""
    found = engine(name, *OF_ACCOUNTS).run_all(
        [tables_of(account) for account in accounts],
        [snapshots_of(account) for account in accounts],
    )
    return [
        differing(name, account, marts, OF_ACCOUNTS)
        for account, marts in zip(accounts, found, strict=True)
    ]


def of_customers(name: str, accounts: Sequence[Sources]) -> list[list[str]]:
    """The same of customers, who go through the models one account at a time."""
    models = engine(name, PEOPLE)
    found = []
    for account in accounts:
        (marts,) = models.run_all([tables_of(account)], [snapshots_of(account)])
        found.append(differing(name, account, marts, [PEOPLE]))
    return found


def strategy(name: str) -> st.SearchStrategy[Sources]:
    """Accounts with charges, invoices and a balance, and such with subscriptions."""
    return st.one_of(sources(SETTINGS[name], SCHEMAS), lives(SETTINGS[name], SCHEMAS))


@pytest.mark.parametrize("marts", [of_accounts, of_customers])
@pytest.mark.parametrize("name", each_of(SETTINGS, "new_york"))
def test_converted_marts_agree_with_the_reference(
    name: str, marts: Callable[[str, Sequence[Sources]], list[list[str]]]
) -> None:
    few = 10 if marts is of_customers else 36
    try_accounts(
        strategy(name), f"{name} {marts.__name__}", examples(few), partial(marts, name)
    )


def test_random_rates_have_holes_and_random_accounts_fall_into_them() -> None:
    account = Sources({"stripe": {"charges": [a_charge(day) for day in range(1, 29)]}})
    (found,) = engine("new_york", *OF_ACCOUNTS).run_all([account])
    rows = found["executive_summary_daily_converted"]
    assert {row["is_rate_missing"] for row in rows} == {True, False}


def a_charge(day: int) -> dict[str, Any]:
    """A dollar on a day of February 2026."""
    return {
        "id": f"ch_{day}",
        "amount": 100,
        "currency": "usd",
        "status": "succeeded",
        "created": f"2026-02-{day:02} 12:00:00",
        "received_at": "2026-03-01 00:00:00",
    }
