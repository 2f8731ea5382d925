"""In which order the tests run, and which of them have to be on one worker.

What is slow is begun early, so that no worker waits for another at the end; tests that
share what only a process can have are on one worker, so that it is made once.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

# Fixture -> group of the tests that use it.
SHARED = {"postgres": "postgres", "chromium": "browser", "artifacts": "docs"}
SHARED |= {"faulty": "faulty"}
# Groups and files that take longest. The first two begin together: one of them builds
# the sample account, the other does without it.
SLOW_FIRST = (
    "postgres",
    "faults",
    "test_cases",
    "browser",
    "fault_builds",
    "package",
    "domains",
    "signs",
    "test_subscription_life",
    "test_syncs",
    "test_random_accounts",
    "test_random_recurring",
    "test_random_journeys",
    "test_refresh",
    "test_identity",
    "test_absences",
    "faulty",
    "test_bad_input",
    "test_equality",
)


def in_order(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """The tests as they are to run, in the groups that they are to run in."""
    found = list(items)
    for item in found:
        for fixture, group in SHARED.items():
            if fixture in item.fixturenames and not group_of(item):
                item.add_marker(pytest.mark.xdist_group(group))
    return sorted(found, key=place)


def tell_xdist(items: Iterable[pytest.Item]) -> None:
    """Write each test's group where pytest-xdist reads it: at the end of its id.

    pytest-xdist 3.8 does so itself, in an attribute that pytest 9.2 no longer has.
    """
    for item in items:
        if group := group_of(item):
            item._id = type(item._id).parse(f"{item.nodeid}@{group}")


def group_of(item: pytest.Item) -> str | None:
    """The group that a test is in, if any."""
    mark = item.get_closest_marker("xdist_group")
    return mark.args[0] if mark else None


def place(item: pytest.Item) -> int:
    """Where a test stands; equal ones stay as they were collected."""
    name = group_of(item) or item.path.stem
    return SLOW_FIRST.index(name) if name in SLOW_FIRST else len(SLOW_FIRST)
