"""Money that goes back: refunds, releases of authorizations, disputes."""

from __future__ import annotations

import numpy as np

from . import rates
from .chance import pick
from .clock import DAY, HOUR, NEVER
from .frame import Frame, ragged, stack
from .payments import CAPTURED_IN_PART, NOBODY
from .world import World

REFUND, PARTIAL_CAPTURE_RELEASE, EXPIRY_RELEASE = range(3)
LOST, WON, WARNING = range(3)


def _first_of(charges: Frame, wanted: np.ndarray) -> np.ndarray:
    """Mask of each customer's first wanted charge; (n,)."""
    rows = np.flatnonzero(wanted & (charges.customer != NOBODY))
    order = rows[np.lexsort((charges.created[rows], charges.customer[rows]))]
    owner = charges.customer[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = owner[1:] != owner[:-1]
    mask = np.zeros(len(charges), dtype=bool)
    mask[order[first]] = True
    return mask


def _has_role(customers: Frame, charges: Frame, role: int) -> np.ndarray:
    """Charges of cast members with a role; (n,)."""
    own = np.where(charges.customer == NOBODY, 0, charges.customer)
    return (customers.role[own] == role) & (charges.customer != NOBODY)


def refund(world: World, customers: Frame, charges: Frame) -> Frame:
    """Refunds and releases; amounts of one charge never exceed what it holds; (n,)."""
    rng = world.rng("refunds")
    size = len(charges)
    done = charges.succeeds & (charges.captured_at < NEVER) & (charges.captured > 100)
    must = _has_role(customers, charges, rates.CAST_THREE_REFUNDS)
    must = _first_of(charges, must & done)
    kept = _has_role(customers, charges, rates.CAST_TWO_DISPUTES)
    often = np.where(charges.is_test, rates.REFUNDED_IN_TESTS, rates.REFUNDED)
    for_others = charges.destination != NOBODY
    often = np.where(for_others, rates.REFUNDED_FOR_OTHERS, often)
    takes = ((rng.random(size) < often) & done & ~kept) | must
    rows = np.flatnonzero(takes)
    shape = np.where(must[rows], 3, pick(rng, rates.REFUND_SHAPE, len(rows)))
    parent, turn = ragged(np.maximum(shape, 1))
    rows, shape = rows[parent], shape[parent]
    held = charges.captured[rows]
    share = rng.integers(8, 30, len(rows))
    share = np.where(shape == 1, rng.integers(10, 90, len(rows)), share)
    amount = np.where(shape == 0, held, held * share // 100)
    days = np.clip(np.exp(rng.normal(1.9, 1.0, len(rows))), 0.05, 100)
    first_days = days[np.arange(len(rows)) - turn]
    wait = first_days + turn * (1.5 + 9 * rng.random(len(rows)))
    created = charges.captured_at[rows] + (wait * DAY).astype(np.int64)
    fails = (rng.random(len(rows)) < rates.REFUND_FAILS) & ~must[rows]
    fails &= ~charges.is_test[rows] & (charges.destination[rows] == NOBODY)
    failed = created + rng.integers(5 * DAY, 14 * DAY, len(rows))
    refunds = Frame(
        charge=rows,
        amount=amount,
        created=created,
        kind=np.full(len(rows), REFUND),
        failed_at=np.where(fails, failed, NEVER),
        reason=pick(rng, [0.55, 0.1, 0.06, 0.29], len(rows)),
    )
    return stack([refunds, _releases(charges)])


def _releases(charges: Frame) -> Frame:
    """The part of an authorization that was never taken."""
    part = charges.succeeds & (charges.flow == CAPTURED_IN_PART)
    rows = np.flatnonzero(part | (charges.expired_at < NEVER))
    expired = charges.expired_at[rows] < NEVER
    return Frame(
        charge=rows,
        amount=charges.amount[rows] - charges.captured[rows],
        created=np.where(expired, charges.expired_at[rows], charges.captured_at[rows]),
        kind=np.where(expired, EXPIRY_RELEASE, PARTIAL_CAPTURE_RELEASE),
        failed_at=np.full(len(rows), NEVER),
        reason=np.where(expired, 4, 3),
    )


def dispute(world: World, customers: Frame, charges: Frame, refunds: Frame) -> Frame:
    """Disputes of card charges without refunds; at most the captured amount; (n,)."""
    rng = world.rng("disputes")
    size = len(charges)
    free = charges.succeeds & (charges.captured_at < NEVER) & ~charges.is_bank
    free &= ~charges.is_test & (charges.captured > 100)
    free[refunds.charge] = False
    must = _has_role(customers, charges, rates.CAST_TWO_DISPUTES)
    must = _first_of(charges, must & free)
    rows = np.flatnonzero(((rng.random(size) < rates.DISPUTED) & free) | must)
    twice = must[rows] | (rng.random(len(rows)) < 0.03)
    parent, turn = ragged(np.where(twice, 2, 1))
    rows, twice = rows[parent], twice[parent]
    count = len(rows)
    fate = pick(rng, rates.DISPUTE_FATE, count)
    fate = np.where(twice & (fate == WARNING), LOST, fate)
    held = charges.captured[rows]
    percent = np.where(rng.random(count) < 0.1, 60, 100)
    percent = np.where(twice, np.where(turn == 0, 45, 40), percent)
    wait = rng.integers(4 * DAY, 50 * DAY, count)
    wait = wait[np.arange(count) - turn] + turn * 9 * DAY
    created = charges.captured_at[rows] + wait
    answered = (fate == WON) | (rng.random(count) < 0.5)
    answer = created + rng.integers(DAY, 10 * DAY, count)
    closed = created + rng.integers(20 * DAY, 70 * DAY, count)
    return Frame(
        charge=rows,
        amount=held * percent // 100,
        created=created,
        fate=fate,
        answered_at=np.where(answered, answer, NEVER),
        closed_at=closed,
        due_by=created + 14 * DAY + HOUR,
        reason=pick(rng, [0.5, 0.12, 0.12, 0.1, 0.08, 0.08], count),
        is_new_style=rng.random(count) < 0.3,
    )
