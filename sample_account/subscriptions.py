"""Intentions of subscribers: what they take, change, pause and give up, and when.

What really happens also depends on payments; see `invoices.py`.
"""

from __future__ import annotations

import numpy as np

from . import catalog as shop
from . import rates
from .chance import pick
from .clock import DAY, HOUR, MINUTE, NEVER, add_months
from .customers import hours
from .frame import Frame
from .world import World

MONTHLY, YEARLY, QUARTERLY, WEEKLY, DAILY, TIERED, METERED = range(7)
NO_CHANGE, UPGRADE, MORE, DOWNGRADE, FEWER, SWAP, TO_YEARLY = range(7)
MONTH = int(30.4 * DAY)


def first_subscriptions(world: World, customers: Frame) -> Frame:
    """One per subscriber, and a second one for some; intentions, (n,)."""
    rng = world.rng("subscriptions")
    main = np.flatnonzero(customers.is_subscriber)
    created = customers.created[main] + rng.integers(MINUTE, 2 * HOUR, len(main))
    wants_second = rng.random(len(main)) < rates.SECOND_SUBSCRIPTION
    wants_second |= customers.role[main] == rates.CAST_TWO_SUBSCRIPTIONS
    second = main[wants_second]
    later = customers.created[second] + rng.integers(20, 150, len(second)) * DAY
    later += hours(rng, len(second))
    return _intend(
        world,
        rng,
        customers,
        np.concatenate([main, second]),
        np.concatenate([created, later]),
        np.repeat([False, True], [len(main), len(second)]),
    )


def returning_subscriptions(
    world: World, customers: Frame, owner: np.ndarray, ended: np.ndarray
) -> Frame:
    """New ones of customers whose last subscription ended; intentions, (n,)."""
    rng = world.rng("reactivations")
    returns = rng.random(len(owner)) < rates.REACTIVATION
    returns |= customers.role[owner] == rates.CAST_REACTIVATES
    returns &= ended < world.end
    owner, ended = owner[returns], ended[returns]
    created = ended + rng.integers(35, 120, len(owner)) * DAY + hours(rng, len(owner))
    return _intend(
        world, rng, customers, owner, created, np.ones(len(owner), dtype=bool)
    )


def _intend(
    world: World,
    rng: np.random.Generator,
    customers: Frame,
    owner: np.ndarray,
    created: np.ndarray,
    is_later: np.ndarray,
) -> Frame:
    """Intentions of the subscriptions that start while there is a life for it."""
    starts = (created < world.end) & (created < customers.deleted_at[owner])
    owner, created, is_later = owner[starts], created[starts], is_later[starts]
    subs = Frame(customer=owner, created=created, is_later=is_later)
    who = customers.take(owner)
    _choose_plan(rng, subs, who)
    _choose_trial(rng, subs, who)
    _choose_coupon(rng, subs, who)
    _choose_changes(rng, subs, who)
    _choose_pause(rng, subs, who)
    _choose_end(rng, subs, who)
    size = len(subs)
    return subs.set(
        policy=np.where(
            who.role == rates.CAST_UNPAID, 1, pick(rng, rates.DUNNING_POLICY, size)
        ),
        must_lose=(who.role == rates.CAST_UNPAID) & ~is_later,
        must_expire=(who.role == rates.CAST_INCOMPLETE) & ~is_later,
        must_retry=(who.role == rates.CAST_RETRY_THIRD) & ~is_later,
        application_fee=np.where(who.via_application, 5, 0),
    )


def _choose_plan(rng: np.random.Generator, subs: Frame, who: Frame) -> None:
    """Plan, quantity and add-on at the start."""
    size = len(subs)
    family = pick(rng, rates.PLAN_MIX, size)
    first = ~subs.is_later
    is_cast = who.role < rates.CAST_SIZE
    family = np.where(is_cast, MONTHLY, family)
    family = np.where(
        (who.role == rates.CAST_YEARLY_THREE_LOYAL) & first, YEARLY, family
    )
    family = np.where((who.role == rates.CAST_DAILY) & first, DAILY, family)
    tier = pick(rng, rates.TIER_MIX, size)
    offset = tier * 4 + np.minimum(family, WEEKLY)
    special = [shop.OFFSET_DAILY, shop.OFFSET_TIERED, shop.OFFSET_METERED]
    for kind, place in zip([DAILY, TIERED, METERED], special, strict=True):
        offset = np.where(family == kind, place, offset)
    seats = np.where(tier == 0, 1, rng.geometric(0.35, size))
    seats = np.where(family == TIERED, 3 + rng.geometric(0.08, size), seats)
    seats = np.where((family == DAILY) | (family == METERED), 1, seats)
    three = (who.role == rates.CAST_YEARLY_THREE_LOYAL) & first
    base = who.currency * shop.PLANS_PER_CURRENCY
    addon = (rng.random(size) < rates.ADDON) & (family <= WEEKLY) & ~is_cast
    addon_plan = base + shop.OFFSET_ADDON + np.minimum(family, WEEKLY)
    metered = base + shop.OFFSET_METERED
    is_metered_addon = (family == MONTHLY) & (rng.random(size) < 0.4)
    subs.set(
        family=family,
        plan=base + offset,
        quantity=np.where(three, 3, np.minimum(seats, 60)),
        addon=np.where(addon, np.where(is_metered_addon, metered, addon_plan), -1),
        pays_later=who.pays_later & (family <= QUARTERLY),
    )


def _choose_trial(rng: np.random.Generator, subs: Frame, who: Frame) -> None:
    """Trial length in days (0: none) and how the trial ends."""
    size = len(subs)
    days = np.array([7, 14, 14, 14, 30])[rng.integers(0, 5, size)]
    role_trial = np.isin(who.role, [rates.CAST_PAUSED, rates.CAST_SWAPS])
    has = rng.random(size) < rates.TRIAL
    has &= (who.role >= rates.CAST_SIZE) & ~subs.pays_later
    has &= (subs.family != DAILY) & ~subs.is_later
    has |= role_trial & ~subs.is_later
    fate = rng.random(size)
    converts = (fate < rates.TRIAL_CONVERTS) | (who.role < rates.CAST_SIZE)
    pauses = (fate >= 1 - rates.TRIAL_PAUSES) | (who.role == rates.CAST_PAUSED)
    subs.set(
        trial_end=np.where(has, subs.created + days * DAY, NEVER),
        trial_pauses=has & pauses,
        trial_fails=has & ~converts & ~pauses,
        anchor=np.where(has, subs.created + days * DAY, subs.created),
    )


def _choose_coupon(rng: np.random.Generator, subs: Frame, who: Frame) -> None:
    """Coupon of the subscription and when it ends (NEVER: open)."""
    size = len(subs)
    choice = pick(rng, rates.COUPON_MIX, size) - 1
    is_five = choice == shop.COUPON_FIVE
    choice = np.where(is_five, shop.COUPON_FIVE + who.currency, choice)
    half_year = choice == 5
    no = half_year & (who.currency != shop.USD)
    no |= np.isin(choice, [5, 6, 7, 8, 9]) & np.isin(subs.family, [WEEKLY, DAILY])
    no |= (who.role < rates.CAST_SIZE) | subs.pays_later & (choice == 4)
    # one discount at a time: the customer has one already
    no |= who.coupon >= 0
    choice = np.where(no, shop.NO_COUPON, choice)
    loyal = (who.role == rates.CAST_YEARLY_THREE_LOYAL) & ~subs.is_later
    choice = np.where(loyal, 2, choice)
    duration = np.where(choice >= 0, shop.COUPONS.duration[choice], -1)
    removed = (rng.random(size) < rates.COUPON_REMOVED) & (duration == shop.FOREVER)
    removed &= ~loyal
    away = subs.anchor + rng.integers(40, 300, size) * DAY
    repeated = add_months(subs.created, np.maximum(shop.COUPONS.months[choice], 0))
    coupon_end = np.where(removed, away, NEVER)
    coupon_end = np.where(duration == shop.REPEATING, repeated, coupon_end)
    subs.set(coupon=choice, coupon_end=coupon_end)


def _choose_changes(rng: np.random.Generator, subs: Frame, who: Frame) -> None:
    """Up to two changes of the main item: times and the states that follow.

    Sets `state_at`, `state_plan`, `state_quantity`, shape (n, 3), and
    `change_kind`, `change_now`, shape (n, 2).
    """
    size = len(subs)
    can = (subs.family <= WEEKLY) & ~subs.trial_fails
    swaps = (who.role == rates.CAST_SWAPS) & ~subs.is_later
    at = np.full((size, 3), NEVER)
    at[:, 0] = subs.created
    plan = np.repeat(subs.plan[:, None], 3, axis=1)
    seats = np.repeat(subs.quantity[:, None], 3, axis=1)
    kinds = np.zeros((size, 2), dtype=np.int64)
    moment = subs.anchor
    for turn in range(2):
        wait = rng.exponential(MONTH / rates.CHANGE_PER_MONTH, size).astype(np.int64)
        wait = np.where(swaps & (turn == 0), 20 * DAY, wait)
        moment = np.minimum(moment + DAY + wait, NEVER)
        kind = 1 + pick(rng, rates.CHANGE_MIX, size)
        to_yearly = (rng.random(size) < rates.TO_YEARLY) & (subs.family == MONTHLY)
        to_yearly &= (subs.addon < 0) & (turn == 0)
        to_yearly &= ~subs.trial_pauses & ~subs.pays_later
        kind = np.where(to_yearly, TO_YEARLY, kind)
        kind = np.where(swaps & (turn == 0), SWAP, kind)
        down = (kind == DOWNGRADE) | (kind == FEWER)
        kind = np.where(down & ~who.may_hold_credit, MORE, kind)
        kind = np.where((kinds[:, 0] == TO_YEARLY) & (turn == 1), NO_CHANGE, kind)
        kind = np.where((kinds[:, 0] == SWAP) & (kind == SWAP), NO_CHANGE, kind)
        kind, plan_after, seats_after = _apply(rng, kind, plan[:, turn], seats[:, turn])
        happens = can & (kind != NO_CHANGE)
        if turn:
            happens &= at[:, 1] < NEVER
        at[:, turn + 1] = np.where(happens, moment, NEVER)
        kinds[:, turn] = np.where(happens, kind, NO_CHANGE)
        for later in range(turn + 1, 3):
            plan[:, later] = np.where(happens, plan_after, plan[:, later])
            seats[:, later] = np.where(happens, seats_after, seats[:, later])
    swapped_second = np.where(kinds[:, 1] == SWAP, 2, 9)
    subs.set(
        swap_state=np.where(kinds[:, 0] == SWAP, 1, swapped_second),
        state_at=at,
        state_plan=plan,
        state_quantity=seats,
        change_kind=kinds,
        change_now=rng.random((size, 2)) < rates.CHANGE_INVOICED_NOW,
    )


def _apply(
    rng: np.random.Generator, kind: np.ndarray, plan: np.ndarray, seats: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Plan and seats after a change; kinds that are impossible become NO_CHANGE."""
    tier = plan % shop.PLANS_PER_CURRENCY // 4
    raised = (kind == UPGRADE) | (kind == SWAP)
    no = (raised & (tier >= 2)) | ((kind == DOWNGRADE) & (tier == 0))
    no |= (kind == FEWER) & (seats < 2)
    kind = np.where(no, NO_CHANGE, kind)
    raised, lowered = raised & ~no, (kind == DOWNGRADE) & ~no
    after = plan + 4 * raised - 4 * lowered + (kind == TO_YEARLY)
    step = rng.integers(1, 5, len(plan))
    more = np.where(kind == MORE, step, 0)
    fewer = np.where(kind == FEWER, np.minimum(step, seats - 1), 0)
    return kind, after, seats + more - fewer


def _choose_pause(rng: np.random.Generator, subs: Frame, who: Frame) -> None:
    """Pause between `pause_at` and `resume_at` (NEVER: none), billing anew after."""
    size = len(subs)
    simple = (subs.state_at[:, 1] == NEVER) & (subs.family == MONTHLY)
    simple &= ~subs.trial_fails & ~subs.trial_pauses & ~subs.pays_later
    pauses = (rng.random(size) < rates.PAUSE) & simple
    at = subs.anchor + rng.integers(20, 200, size) * DAY
    at = np.where(pauses, at, NEVER)
    at = np.where(subs.trial_pauses, subs.trial_end, at)
    length = rng.integers(20, 100, size) * DAY + rng.integers(0, DAY, size)
    never_back = (rng.random(size) < 0.4) & (who.role != rates.CAST_PAUSED)
    resume = np.where((at < NEVER) & ~never_back, at + length, NEVER)
    subs.set(pause_at=at, resume_at=resume)
    moved = subs.trial_pauses & (subs.state_at[:, 1] < NEVER)
    subs.state_at[moved, 1:] = NEVER
    for later in (1, 2):
        subs.state_plan[moved, later] = subs.plan[moved]
        subs.state_quantity[moved, later] = subs.quantity[moved]
    subs.change_kind[moved] = NO_CHANGE
    subs.swap_state[moved] = 9


def _choose_end(rng: np.random.Generator, subs: Frame, who: Frame) -> None:
    """When the customer asks to leave (`leave_at`), and if that is at once."""
    size = len(subs)
    wait = rng.exponential(MONTH / rates.CHURN_PER_MONTH, size)
    leave = subs.anchor + wait.astype(np.int64) + HOUR
    stays = who.role < rates.CAST_SIZE
    leave = np.where(stays, NEVER, leave)
    short = rng.integers(15, 80, size) * DAY
    leave = np.where(subs.family == DAILY, subs.created + short, leave)
    soon = subs.anchor + rng.integers(70, 150, size) * DAY
    two = (who.role == rates.CAST_TWO_SUBSCRIPTIONS) & subs.is_later
    back = (who.role == rates.CAST_REACTIVATES) & ~subs.is_later
    leave = np.where(two | back, soon, leave)
    share = rng.random(size)
    in_trial = subs.created + (share * (subs.anchor - subs.created)).astype(np.int64)
    leave = np.where(subs.trial_fails, in_trial, leave)
    now = (rng.random(size) < rates.CANCEL_NOW) & ~subs.trial_fails
    forced = who.deleted_at < leave
    subs.set(
        leave_at=np.where(forced, who.deleted_at, leave),
        leaves_now=now | forced,
    )
