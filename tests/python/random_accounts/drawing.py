"""How many random accounts are drawn, which ones, and how many at a time."""

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
    """Different accounts, several at a time, so that none is drawn in vain.

    The name decides which ones; each portion is drawn when the last one has passed.
    """
    for start in range(0, count, together):
        accounts: dict[str, Sources] = {}

        # Not derandomize: it would draw the same accounts for every setting.
        @seed(f"{name} {start}")
        @settings(
            max_examples=min(together, count - start),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(account=strategy)
        def draw(account):
            accounts[repr(account)] = account  # noqa: B023

        draw()
        yield list(accounts.values())
