"""Billing cycles of subscriptions, who pays them, and how subscriptions end."""

from __future__ import annotations

import numpy as np

from . import catalog as shop
from . import rates
from .chance import pick
from .clock import DAY, HOUR, MINUTE, NEVER, SHORTEST, add_units
from .frame import Frame, ragged, stack
from .subscriptions import DAILY, METERED, QUARTERLY, TO_YEARLY, WEEKLY
from .world import World

CREATE, CYCLE, UPDATE, MANUAL = range(4)
REASONS = [
    "subscription_create",
    "subscription_cycle",
    "subscription_update",
    "manual",
]
NOT_LOST, LOST_CANCELED, LOST_UNPAID, LOST_INCOMPLETE = range(4)
BY_CHARGE, NEVER_PAID, OUT_OF_BAND, STAYS_DRAFT = range(4)
"""How an invoice is meant to be settled."""
ATTEMPTS = 4
_RETRY_HOURS = np.array(
    [[0, 72, 192, 340], [0, 24, 70, 120], [0, 4, 9, 16], [0, 168, 336, 504]]
)
"""Hours from the first attempt: monthly and longer, weekly, daily, bank debits."""
_INCOMPLETE_HOURS = np.array([0, 1, 5, 20])
BANK_SECONDS = 4 * DAY


def bill(world: World, customers: Frame, subs: Frame) -> tuple[Frame, Frame]:
    """What comes of the intentions: subscriptions with their end, and their cycles.

    Cycles are the regular invoices to be, sorted by subscription and time; (m,).
    """
    purpose = "billing of returns" if len(subs) and subs.is_later.all() else "billing"
    rng = world.rng(purpose)
    subs.set(is_bank=customers.by_bank[subs.customer] & (subs.family <= QUARTERLY))
    cycles = _cycles(world, subs)
    _draw_outcomes(rng, customers, subs, cycles)
    cycles = _lose(rng, subs, cycles)
    _settle_ends(world, subs, cycles)
    return subs, cycles


def _cycles(world: World, subs: Frame) -> Frame:
    """Trial and regular periods as intended, sorted by subscription and start."""
    index = np.arange(len(subs))
    yearly = subs.change_kind[:, 0] == TO_YEARLY
    yearly_at = np.where(yearly, subs.state_at[:, 1], NEVER)
    last = np.minimum(subs.leave_at, world.end)
    first_stop = np.minimum(np.minimum(last, subs.pause_at), yearly_at)
    anew = np.minimum(subs.resume_at, yearly_at)
    regular = _periods(index, subs.anchor, subs.plan, first_stop, 0)
    later = _periods(index, anew, subs.state_plan[:, 1], last, 1)
    on_trial = np.flatnonzero((subs.trial_end < NEVER) & (subs.created < world.end))
    trial = Frame(
        sub=on_trial,
        spell=np.zeros(len(on_trial), dtype=np.int64),
        turn=np.full(len(on_trial), -1),
        start=subs.created[on_trial],
        end=subs.trial_end[on_trial],
        previous=subs.created[on_trial],
    )
    cycles = stack([trial, regular, later])
    cycles = cycles.take(np.lexsort((cycles.start, cycles.sub)))
    first = np.ones(len(cycles), dtype=bool)
    first[1:] = cycles.sub[1:] != cycles.sub[:-1]
    begins_yearly = (cycles.spell == 1) & yearly[cycles.sub] & (cycles.turn == 0)
    reason = np.where(first, CREATE, np.where(begins_yearly, UPDATE, CYCLE))
    return cycles.set(reason=reason, is_trial=cycles.turn < 0)


def _periods(
    sub: np.ndarray, anchor: np.ndarray, plan: np.ndarray, stop: np.ndarray, spell: int
) -> Frame:
    """Periods of the plan's interval from anchor that start before stop."""
    has = anchor < stop
    sub, anchor, plan, stop = sub[has], anchor[has], plan[has], stop[has]
    unit, count = shop.PLANS.unit[plan], shop.PLANS.count[plan]
    most = (stop - anchor) // (SHORTEST[unit] * count) + 1
    parent, turn = ragged(most)
    unit, count, anchor, stop = (
        unit[parent],
        count[parent],
        anchor[parent],
        stop[parent],
    )
    start = add_units(anchor, unit, count, turn)
    keep = start < stop
    before = np.maximum(turn - 1, 0)
    periods = Frame(
        sub=sub[parent],
        spell=np.full(len(parent), spell),
        turn=turn,
        start=start,
        end=add_units(anchor, unit, count, turn + 1),
        previous=add_units(anchor, unit, count, before),
    )
    return periods.take(keep)


def _draw_outcomes(
    rng: np.random.Generator, customers: Frame, subs: Frame, cycles: Frame
) -> None:
    """How each cycle's invoice would be paid.

    Sets `way`, `tries` (number of attempts), `wins` (the last one succeeds),
    `failure` (code of the failures) and `attempt_at`, shape (m, 4).
    """
    size = len(cycles)
    sub = cycles.sub
    later, is_bank = subs.pays_later[sub], subs.is_bank[sub]
    opening = (cycles.reason == CREATE) & ~cycles.is_trial
    free = cycles.is_trial | _is_free(subs, cycles)
    finalized = cycles.start + np.where(cycles.reason == CYCLE, HOUR, 0)
    chance_of_failure = np.where(
        opening, rates.NEW_CARD_FAILS, rates.FIRST_ATTEMPT_FAILS
    )
    chance_of_failure = np.where(is_bank, rates.BANK_FAILS, chance_of_failure)
    fails = rng.random(size) < chance_of_failure
    failure = draw_failure(rng, size, is_bank)
    tries, wins = draw_attempts(rng, fails, failure, is_bank)
    retry, lose = subs.must_retry[sub], subs.must_lose[sub]
    tries = np.where(retry & (cycles.turn == 1), 3, tries)
    loses = lose & (cycles.turn == 2) | subs.must_expire[sub] & (cycles.turn == 0)
    wins = (wins | retry | customers.may_hold_credit[subs.customer[sub]]) & ~loses
    tries = np.where(loses, ATTEMPTS, tries)
    tries = np.where(later | free | (opening & is_bank), 1, tries)
    wins = wins | later | free | (opening & is_bank)
    speed = np.where(subs.family[sub] == WEEKLY, 1, 0)
    speed = np.where(subs.family[sub] == DAILY, 2, speed)
    speed = np.where(is_bank, 3, speed)
    hours = np.where(opening[:, None], _INCOMPLETE_HOURS, _RETRY_HOURS[speed])
    jitter = rng.integers(0, 40 * MINUTE, (size, ATTEMPTS))
    jitter[:, 0] = rng.integers(1, 20, size)
    way = np.where(later, pick_way(rng, size), BY_CHARGE)
    settled_later = finalized + np.clip(rng.normal(24, 14, size), 1, 80) * DAY
    attempt_at = finalized[:, None] + hours * HOUR + jitter
    attempt_at[:, 0] = np.where(later, settled_later, attempt_at[:, 0])
    cycles.set(
        finalized=finalized,
        way=np.where(free, BY_CHARGE, way),
        tries=tries,
        wins=wins,
        failure=failure,
        attempt_at=attempt_at.astype(np.int64),
        is_opening=opening,
        by_bank=is_bank,
        pays_later=later,
        lost_as=np.where(later, pick(rng, [0.6, 0.4], size), 0),
        lost_at=np.where(later, finalized + 90 * DAY, NEVER),
    )


def pick_way(rng: np.random.Generator, size: int) -> np.ndarray:
    """How invoices with a due date are settled."""
    never, uncollectible, out_of_band, charge = rates.LATER_FATE
    weights = [charge, never + uncollectible, out_of_band]
    return np.array([BY_CHARGE, NEVER_PAID, OUT_OF_BAND])[pick(rng, weights, size)]


def draw_failure(
    rng: np.random.Generator, size: int, is_bank: np.ndarray
) -> np.ndarray:
    """Position of a failure code in cards' then banks' list; (n,)."""
    card = pick(rng, [row[2] for row in rates.FAILURES], size)
    bank = pick(rng, [row[2] for row in rates.BANK_FAILURES], size)
    return np.where(is_bank, len(rates.FAILURES) + bank, card)


def draw_attempts(
    rng: np.random.Generator,
    fails: np.ndarray,
    failure: np.ndarray,
    is_bank: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Number of attempts, and whether the last succeeds; (n,), (n,)."""
    by_code = [row[3] for row in rates.FAILURES] + [0.45] * len(rates.BANK_FAILURES)
    chance = np.array(by_code)[failure]
    tried = rng.random((len(fails), ATTEMPTS - 1)) < chance[:, None]
    recovers = tried.any(axis=1)
    tries = np.where(recovers, tried.argmax(axis=1) + 2, ATTEMPTS)
    return np.where(fails, tries, 1), ~fails | recovers


def _is_free(subs: Frame, cycles: Frame) -> np.ndarray:
    """Cycles whose total is zero: first month free, or nothing used yet."""
    opening = cycles.turn == 0
    opening &= (cycles.spell == 0) | (
        subs.pause_at[cycles.sub] <= subs.anchor[cycles.sub]
    )
    coupon = subs.coupon[cycles.sub]
    whole = (coupon >= 0) & (shop.COUPONS.percent[coupon] == 10_000)
    unused = (subs.family[cycles.sub] == METERED) & (cycles.turn == 0)
    return (whole & opening) | unused


def _lose(rng: np.random.Generator, subs: Frame, cycles: Frame) -> Frame:
    """End subscriptions whose invoice stays unpaid; drop the cycles thereafter.

    Sets `lost_kind`, `lost_at` of subscriptions, and `lost_as` (0 stays open,
    1 uncollectible, 2 void) and `lost_at` of cycles.
    """
    size = len(subs)
    hopeless = ~cycles.wins & (cycles.way == BY_CHARGE)
    policy = np.where(cycles.is_opening, 3, subs.policy[cycles.sub])
    fatal = hopeless & (policy != 2)
    first = np.full(size, NEVER)
    np.minimum.at(first, cycles.sub[fatal], cycles.start[fatal])
    decisive = fatal & (cycles.start == first[cycles.sub])
    over = cycles.attempt_at[:, -1] + HOUR + np.where(cycles.by_bank, BANK_SECONDS, 0)
    over = np.where(cycles.is_opening, cycles.start + 23 * HOUR, over)
    kind, lost_at = np.zeros(size, dtype=np.int64), np.full(size, NEVER)
    kind[cycles.sub[decisive]] = np.array([1, 2, 0, 3])[policy[decisive]]
    lost_at[cycles.sub[decisive]] = over[decisive]
    subs.set(lost_kind=kind, lost_at=lost_at)
    outcome = pick(rng, rates.LOST_INVOICE, len(cycles))
    outcome = np.where(subs.must_lose[cycles.sub], 0, outcome)
    outcome = np.where(cycles.is_opening, 2, outcome)
    wait = rng.integers(1, 10 * DAY, len(cycles))
    when = np.where(cycles.is_opening, over, over + wait)
    kept = hopeless & (policy == 2)
    cycles.set(
        lost_as=np.where(hopeless, np.where(kept, 0, outcome), cycles.lost_as),
        lost_at=np.where(hopeless, when, cycles.lost_at),
    )
    alive = cycles.start <= first[cycles.sub]
    after = (kind[cycles.sub] == LOST_UNPAID) & (cycles.start > lost_at[cycles.sub])
    drafts = after & (cycles.start < lost_at[cycles.sub] + 95 * DAY)
    cycles.way = np.where(drafts, STAYS_DRAFT, cycles.way)
    return cycles.take(alive | drafts)


def _settle_ends(world: World, subs: Frame, cycles: Frame) -> None:
    """Sets `canceled_at` and `ended_at`; undoes changes that come too late."""
    paid_to = np.full(len(subs), -1)
    regular = cycles.way != STAYS_DRAFT
    np.maximum.at(paid_to, cycles.sub[regular], cycles.end[regular])
    leaves = subs.leave_at < world.end
    resting = (subs.leave_at >= subs.pause_at) & (subs.leave_at < subs.resume_at)
    at_once = subs.leaves_now | (paid_to < subs.leave_at) | resting
    ended = np.where(at_once, subs.leave_at, paid_to)
    ended = np.where(leaves, ended, NEVER)
    canceled = np.where(leaves, subs.leave_at, NEVER)
    lost = (subs.lost_kind > 0) & (subs.lost_at < ended)
    subs.lost_kind = np.where(lost, subs.lost_kind, NOT_LOST)
    subs.lost_at = np.where(lost, subs.lost_at, NEVER)
    given_up = np.where(np.arange(len(subs)) % 2 == 0, subs.lost_at + 60 * DAY, NEVER)
    lost_end = np.where(subs.lost_kind == LOST_UNPAID, given_up, subs.lost_at)
    ended = np.where(lost, lost_end, ended)
    canceled = np.where(lost, lost_end, canceled)
    canceled = np.where(subs.lost_kind == LOST_INCOMPLETE, NEVER, canceled)
    limit = np.minimum(np.minimum(ended, subs.lost_at), world.end)
    subs.state_at[:, 1:] = np.where(
        subs.state_at[:, 1:] < limit[:, None], subs.state_at[:, 1:], NEVER
    )
    subs.pause_at = np.where(subs.pause_at < limit, subs.pause_at, NEVER)
    gone = (subs.pause_at == NEVER) | (subs.resume_at >= limit)
    subs.resume_at = np.where(gone, NEVER, subs.resume_at)
    subs.set(canceled_at=canceled, ended_at=ended)
