"""How many random accounts are drawn, which ones, and how many at a time."""

import itertools
import os
from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from random_accounts.accounts import Sources

SEED = int(os.environ.get("SEGMENT_STRIPE_SEED", "0"))


def examples(count: int) -> int:
    """SEGMENT_STRIPE_EXAMPLES, else that many."""
    return int(os.environ.get("SEGMENT_STRIPE_EXAMPLES", count))


def drawn(
    strategy: st.SearchStrategy[Sources], name: str, count: int, together: int
) -> Iterator[list[Sources]]:
    """At least that many different accounts, several at a time.

    The name decides which ones; each portion is drawn when the last one has passed.
    """
    accounts: dict[str, Sources] = {}

    # Not derandomize: it would draw the same accounts for every setting.
    def portion(number: int) -> list[Sources]:
        before = set(accounts)

        @seed(f"{name} {number}")
        @settings(
            max_examples=together,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(account=strategy)
        def draw(account):
            accounts[repr(account)] = account

        draw()
        return [accounts[key] for key in accounts if key not in before]

    for number in itertools.count():
        if len(accounts) >= count:
            return
        yield portion(number)
