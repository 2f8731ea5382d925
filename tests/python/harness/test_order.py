"""Tests that share something are on one worker, and what is slow comes first."""

from __future__ import annotations

import pytest

from harness.order import SLOW_FIRST, place


@pytest.mark.xdist_group("order")
@pytest.mark.parametrize("number", [1, 2])
def test_workers_know_the_group_of_a_test(
    number: int, request: pytest.FixtureRequest
) -> None:
    is_distributed = request.config.getoption("loadgroup", False)
    assert request.node.nodeid.endswith(f"[{number}]@order") == is_distributed


def test_what_shares_a_fixture_is_together_and_slow_first(
    request: pytest.FixtureRequest,
) -> None:
    places = [place(item) for item in request.session.items]
    assert places == sorted(places)
    for item in request.session.items:
        if "postgres" in item.fixturenames:
            assert SLOW_FIRST[place(item)] in ("postgres", "fault_builds", "package")
