"""Small lives after which subscriptions by month, computed in part, were wrong once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from harness.project import Project
from random_accounts.differences import report

from syncs.lives import DAY, FAILS, LOADED_ONLY, Delivery, Life, Raw, Sync
from syncs.playing import Player
from syncs.warehouses import DuckdbWarehouse

pytestmark = pytest.mark.long
BORN = datetime(2026, 1, 5, 12)
# Syncs of one day.
NOON = datetime(2026, 4, 15, 12)
HOURS = timedelta(hours=3)
CHARGE = {"amount": 1000, "currency": "usd", "status": "succeeded", "captured": True}
PLAN = {"amount": 2000, "currency": "usd", "interval": "month", "product": "prod_1"}
SUBSCRIPTION = {"status": "active", "plan_id": "plan_1", "quantity": 1}
SUBSCRIPTION |= {"customer_id": "cus_1", "created": BORN}
INVOICE = {"amount_due": 2000, "total": 2000, "currency": "usd", "status": "open"}
INVOICE |= {"customer_id": "cus_x", "subscription_id": "sub_x"}
LINE = {"amount": 2000, "currency": "usd", "plan_id": "plan_1", "type": "subscription"}
LINE |= {"invoice_id": "in_x", "subscription_id": "sub_x", "period_start": BORN}
LINE |= {"period_end": BORN + 365 * DAY}
NO_DAY = {"created": datetime(1970, 1, 1)}


def given(sync: int, collection: str, name: str, row: Raw, **how: Any) -> Delivery:
    thing = how.pop("thing", name)
    return Delivery(sync, thing, "stripe", collection, {"id": name} | row, **how)


CHARGED = given(0, "charges", "ch_first", CHARGE | {"created": BORN - 30 * DAY})
PRICED = given(0, "plans", "plan_1", PLAN)
KNOWN = given(0, "subscriptions", "sub_1", SUBSCRIPTION)
OLDER = given(
    *(1, "subscriptions", "sub_older"),
    SUBSCRIPTION | {"created": BORN - 300 * DAY, "customer_id": "cus_older"},
    stamps=LOADED_ONLY,
)
LIVES = {
    # The build between ended half-way.
    "a price that was put back": [
        *(CHARGED, PRICED, KNOWN),
        given(1, "plans", "plan_1", PLAN | {"amount": 4000}),
        given(2, "plans", "plan_1", PLAN),
    ],
    # Only where subscriptions are told do they say which discount is theirs.
    "the first live subscription": [
        *(CHARGED, PRICED),
        given(
            *(0, "subscriptions", "sub_test"),
            SUBSCRIPTION | {"livemode": False, "discount_id": "di_test"},
        ),
        given(0, "invoices", "in_x", INVOICE | {"created": BORN}),
        given(0, "invoice_lines", "il_x", LINE),
        given(0, "coupons", "co_1", {"percent_off": 25, "duration": "forever"}),
        given(
            *(0, "discounts", "di_x"),
            {"subscription": "sub_x", "coupon_id": "co_1", "start": BORN},
        ),
        given(1, "subscriptions", "sub_y", SUBSCRIPTION | {"livemode": True}),
    ],
    "an older month, a subscription of 1970": [
        *(CHARGED, PRICED, KNOWN, OLDER),
        given(0, "subscriptions", "sub_0", SUBSCRIPTION | NO_DAY, stamps=LOADED_ONLY),
    ],
    "an older month, a line of 1970": [
        *(CHARGED, PRICED, KNOWN, OLDER),
        given(0, "invoices", "in_x", INVOICE),
        given(0, "invoice_lines", "il_x", LINE | {"period_start": NO_DAY["created"]}),
    ],
    "a plan whose older row is the newest now": [
        *(CHARGED, KNOWN),
        given(0, "plans", "plan_1", PLAN, thing="first", lag=400 * DAY),
        given(0, "plans", "plan_1", PLAN | {"amount": 5000}, thing="second"),
        given(1, "plans", "plan_1", PLAN, thing="first"),
    ],
    "names that are one text together": [
        *(CHARGED, KNOWN),
        given(0, "plans", "plan_0", PLAN | {"nickname": "Zero", "name": "Zero"}),
        given(0, "plans", "plan_1", PLAN | {"nickname": "A|B", "name": ""}),
        given(1, "plans", "plan_1", PLAN | {"nickname": "A", "name": "B|"}),
    ],
}


@pytest.mark.parametrize("name", LIVES)
def test_they_are_those_of_a_full_build(
    name: str, project: Project, tmp_path: Path
) -> None:
    deliveries = sorted(LIVES[name], key=lambda each: each.sync)
    syncs = [Sync(NOON + n * HOURS) for n in range(deliveries[-1].sync + 1)]
    if len(syncs) > 2:
        syncs[1] = Sync(syncs[1].moment, ends=FAILS, model="fct_invoices")
    player = Player(Life(syncs, deliveries), DuckdbWarehouse(project, tmp_path))
    said = player.play()
    if "1970" in name:
        # To the reference, that is a day like any other.
        said = [line for line in said if ": full: " in line]
    if said:
        pytest.fail(report(said), pytrace=False)
    assert player.in_part == [*range(1, len(syncs))]
