"""What the simulator knows, beside what Segment shows; read by tests, by no model."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from . import catalog as shop
from . import status, text
from .clock import DAY, NEVER, month_ends
from .frame import sum_by
from .life import Life
from .names import Names
from .reversals import WARNING, WON
from .schema import TRUTH, columns
from .segment import Build, Delivery, View, boolean, decimal, instant, integer, to_table
from .tables_billing import item_rows
from .tables_money import refund_sums
from .tables_people import has_metadata, user_ids
from .visitors import CHANNELS, Visits

_FACTOR = np.array([[365, 12], [52, 12], [1, 1], [1, 12]], dtype=np.int64)
"""Months per unit (day, week, month, year), as fractions."""


def truth_tables(life: Life, visits: Visits, view: View) -> dict[str, pa.Table]:
    """All truth as of the view's end, by when things happened, not when heard of."""
    now = view.until - 1
    makers = {
        "people": lambda: _people(life, visits, now),
        "identities": lambda: _identities(life, visits, now),
        "person_customers": lambda: _person_customers(life, visits, now),
        "customer_mrr": lambda: _customer_mrr(life, now),
        "subscriptions": lambda: _subscriptions(life, now),
        "charges": lambda: _charges(life, now),
        "payments": lambda: _payments(life, now),
        "refunds": lambda: _refunds(life, now),
        "disputes": lambda: _disputes(life, now),
        "invoices": lambda: _invoices(life, now),
    }
    tables = {}
    for name, maker in makers.items():
        data = maker()
        tables[name] = to_table(
            columns(TRUTH[name]), data, len(next(iter(data.values())))
        )
    return tables


def late_rows(name: str, delivery: Delivery, view: View, build: Build) -> pa.Table:
    """Rows that reach Segment days after they were made: orphans until then."""
    late = (delivery.late_until > 0) & (delivery.created < view.until)
    rows = np.flatnonzero(late)
    created = delivery.created[rows]
    received = delivery.received(rows, created)
    data = {
        "collection": text.same(name, len(rows)),
        "id": text.plain(build(rows, created)["id"]),
        "created": instant(created),
        "received_at": instant(received),
        "is_delivered": received < view.until,
    }
    return to_table(columns(TRUTH["late_rows"]), data, len(rows))


def _person_ids(life: Life, person: np.ndarray) -> pa.Array:
    return Names(life).of("person", person)


def _people(life: Life, visits: Visits, now: int) -> dict:
    people = visits.people
    seen = people.first_touch <= now
    mine = np.flatnonzero(seen | (people.is_customer & (people.customer_since <= now)))
    joined = people.signed_up[mine]
    known = (joined <= now) & people.is_active[mine]
    return {
        "person_id": _person_ids(life, mine),
        "user_id": user_ids(life, np.where(known, mine, -1)),
        "signed_up_at": instant(joined, known),
        "first_touch_at": instant(people.first_touch[mine], seen[mine]),
        "channel": text.coded(
            people.first_channel[mine], [row[0] for row in CHANNELS], seen[mine]
        ),
        "campaign": text.coded(
            people.first_channel[mine], [row[3] for row in CHANNELS], seen[mine]
        ),
        "is_tracked": people.is_active[mine],
    }


def _identities(life: Life, visits: Visits, now: int) -> dict:
    """One row per device and person that used it."""
    people, sessions = visits.people, visits.sessions
    done = sessions.start <= now
    pair = sessions.device[done] * 2**32 + sessions.person[done]
    pair = np.unique(pair)
    device, person = pair // 2**32, pair % 2**32
    users = np.bincount(device, minlength=len(visits.devices))
    known = (people.signed_up[person] <= now) & people.is_active[person]
    customer = known & people.is_customer[person]
    customer &= people.customer_since[person] <= now
    numbers = life.world.numbers(np.arange(len(visits.devices)))
    anonymous = text.uuids(life.world.salt("device"), numbers)
    return {
        "anonymous_id": text.lookup(device, anonymous),
        "person_id": _person_ids(life, person),
        "user_id": user_ids(life, np.where(known, person, -1)),
        "customer_id": Names(life).customer(np.where(customer, person, -1)),
        "is_shared_device": users[device] > 1,
    }


def _person_customers(life: Life, visits: Visits, now: int) -> dict:
    """Who stands behind each customer, and by which evidence it can be seen."""
    who, people, charges = life.customers, visits.people, life.charges
    rows = np.flatnonzero(who.created <= now)
    person = who.person[rows]
    paid = np.full(len(who), NEVER)
    good = charges.succeeds & (charges.captured_at <= now) & (charges.customer >= 0)
    np.minimum.at(paid, charges.customer[good], charges.captured_at[good])
    tracked = people.is_active[person] & (people.signed_up[person] <= now)
    own_email = who.has_email[rows] & (who.email_of[rows] == person)
    unchanged = people.changed_email[person] > now
    touch = people.first_touch[person]
    return {
        "person_id": _person_ids(life, person),
        "user_id": user_ids(life, np.where(tracked, person, -1)),
        "customer_id": Names(life).customer(rows),
        "is_tracked": tracked,
        "has_metadata": has_metadata(life, rows),
        "has_trait": people.has_trait[person] & tracked & (person == rows),
        "has_same_email": own_email & unchanged,
        "first_touch_at": instant(touch, touch <= now),
        "signed_up_at": instant(people.signed_up[person], tracked),
        "first_paid_at": instant(paid[rows]),
    }  # fmt: skip


def _customer_mrr(life: Life, now: int) -> dict:
    """Monthly recurring revenue at every month's end that has passed."""
    world = life.world
    ends = month_ends(world.start, world.end)
    ends = ends[ends <= now]
    items = item_rows(life)
    subs_known = Delivery(world, "subscriptions", life.subs.created)
    first = np.where(
        items % 3 == 2, _swapped_at(life)[items // 3], life.subs.created[items // 3]
    )
    items_known = Delivery(world, "subscription_items", first)
    customers, months, true, known = [], [], [], []
    size = len(life.customers)
    for end in ends:
        at = np.full(len(items), end)
        actual = _item_mrr(life, items, at, np.full(len(life.subs), end))
        heard = items_known.horizon(end + 1), subs_known.horizon(end + 1)
        seen = _item_mrr(life, items, *heard)
        owner = life.subs.customer[items // 3]
        by_customer = sum_by(owner, actual, size)
        by_known = sum_by(owner, seen, size)
        rows = np.flatnonzero((by_customer != 0) | (by_known != 0))
        customers.append(rows)
        months.append(np.full(len(rows), end // DAY))
        true.append(by_customer[rows])
        known.append(by_known[rows])
    empty = np.zeros(0, dtype=np.int64)
    rows = np.concatenate([empty, *customers])
    day = np.concatenate([empty, *months]).astype(np.int32)
    return {
        "customer_id": Names(life).customer(rows),
        "currency": text.coded(life.customers.currency[rows], shop.CURRENCIES),
        "month_end": pa.array(day, pa.int32()).view(pa.date32()),
        "mrr_amount": decimal(np.concatenate([empty, *true]), 6),
        "mrr_known_amount": decimal(np.concatenate([empty, *known]), 6),
    }


def _swapped_at(life: Life) -> np.ndarray:
    """When the main item was replaced, NEVER if it was not; (subs,)."""
    swap = np.where(life.subs.swap_state < 3, life.subs.swap_state, 0)
    at = life.subs.state_at[np.arange(len(life.subs)), swap]
    return np.where(swap > 0, at, NEVER)


def _item_mrr(
    life: Life, items: np.ndarray, item_at: np.ndarray, sub_at: np.ndarray
) -> np.ndarray:
    """Millionths of a major unit per month of each item; (n,).

    Items stand as at `item_at`, subscriptions as at `sub_at`, shape (subs,).
    """
    subs = life.subs
    sub, slot = items // 3, items % 3
    code = life.sub_status.at(np.arange(len(subs)), sub_at, status.CANCELED)
    pays = (code == status.ACTIVE) | (code == status.PAST_DUE)
    state = np.maximum((subs.state_at[sub] <= item_at[:, None]).sum(axis=1) - 1, 0)
    plan = np.where(slot == 1, subs.addon[sub], subs.state_plan[sub, state])
    seats = np.where(slot == 1, 1, subs.state_quantity[sub, state])
    swapped = state >= subs.swap_state[sub]
    holds = np.where(slot == 0, ~swapped, np.where(slot == 2, swapped, True))
    counts = pays[sub] & holds & (item_at >= subs.created[sub])
    counts &= shop.PLANS.kind[plan] == shop.LICENSED
    price = np.where(counts, shop.PLANS.amount[plan] * seats, 0)
    whole = sum_by(sub, price, len(subs))[sub]
    part, full = _after_coupon(life, sub, sub_at[sub], whole)
    months, per = _FACTOR[shop.PLANS.unit[plan]].T
    scale = 10 ** (6 - shop.EXPONENTS[shop.PLANS.currency[plan]])
    below = per * shop.PLANS.count[plan]
    # a coupon over an amount multiplies beyond 64 bits
    above = (price * months * scale).astype(object) * part
    exact = divide_exactly(above[price > 0], (below * full)[price > 0])
    out = np.zeros(len(items), dtype=np.int64)
    out[price > 0] = exact
    return out


def divide_exactly(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """As `divide`, for Python integers of any size and no negative ones; (n,)."""
    return ((2 * numerator + denominator) // (2 * denominator.astype(object))).astype(
        np.int64
    )


def _after_coupon(
    life: Life, sub: np.ndarray, moment: np.ndarray, whole: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Share of the price that a coupon forever leaves, as a fraction; (n,), (n,)."""
    own = life.subs.coupon[sub]
    own = np.where(moment < life.subs.coupon_end[sub], own, shop.NO_COUPON)
    fallback = life.customers.coupon[life.subs.customer[sub]]
    coupon = np.where(life.subs.coupon[sub] >= 0, own, fallback)
    forever = (coupon >= 0) & (shop.COUPONS.duration[coupon] == shop.FOREVER)
    off = np.where(forever, shop.COUPONS.amount_off[coupon], 0)
    percent = np.where(forever, shop.COUPONS.percent[coupon], 0)
    by_amount = (off > 0) & (whole > 0)
    part = np.where(by_amount, np.maximum(whole - off, 0), 10_000 - percent)
    return part, np.where(by_amount, whole, 10_000)


def _subscriptions(life: Life, now: int) -> dict:
    subs = life.subs
    rows = np.flatnonzero(subs.created <= now)
    code = life.sub_status.at(rows, np.full(len(rows), now), status.ACTIVE)
    ids = Names(life)
    return {
        "subscription_id": ids.subscription(rows),
        "customer_id": ids.customer(subs.customer[rows]),
        "status": text.coded(code, status.SUBSCRIPTION),
        "created": instant(subs.created[rows]),
        "trial_end": instant(subs.trial_end[rows]),
        "canceled_at": instant(subs.canceled_at[rows], subs.canceled_at[rows] <= now),
        "ended_at": instant(subs.ended_at[rows], subs.ended_at[rows] <= now),
    }


def _payment_keys(life: Life, rows: np.ndarray) -> pa.Array:
    """The intent, else the invoice, else the charge; (n,)."""
    ids, charges = Names(life), life.charges
    intent, bill = charges.intent[rows], charges.invoice[rows]
    other = text.where(bill >= 0, ids.of("in_", bill), ids.charge(rows))
    return text.where(intent >= 0, ids.of("pi_", intent), other)


def _charges(life: Life, now: int) -> dict:
    charges = life.charges
    rows = np.flatnonzero(charges.created <= now)
    known, good = charges.settled_at[rows] <= now, charges.succeeds[rows]
    captured = charges.captured_at[rows] <= now
    code = np.where(known, np.where(good, 0, 1), 2)
    refunded = refund_sums(life).total(rows, np.full(len(rows), now))
    released = (
        np.where(
            captured | (charges.expired_at[rows] <= now),
            charges.amount[rows] - charges.captured[rows],
            0,
        )
        * good
    )
    return {
        "charge_id": Names(life).charge(rows),
        "payment_key": _payment_keys(life, rows),
        "status": text.coded(code, ["succeeded", "failed", "pending"]),
        "authorized_amount": charges.amount[rows],
        "captured_amount": np.where(captured, charges.captured[rows], 0),
        "captured_at": instant(charges.captured_at[rows], captured),
        "refunded_amount": refunded - released,
        "is_first_attempt": charges.turn[rows] == 0,
        "attempt_number": integer(charges.turn[rows] + 1),
        "is_test": charges.is_test[rows],
    }


def _payments(life: Life, now: int) -> dict:
    """Charges that belong together, folded."""
    charges = life.charges
    rows = np.flatnonzero(charges.created <= now)
    intent, bill = charges.intent[rows], charges.invoice[rows]
    key = np.where(intent >= 0, intent, np.where(bill >= 0, 2**40 + bill, 2**41 + rows))
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    size = len(first)
    good = charges.succeeds[rows] & (charges.settled_at[rows] <= now)
    begun, done = np.full(size, NEVER), np.full(size, NEVER)
    np.minimum.at(begun, group, charges.created[rows])
    np.minimum.at(done, group[good], charges.settled_at[rows][good])
    failed_first = np.zeros(size, dtype=bool)
    is_first = charges.turn[rows] == 0
    failed_first[group[is_first]] = ~charges.succeeds[rows][is_first]
    return {
        "payment_key": _payment_keys(life, rows[first]),
        "attempt_count": np.bincount(group, minlength=size).astype(np.int64),
        "is_succeeded": done < NEVER,
        "is_recovered": failed_first & (done < NEVER),
        "first_attempted_at": instant(begun),
        "succeeded_at": instant(done),
    }


def _refunds(life: Life, now: int) -> dict:
    refunds = life.refunds
    rows = np.flatnonzero(refunds.created <= now)
    kinds = ["refund", "partial_capture_release", "expiry_release"]
    failed = refunds.failed_at[rows] <= now
    ids = Names(life)
    return {
        "refund_id": ids.refund(rows),
        "charge_id": ids.charge(refunds.charge[rows]),
        "kind": text.coded(refunds.kind[rows], kinds),
        "amount": refunds.amount[rows],
        "is_failed": failed,
        "created": instant(refunds.created[rows]),
        "failed_at": instant(refunds.failed_at[rows], failed),
    }


def _disputes(life: Life, now: int) -> dict:
    disputes = life.disputes
    rows = np.flatnonzero(disputes.created <= now)
    fate, amount = disputes.fate[rows], disputes.amount[rows]
    closed = disputes.closed_at[rows] <= now
    names = ["lost", "won", "warning", "open"]
    code = np.where(closed | (fate == WARNING), fate, 3)
    ids = Names(life)
    currency = life.charges.currency[disputes.charge[rows]]
    return {
        "dispute_id": ids.dispute(rows),
        "charge_id": ids.charge(disputes.charge[rows]),
        "status": text.coded(code, names),
        "amount": amount,
        "withdrawn_amount": np.where(fate != WARNING, amount, 0),
        "reinstated_amount": np.where((fate == WON) & closed, amount, 0),
        "currency": text.coded(currency, shop.CURRENCIES),
    }


def _invoices(life: Life, now: int) -> dict:
    bills = life.invoices
    rows = np.flatnonzero(bills.created <= now)
    code = status.invoice_status(bills, rows, np.full(len(rows), now))
    paid = code == status.PAID

    def when(moments: np.ndarray) -> pa.Array:
        return instant(moments[rows], moments[rows] <= now)

    due = bills.due[rows]
    return {
        "invoice_id": Names(life).of("in_", rows),
        "status": text.coded(code, status.INVOICE),
        "subtotal": bills.subtotal[rows],
        "discount": bills.discount[rows],
        "tax": bills.tax[rows],
        "total": bills.total[rows],
        "amount_due": due,
        "amount_paid": np.where(paid, due, 0),
        "amount_remaining": np.where(paid, 0, due),
        "is_paid_out_of_band": boolean(paid & bills.is_out_of_band[rows]),
        "created": instant(bills.created[rows]),
        "finalized_at": when(bills.finalized),
        "paid_at": when(bills.paid_at),
        "voided_at": when(bills.voided_at),
        "uncollectible_at": when(bills.uncollectible_at),
    }


__all__ = ["late_rows", "truth_tables"]
