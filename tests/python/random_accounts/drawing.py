"""Which random accounts are drawn, and what is said of those that disagree."""

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from random_accounts.accounts import Sources
from random_accounts.differences import report
from random_accounts.reduction import reduced

# Accounts that go through the models together: that takes little longer than one.
TOGETHER = 40
SEED = int(os.environ.get("SEGMENT_STRIPE_SEED", "0"))


def each_of(settings: Iterable[str], *always: str) -> list:
    """Names of settings to try: these always, the others in the longer run."""
    return [
        pytest.param(name, marks=() if name in always else pytest.mark.long)
        for name in settings
    ]


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


def try_accounts(
    strategy: st.SearchStrategy[Sources],
    name: str,
    count: int,
    disagreements: Callable[[Sequence[Sources]], list[list[str]]],
    together: int = TOGETHER,
) -> None:
    """Draw accounts, and fail with the smallest like the first that disagrees.

    disagreements: what is wrong with each of several accounts, in sentences.
    """

    def failing(accounts: Sequence[Sources]) -> list[Sources]:
        found = zip(accounts, disagreements(accounts), strict=True)
        return [account for account, lines in found if lines]

    for accounts in drawn(strategy, f"{name} {SEED}", count, together):
        if failed := failing(accounts):
            small = reduced(failed[0], failing)
            (lines,) = disagreements([small])
            pytest.fail(f"{small!r}\n{report(lines)}", pytrace=False)
