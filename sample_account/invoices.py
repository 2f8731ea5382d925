"""Invoices and their lines: amounts, prorations, discounts, tax and balances."""

from __future__ import annotations

import itertools

import numpy as np

from . import catalog as shop
from . import rates
from .billing import (
    ATTEMPTS,
    BY_CHARGE,
    CYCLE,
    MANUAL,
    NEVER_PAID,
    OUT_OF_BAND,
    STAYS_DRAFT,
    UPDATE,
    draw_attempts,
    draw_failure,
)
from .chance import pick
from .clock import DAY, HOUR, MINUTE, NEVER
from .customers import hours
from .frame import Frame, ragged, stack, sum_by
from .money import divide
from .subscriptions import NO_CHANGE, TO_YEARLY
from .world import World

LINE_PLAN, LINE_ADDON, LINE_USAGE, LINE_TRIAL, LINE_CREDIT, LINE_DEBIT, LINE_ITEM = (
    range(7)
)
NO_INVOICE = -1
_BIG = 2**40


def invoice(
    world: World, customers: Frame, subs: Frame, cycles: Frame
) -> tuple[Frame, Frame]:
    """Invoices with totals and outcomes, (n,); and lines, (m,).

    Lines whose `invoice` is NO_INVOICE are invoice items still waiting for one.
    """
    rng = world.rng("invoices")
    invoices = _from_cycles(subs, cycles)
    lines = [_plan_lines(rng, subs, cycles), _addon_lines(rng, subs, cycles)]
    changes = _changes(subs, cycles)
    updates, proration = _prorate(rng, subs, cycles, changes)
    manual, manual_lines = _manual(world, rng, customers)
    offset = len(invoices)
    proration.invoice = np.where(
        proration.invoice >= _BIG, proration.invoice - _BIG + offset, proration.invoice
    )
    manual_lines.invoice += offset + len(updates)
    extra = _extra_lines(rng, subs, cycles)
    invoices = stack([invoices, updates, manual])
    every_line = stack([*lines, proration, extra, manual_lines])
    _total(customers, subs, invoices, every_line)
    _carry_balance(customers, invoices)
    _resolve(invoices)
    return invoices, every_line


def _from_cycles(subs: Frame, cycles: Frame) -> Frame:
    """One invoice per cycle, at the same position."""
    rank = _rank(cycles)
    return Frame(
        sub=cycles.sub,
        customer=subs.customer[cycles.sub],
        reason=cycles.reason,
        rank=rank,
        created=cycles.start,
        period_start=np.where(cycles.reason == CYCLE, cycles.previous, cycles.start),
        finalized=np.where(cycles.way == STAYS_DRAFT, NEVER, cycles.finalized),
        way=cycles.way,
        tries=cycles.tries,
        wins=cycles.wins,
        failure=cycles.failure,
        attempt_at=cycles.attempt_at,
        by_bank=cycles.by_bank,
        pays_later=cycles.pays_later,
        lost_as=cycles.lost_as,
        lost_at=cycles.lost_at,
    )


def _rank(cycles: Frame) -> np.ndarray:
    """Number of earlier regular (not trial) cycles of the subscription; (n,)."""
    regular = (~cycles.is_trial).astype(np.int64)
    before = np.cumsum(regular) - regular
    starts = np.searchsorted(cycles.sub, cycles.sub, side="left")
    return before - before[starts]


def _state(subs: Frame, sub: np.ndarray, moment: np.ndarray) -> np.ndarray:
    """Which of the three states of the main item holds at a moment; (n,)."""
    return (subs.state_at[sub] <= moment[:, None]).sum(axis=1) - 1


def _price(plan: np.ndarray, quantity: np.ndarray) -> np.ndarray:
    """Amount for one interval; metered plans cost nothing in advance; (n,)."""
    tiered = shop.tiered_amount(quantity, shop.PLANS.currency[plan])
    licensed = shop.PLANS.amount[plan] * quantity
    return np.where(shop.PLANS.kind[plan] == shop.TIERED, tiered, licensed)


def _lines(kind: int, sub: np.ndarray, **given: np.ndarray) -> Frame:
    """Lines of one kind with the given columns, others by default."""
    size = len(sub)
    columns = {
        "amount": np.zeros(size, dtype=np.int64),
        "quantity": np.ones(size, dtype=np.int64),
        "plan": np.full(size, -1),
        "slot": np.zeros(size, dtype=np.int64),
        "text": np.zeros(size, dtype=np.int64),
    }
    return Frame(kind=np.full(size, kind), sub=sub, **(columns | given))


def _plan_lines(rng: np.random.Generator, subs: Frame, cycles: Frame) -> Frame:
    """The main item of each cycle."""
    sub = cycles.sub
    state = _state(subs, sub, cycles.start)
    plan = subs.state_plan[sub, state]
    seats = subs.state_quantity[sub, state]
    metered = shop.PLANS.kind[plan] == shop.METERED
    units = _usage(rng, len(sub)) * (cycles.turn > 0)
    amount = np.where(metered, _usage_price(units, plan), _price(plan, seats))
    swap = subs.swap_state[sub]
    lines = _lines(
        LINE_PLAN,
        sub,
        invoice=np.arange(len(sub)),
        customer=subs.customer[sub],
        amount=np.where(cycles.is_trial, 0, amount),
        quantity=np.where(metered & ~cycles.is_trial, units, seats),
        plan=plan,
        slot=np.where(state >= swap, 2, 0),
        start=np.where(metered, cycles.previous, cycles.start),
        end=np.where(metered & (cycles.turn > 0), cycles.start, cycles.end),
    )
    lines.kind = np.where(cycles.is_trial, LINE_TRIAL, lines.kind)
    lines.kind = np.where(metered & ~cycles.is_trial, LINE_USAGE, lines.kind)
    return lines


def _usage(rng: np.random.Generator, size: int) -> np.ndarray:
    """Units used in a month."""
    return np.clip(rng.lognormal(8.6, 0.9, size), 600, 200_000).astype(np.int64)


def _usage_price(units: np.ndarray, plan: np.ndarray) -> np.ndarray:
    """Price of metered units; minor units (n,)."""
    level = shop.MINOR_PER_USD_CENT[shop.PLANS.currency[plan]]
    return np.rint(units * shop.PER_USE_CENTS * level).astype(np.int64)


def _addon_lines(rng: np.random.Generator, subs: Frame, cycles: Frame) -> Frame:
    """The second item, where a subscription has one."""
    has = np.flatnonzero((subs.addon[cycles.sub] >= 0) & ~cycles.is_trial)
    sub, plan = cycles.sub[has], subs.addon[cycles.sub[has]]
    metered = shop.PLANS.kind[plan] == shop.METERED
    units = _usage(rng, len(has)) * (cycles.turn[has] > 0)
    amount = np.where(metered, _usage_price(units, plan), shop.PLANS.amount[plan])
    lines = _lines(
        LINE_ADDON,
        sub,
        invoice=has,
        customer=subs.customer[sub],
        amount=amount,
        quantity=np.where(metered, units, 1),
        plan=plan,
        slot=np.ones(len(has), dtype=np.int64),
        start=np.where(metered, cycles.previous[has], cycles.start[has]),
        end=np.where(
            metered & (cycles.turn[has] > 0), cycles.start[has], cycles.end[has]
        ),
    )
    lines.kind = np.where(metered, LINE_USAGE, lines.kind)
    return lines


def _changes(subs: Frame, cycles: Frame) -> Frame:
    """Changes of items that fall into a paid period; `cycle` is that period's."""
    sub = np.repeat(np.arange(len(subs)), 2)
    turn = np.tile([1, 2], len(subs))
    changes = Frame(
        sub=sub,
        turn=turn,
        at=subs.state_at[:, 1:].ravel(),
        kind=subs.change_kind.ravel(),
        now=subs.change_now.ravel(),
    )
    changes = changes.take((changes.at < NEVER) & (changes.kind != NO_CHANGE))
    keys = cycles.sub * _BIG + cycles.start
    # strictly before, so that a new yearly period is not its own past
    cycle = np.searchsorted(keys, changes.sub * _BIG + changes.at, side="left") - 1
    cycle = np.maximum(cycle, 0)
    inside = (cycles.sub[cycle] == changes.sub) & (changes.at < cycles.end[cycle])
    paid = inside & ~cycles.is_trial[cycle] & (cycles.way[cycle] != STAYS_DRAFT)
    return changes.set(cycle=cycle).take(paid)


def _prorate(
    rng: np.random.Generator, subs: Frame, cycles: Frame, changes: Frame
) -> tuple[Frame, Frame]:
    """Invoices made at once for changes, and two lines per change.

    A line's `invoice` is a cycle, NO_INVOICE, or _BIG + position among the new ones.
    """
    sub, cycle, turn = changes.sub, changes.cycle, changes.turn
    following = np.minimum(cycle + 1, len(cycles) - 1)
    follows = (cycles.sub[following] == sub) & (following > cycle)
    follows &= cycles.way[following] != STAYS_DRAFT
    target = np.where(follows, following, NO_INVOICE)
    yearly = changes.kind == TO_YEARLY
    now = changes.now & ~yearly
    place = np.cumsum(now) - 1
    target = np.where(now, _BIG + place, target)
    start, end = cycles.start[cycle], cycles.end[cycle]
    left, whole = end - changes.at, end - start
    lines = []
    for kind, state, sign in ((LINE_CREDIT, turn - 1, -1), (LINE_DEBIT, turn, 1)):
        plan, seats = subs.state_plan[sub, state], subs.state_quantity[sub, state]
        share = divide(_price(plan, seats) * left, whole)
        swap = subs.swap_state[sub]
        line = _lines(
            kind,
            sub,
            invoice=target,
            customer=subs.customer[sub],
            amount=sign * share,
            quantity=seats,
            plan=plan,
            slot=np.where(state >= swap, 2, 0),
            start=changes.at,
            end=end,
        )
        lines.append(line if kind == LINE_CREDIT else line.take(~yearly))
    updates = _new_invoices(
        rng,
        customer=subs.customer[sub[now]],
        sub=sub[now],
        created=changes.at[now],
        by_bank=subs.is_bank[sub[now]],
        pays_later=subs.pays_later[sub[now]],
    )
    return updates, stack(lines)


def _new_invoices(
    rng: np.random.Generator,
    customer: np.ndarray,
    sub: np.ndarray,
    created: np.ndarray,
    by_bank: np.ndarray,
    pays_later: np.ndarray,
) -> Frame:
    """Invoices made at a moment, finalized at once, always paid in the end."""
    size = len(sub)
    failure = draw_failure(rng, size, by_bank)
    fails = (rng.random(size) < rates.FIRST_ATTEMPT_FAILS) & ~by_bank
    tries, _ = draw_attempts(rng, fails, failure, by_bank)
    steps = np.array([0, 70, 150, 260]) * HOUR
    jitter = rng.integers(1, 30 * MINUTE, (size, ATTEMPTS))
    return Frame(
        sub=sub,
        customer=customer,
        reason=np.full(size, UPDATE),
        rank=np.full(size, -1),
        created=created,
        period_start=created,
        finalized=created + 1,
        way=np.full(size, BY_CHARGE),
        tries=tries,
        wins=np.ones(size, dtype=bool),
        failure=failure,
        attempt_at=created[:, None] + steps + jitter,
        by_bank=by_bank,
        pays_later=pays_later,
        lost_as=np.zeros(size, dtype=np.int64),
        lost_at=np.full(size, NEVER),
    )


def _manual(
    world: World, rng: np.random.Generator, customers: Frame
) -> tuple[Frame, Frame]:
    """One-off invoices with items, in every state; lines count from 0."""
    has = rng.random(len(customers)) < rates.MANUAL_INVOICE
    wait = rng.integers(DAY, 400 * DAY, len(customers)) + hours(rng, len(customers))
    created = customers.created + wait
    has &= (created < world.end) & (created < customers.deleted_at)
    who = np.flatnonzero(has)
    size, created = len(who), created[who]
    sends = rng.random(size) < 0.6
    made = _new_invoices(
        rng, who, np.full(size, -1), created, np.zeros(size, dtype=bool), sends
    )
    fate = pick(rng, rates.MANUAL_FATE, size)
    fate = np.where(customers.may_hold_credit[who] & (fate < 3), 4, fate)
    ways = [STAYS_DRAFT, NEVER_PAID, NEVER_PAID, OUT_OF_BAND, BY_CHARGE]
    made.way = np.array(ways)[fate]
    made.reason = np.full(size, MANUAL)
    made.finalized = np.where(fate == 0, NEVER, created + HOUR)
    made.lost_as = np.where(fate == 1, 2, np.where(fate == 2, 1, 0))
    made.lost_at = created + rng.integers(3, 60, size) * DAY
    first = made.attempt_at[:, 0] + HOUR
    days = np.clip(rng.normal(22, 15, size), 1, 70)
    slow = sends | (made.way == OUT_OF_BAND)
    first = np.where(slow, created + (days * DAY).astype(np.int64), first)
    made.attempt_at += (first - made.attempt_at[:, 0])[:, None]
    parent, _ = ragged(rng.integers(1, 4, size))
    lines = _item_lines(rng, customers, who[parent], parent, created[parent])
    return made, lines


def _item_lines(
    rng: np.random.Generator,
    customers: Frame,
    customer: np.ndarray,
    invoice: np.ndarray,
    moment: np.ndarray,
) -> Frame:
    """Lines for goods and services sold by the piece."""
    size = len(customer)
    seats = rng.integers(1, 5, size)
    cents = rng.integers(4, 60, size) * 500
    level = shop.MINOR_PER_USD_CENT[customers.currency[customer]]
    return _lines(
        LINE_ITEM,
        np.full(size, -1),
        invoice=invoice,
        customer=customer,
        amount=(cents * level).astype(np.int64) * seats,
        quantity=seats,
        start=moment,
        end=moment,
        text=rng.integers(0, 4, size),
    )


def _extra_lines(rng: np.random.Generator, subs: Frame, cycles: Frame) -> Frame:
    """Items that ride on a regular invoice."""
    rides = rng.random(len(cycles)) < rates.EXTRA_ITEM
    rides &= (cycles.reason == CYCLE) & (cycles.way != STAYS_DRAFT)
    place = np.flatnonzero(rides)
    sub = cycles.sub[place]
    cents = rng.integers(2, 30, len(place)) * 250
    owner = subs.customer[sub]
    level = shop.MINOR_PER_USD_CENT[shop.PLANS.currency[subs.plan[sub]]]
    return _lines(
        LINE_ITEM,
        sub,
        invoice=place,
        customer=owner,
        amount=(cents * level).astype(np.int64),
        start=cycles.start[place],
        end=cycles.start[place],
        text=rng.integers(0, 4, len(place)),
    )


def _total(customers: Frame, subs: Frame, invoices: Frame, lines: Frame) -> None:
    """Sets `subtotal`, `discount`, `tax`, `total`, `tax_rate`."""
    size = len(invoices)
    billed = lines.invoice != NO_INVOICE
    subtotal = sum_by(lines.invoice[billed], lines.amount[billed], size)
    regular = billed & (lines.kind <= LINE_TRIAL)
    base = sum_by(lines.invoice[regular], lines.amount[regular], size)
    coupon = _coupon(customers, subs, invoices)
    has = coupon >= 0
    percent = divide(base * shop.COUPONS.percent[coupon], 10_000)
    amount = np.minimum(shop.COUPONS.amount_off[coupon], base)
    is_amount = shop.COUPONS.amount_off[coupon] > 0
    discount = np.where(has, np.where(is_amount, amount, percent), 0)
    rate = customers.tax[invoices.customer]
    milli = np.where(rate >= 0, shop.TAX_MILLI[rate], 0)
    tax = divide((subtotal - discount) * milli, 100_000)
    invoices.set(
        subtotal=subtotal,
        discount=discount,
        tax=tax,
        tax_rate=rate,
        total=subtotal - discount + tax,
    )


def _coupon(customers: Frame, subs: Frame, invoices: Frame) -> np.ndarray:
    """Coupon that applies to each invoice, or NO_COUPON; (n,)."""
    has_sub = (invoices.sub >= 0) & (invoices.rank >= 0)
    sub = np.where(has_sub, invoices.sub, 0)
    if len(subs) == 0:
        return np.full(len(invoices), shop.NO_COUPON)
    own = subs.coupon[sub]
    once = (own >= 0) & (shop.COUPONS.duration[own] == shop.ONCE)
    over = (invoices.created >= subs.coupon_end[sub]) | (once & (invoices.rank > 0))
    fallback = customers.coupon[invoices.customer]
    coupon = np.where(own >= 0, np.where(over, shop.NO_COUPON, own), fallback)
    return np.where(has_sub, coupon, shop.NO_COUPON)


def _carry_balance(customers: Frame, invoices: Frame) -> None:
    """Sets `starting`, `ending` balance and `amount_due`.

    A customer's invoices follow each other in the order in which they are finalized.
    What is too little to charge is carried over, as is what is left of a credit.
    """
    size = len(customers)
    starting = np.zeros(len(invoices), dtype=np.int64)
    due, ending = np.maximum(invoices.total, 0), np.zeros_like(starting)
    least = shop.SMALLEST_CHARGE[customers.currency[invoices.customer]]
    odd = (invoices.total < least) & (invoices.total != 0)
    involved = customers.credit != 0
    involved[invoices.customer[odd]] = True
    open_ones = invoices.finalized < NEVER
    rows = np.flatnonzero(involved[invoices.customer] & open_ones)
    rows = rows[np.lexsort((rows, invoices.finalized[rows], invoices.customer[rows]))]
    owner = invoices.customer[rows]
    turn = np.arange(len(rows)) - np.searchsorted(owner, owner, side="left")
    order = np.argsort(turn, kind="stable")
    bounds = np.searchsorted(turn[order], np.arange(turn.max(initial=-1) + 2))
    balance, given = np.zeros(size, dtype=np.int64), customers.credit == 0
    for low, high in itertools.pairwise(bounds):
        row = rows[order[low:high]]
        who = invoices.customer[row]
        arrives = ~given[who] & (customers.credit_at[who] <= invoices.finalized[row])
        given[who[arrives]] = True
        starting[row] = balance[who] + np.where(arrives, customers.credit[who], 0)
        sum_due = invoices.total[row] + starting[row]
        small = sum_due < least[row]
        due[row] = np.where(small, 0, sum_due)
        ending[row] = np.where(small, sum_due, 0)
        balance[who] = ending[row]
    invoices.set(starting=starting, ending=ending, due=due)


def _resolve(invoices: Frame) -> None:
    """Sets when each invoice is paid, voided or given up, and its attempts.

    `tries` becomes 0 where no charge is made.
    """
    nothing = (invoices.due == 0) & (invoices.finalized < NEVER)
    charged = (invoices.way == BY_CHARGE) & ~nothing & (invoices.finalized < NEVER)
    tries = np.where(charged, invoices.tries, 0)
    wins = charged & invoices.wins
    place = np.maximum(tries - 1, 0)
    success = np.take_along_axis(invoices.attempt_at, place[:, None], axis=1)[:, 0]
    success = success + np.where(invoices.by_bank, 4 * DAY, 0)
    out = (invoices.way == OUT_OF_BAND) & ~nothing
    paid = np.where(wins, success, NEVER)
    paid = np.where(out, invoices.attempt_at[:, 0], paid)
    paid = np.where(nothing, invoices.finalized, paid)
    lost = ~nothing & ~wins & ~out & (invoices.finalized < NEVER)
    gone = np.where(lost, invoices.lost_at, NEVER)
    invoices.set(
        tries=tries,
        wins=wins,
        paid_at=paid,
        is_out_of_band=out,
        voided_at=np.where(invoices.lost_as == 2, gone, NEVER),
        uncollectible_at=np.where(invoices.lost_as == 1, gone, NEVER),
        due_date=np.where(
            invoices.pays_later & (invoices.finalized < NEVER),
            invoices.finalized + 30 * DAY,
            NEVER,
        ),
    )
