"""The dbt models against the reference computation, on random Stripe accounts.

SEGMENT_STRIPE_EXAMPLES says how many accounts to try per setting (90 by default, 2000
where there is time), and SEGMENT_STRIPE_SEED (an integer) which ones: the same ones
every time by default.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any

import pytest
from engine import Created, Engine
from reference import CONTRACT_KEYS, Account, Settings, compute
from reference.receivables import Movement, movements
from reference.rows import read

from random_accounts.accounts import Sources
from random_accounts.corners import CORNERS
from random_accounts.differences import differences, report
from random_accounts.drawing import each_of, examples, try_accounts
from random_accounts.invoice_corners import INVOICE_CORNERS
from random_accounts.oddities import further
from random_accounts.strategies import sources

EVERY_CORNER = CORNERS | INVOICE_CORNERS


@dataclass(frozen=True)
class Setting:
    """Variables of the project, and how each source delivers `created`."""

    settings: Settings
    schemas: Mapping[str, Created]
    # Accounts whose subscriptions never named a discount.
    without_discount_ids: tuple[str, ...] = ()

    @property
    def variables(self) -> dict[str, Any]:
        """Those of every project, as dbt takes them."""
        return {
            "as_of": self.settings.as_of.isoformat(),
            "reporting_timezone": self.settings.reporting_timezone,
            "include_test_mode": self.settings.include_test_mode,
        }


SETTINGS = {
    "utc": Setting(
        Settings(as_of=date(2026, 4, 10)),
        {"stripe": "timestamp", "stripe_eu": "epoch"},
    ),
    "new_york": Setting(
        Settings(as_of=date(2026, 3, 31), reporting_timezone="America/New_York"),
        {"stripe": "timestamp", "stripe_eu": "timestamptz"},
    ),
    "tokyo_with_test_mode": Setting(
        Settings(
            as_of=date(2026, 4, 30),
            reporting_timezone="Asia/Tokyo",
            include_test_mode=True,
        ),
        {"stripe": "epoch", "stripe_eu": "timestamp"},
    ),
}


@cache
def engine(name: str) -> Engine:
    """The models, compiled once for a setting."""
    setting = SETTINGS[name]
    more = further(setting.schemas)
    return Engine(CONTRACT_KEYS, setting.schemas, setting.variables, more)


def disagreements(name: str, accounts: Sequence[Sources]) -> list[list[str]]:
    """Where models and reference differ, for each of the accounts."""
    # A source without rows has a row in no mart, in either computation.
    expected = [compute(account, SETTINGS[name].settings) for account in accounts]
    found = engine(name).run_all(accounts)
    return [
        [
            line
            for mart, keys in CONTRACT_KEYS.items()
            for line in differences(mart, keys, wanted[mart], got[mart])
        ]
        for wanted, got in zip(expected, found, strict=True)
    ]


def try_setting(name: str, count: int) -> None:
    """Try that many accounts of a setting."""
    setting = SETTINGS[name]
    strategy = sources(setting.settings, setting.schemas)
    try_accounts(strategy, name, count, partial(disagreements, name))


@pytest.mark.parametrize("name", each_of(SETTINGS, "utc"))
def test_models_agree_with_the_reference(name):
    try_setting(name, examples(45))


@pytest.mark.long
@pytest.mark.parametrize("name", SETTINGS)
def test_models_agree_with_the_reference_on_many(name):
    try_setting(name, examples(2000))


@cache
def corner_disagreements() -> dict[str, list[str]]:
    """Where models and reference differ, corner by corner."""
    accounts = [Sources({"stripe": corner}) for corner in EVERY_CORNER.values()]
    return dict(zip(EVERY_CORNER, disagreements("utc", accounts), strict=True))


@pytest.mark.xdist_group("corners")
@pytest.mark.parametrize("corner", EVERY_CORNER)
def test_models_agree_with_the_reference_in_a_corner(corner):
    if lines := corner_disagreements()[corner]:
        account = Sources({"stripe": EVERY_CORNER[corner]})
        pytest.fail(f"{account!r}\n{report(lines)}", pytrace=False)


# No model is asked: one setting will do but for make test-long.
@pytest.mark.parametrize("name", each_of(SETTINGS, "tokyo_with_test_mode"))
def test_what_a_month_closed_with_is_the_same_from_every_later_day(name):
    setting = SETTINGS[name]
    early = replace(setting.settings, as_of=date(2026, 2, 28))

    # What the balance says of a capture it may say later, and it is not known before.
    def changed(accounts: Sequence[Sources]) -> list[list[str]]:
        return [
            [
                f"{schema}: {sorted(was ^ now, key=str)}"
                for schema, account in rows.items()
                for was, now in [
                    [
                        {row for row in moved(schema, account, day) if is_closed(row)}
                        for day in (early, setting.settings)
                    ]
                ]
                if was != now
            ]
            for rows in accounts
        ]

    def is_closed(movement: Movement) -> bool:
        # A charge dated before its invoice pays an invoice that is not known yet.
        return max(movement.day, movement.made) <= early.as_of

    def moved(schema: str, account: Account, settings: Settings) -> list[Movement]:
        known = dict(account) | {"balance_transactions": []}
        return list(movements(read(schema, known, settings)))

    strategy = sources(setting.settings, setting.schemas)
    try_accounts(strategy, f"closed {name}", examples(40), changed)
