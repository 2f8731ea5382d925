"""Payment intents and charges: of invoices, and one-off by customers and guests."""

from __future__ import annotations

import numpy as np

from . import catalog as shop
from . import rates
from .billing import ATTEMPTS, BANK_SECONDS, draw_attempts, draw_failure
from .chance import pick
from .clock import DAY, HOUR, MINUTE, NEVER
from .customers import hours, moments
from .frame import Frame, ragged, stack
from .world import World

NOBODY = -1
AT_ONCE, CAPTURED_IN_FULL, CAPTURED_IN_PART, EXPIRED = range(4)
CONNECTED_ACCOUNTS = 3


def pay(world: World, customers: Frame, invoices: Frame) -> tuple[Frame, Frame]:
    """All payment intents (n,) and all charges (m,) of the chunk."""
    intents, charges = _of_invoices(world, customers, invoices)
    more_intents, more_charges = _one_off(world, customers)
    linked = more_charges.intent >= 0
    more_charges.intent[linked] += len(intents)
    return stack([intents, more_intents]), stack([charges, more_charges])


def _of_invoices(
    world: World, customers: Frame, invoices: Frame
) -> tuple[Frame, Frame]:
    """One intent per finalized invoice with something due; a charge per attempt."""
    rng = world.rng("invoice payments")
    modern = customers.number[invoices.customer] % 12 != 0
    asked = (invoices.due > 0) & (invoices.finalized < NEVER) & modern
    rows = np.flatnonzero(asked)
    intent_of = np.full(len(invoices), -1)
    intent_of[rows] = np.arange(len(rows))
    owed = invoices.take(rows)
    canceled = np.minimum(
        owed.voided_at, np.where(owed.is_out_of_band, owed.paid_at, NEVER)
    )
    succeeded = np.where(owed.wins & (owed.tries > 0), owed.paid_at, NEVER)
    intents = Frame(
        created=owed.finalized + 1,
        customer=owed.customer,
        invoice=rows,
        amount=owed.due,
        currency=customers.currency[owed.customer],
        succeeded_at=succeeded,
        canceled_at=canceled,
        captured=owed.due,
        capturable_at=np.full(len(rows), NEVER),
        is_manual=np.zeros(len(rows), dtype=bool),
        is_test=np.zeros(len(rows), dtype=bool),
        fee=_application_fee(customers, owed.customer, owed.due),
        destination=np.full(len(rows), NOBODY),
        order=np.full(len(rows), -1),
    )
    parent, turn = ragged(invoices.tries)
    size = len(parent)
    last = turn == invoices.tries[parent] - 1
    customer = invoices.customer[parent]
    charges = Frame(
        created=invoices.attempt_at[parent, turn],
        customer=customer,
        invoice=parent,
        intent=intent_of[parent],
        turn=turn,
        amount=invoices.due[parent],
        currency=customers.currency[customer],
        succeeds=invoices.wins[parent] & last,
        failure=invoices.failure[parent],
        is_bank=invoices.by_bank[parent],
        flow=np.full(size, AT_ONCE),
        is_test=np.zeros(size, dtype=bool),
        fee=_application_fee(customers, customer, invoices.due[parent]),
        destination=np.full(size, NOBODY),
        order=np.full(size, -1),
        is_shipped=np.zeros(size, dtype=bool),
        country=customers.country[customer],
        card=customers.card[customer],
    )
    return intents, _complete(rng, charges)


def _application_fee(
    customers: Frame, customer: np.ndarray, amount: np.ndarray
) -> np.ndarray:
    """One per cent for the application through which some customers pay; (n,)."""
    return np.where(customers.via_application[customer], amount // 100, 0)


def _one_off(world: World, customers: Frame) -> tuple[Frame, Frame]:
    """Purchases without invoice: intents and charges."""
    rng = world.rng("one-off payments")
    orders = _orders(world, rng, customers)
    size = len(orders)
    has_intent = (rng.random(size) >= rates.WITHOUT_INTENT) | (orders.flow > 0)
    abandoned = (rng.random(size) < rates.ABANDONED) & has_intent
    fails = rng.random(size) < rates.NEW_CARD_FAILS
    fails = np.where(orders.is_bank, rng.random(size) < rates.BANK_FAILS, fails)
    failure = draw_failure(rng, size, orders.is_bank)
    tries, wins = draw_attempts(rng, fails, failure, orders.is_bank)
    tries = np.where(wins, tries, 1 + pick(rng, rates.GIVES_UP, size))
    tries = np.where(orders.is_bank, 1, tries)
    wins = np.where(orders.is_bank, ~fails, wins)
    tries = np.where(abandoned, 0, tries)
    steps = np.array([0, 2, 6, 15]) * MINUTE
    jitter = rng.integers(20, 100, (size, ATTEMPTS))
    attempt_at = orders.created[:, None] + steps + jitter
    parent, turn = ragged(tries)
    intent_of = np.where(has_intent, np.cumsum(has_intent) - 1, -1)
    charges = Frame(
        created=attempt_at[parent, turn],
        customer=orders.customer[parent],
        invoice=np.full(len(parent), -1),
        intent=intent_of[parent],
        turn=turn,
        amount=orders.amount[parent],
        currency=orders.currency[parent],
        succeeds=wins[parent] & (turn == tries[parent] - 1),
        failure=failure[parent],
        is_bank=orders.is_bank[parent],
        flow=orders.flow[parent],
        is_test=orders.is_test[parent],
        fee=orders.fee[parent],
        destination=orders.destination[parent],
        order=parent,
        is_shipped=orders.is_shipped[parent],
        country=orders.country[parent],
        card=orders.card[parent],
    )
    charges = _complete(rng, charges)
    return _intents_of(rng, orders, charges, has_intent, abandoned), charges


def _orders(world: World, rng: np.random.Generator, customers: Frame) -> Frame:
    """Who buys what when, without regard to payment; (n,)."""
    mean = np.where(
        customers.is_subscriber, rates.ONE_OFF_PER_CUSTOMER, rates.ONE_OFF_PER_BUYER
    )
    left = np.clip((world.end - customers.created) / (365 * DAY), 0, None)
    buyer, _ = ragged(rng.poisson(mean * left))
    until = np.minimum(world.end, customers.deleted_at[buyer])
    share = rng.random(len(buyer))
    begin = customers.created[buyer] + 3 * HOUR
    day = (begin + (until - begin).clip(0) * share).astype(np.int64) // DAY
    bought = day * DAY + hours(rng, len(buyer))
    keep = (bought > begin) & (bought < until)
    buyer, bought = buyer[keep], bought[keep]
    guests = rng.poisson(rates.GUESTS_PER_CUSTOMER * len(customers))
    customer = np.concatenate([buyer, np.full(guests, NOBODY)])
    created = np.concatenate([bought, moments(world, rng, guests)])
    size = len(customer)
    is_guest = customer == NOBODY
    own = np.where(is_guest, 0, customer)
    currency = np.where(
        is_guest, pick(rng, rates.CURRENCY_WEIGHTS, size), customers.currency[own]
    )
    guest_country = np.array(shop.COUNTRY_OF)[currency, rng.integers(0, 5, size)]
    cents = np.clip(rng.lognormal(8.3, 0.8, size), 500, 400_000)
    level = shop.MINOR_PER_USD_CENT[currency]
    amount = np.rint(cents * level / 50).astype(np.int64) * 50
    is_bank = np.where(is_guest, rng.random(size) < 0.04, customers.by_bank[own])
    held = (rng.random(size) < rates.MANUAL_CAPTURE) & ~is_bank
    flow = np.where(held, 1 + pick(rng, rates.CAPTURE_FATE, size), AT_ONCE)
    is_test = is_guest & (rng.random(size) < rates.TEST_MODE)
    sells_for = (rng.random(size) < rates.DESTINATION) & (flow == AT_ONCE) & ~is_bank
    sells_for &= ~is_test & (currency == shop.USD)
    via_application = ~is_guest & customers.via_application[own]
    sells_for &= ~via_application
    fee = np.where(sells_for, amount // 10, np.where(via_application, amount // 100, 0))
    account = rng.integers(0, CONNECTED_ACCOUNTS, size)
    return Frame(
        customer=customer,
        created=created,
        currency=currency,
        amount=amount,
        is_bank=is_bank,
        flow=flow,
        is_test=is_test,
        fee=fee,
        destination=np.where(sells_for, account, NOBODY),
        is_shipped=rng.random(size) < rates.SHIPPED,
        country=np.where(is_guest, guest_country, customers.country[own]),
        card=np.where(is_guest, rng.integers(0, 10_000, size), customers.card[own]),
    )


def _complete(rng: np.random.Generator, charges: Frame) -> Frame:
    """What follows from the attempt.

    Sets `settled_at` (when success or failure is known), `captured_at`, `captured`
    (minor units), `expired_at`, `failed_late`.
    """
    size = len(charges)
    bank = np.where(charges.is_bank, BANK_SECONDS, 0)
    settled = charges.created + bank
    part = (charges.amount * rng.integers(30, 90, size)) // 100
    in_part = charges.succeeds & (charges.flow == CAPTURED_IN_PART)
    expires = charges.succeeds & (charges.flow == EXPIRED)
    wait = rng.integers(HOUR, 6 * DAY, size)
    held = (charges.flow == CAPTURED_IN_FULL) | (charges.flow == CAPTURED_IN_PART)
    captured_at = np.where(held, charges.created + wait, settled)
    captured_at = np.where(charges.succeeds & ~expires, captured_at, NEVER)
    captured = np.where(in_part, part, charges.amount)
    late = ~charges.succeeds & charges.is_bank
    late &= rng.random(size) < rates.BANK_FAILS_LATE
    return charges.set(
        settled_at=settled,
        captured_at=captured_at,
        captured=np.where(charges.succeeds & ~expires, captured, 0),
        expired_at=np.where(expires, charges.created + 7 * DAY, NEVER),
        failed_late=late,
    )


def _intents_of(
    rng: np.random.Generator,
    orders: Frame,
    charges: Frame,
    has_intent: np.ndarray,
    abandoned: np.ndarray,
) -> Frame:
    """Intents of the orders that have one."""
    size = len(orders)
    succeeded, captured = np.full(size, NEVER), orders.amount.copy()
    capturable, expired = np.full(size, NEVER), np.full(size, NEVER)
    good = charges.succeeds
    succeeded[charges.order[good]] = charges.captured_at[good]
    captured[charges.order[good]] = charges.captured[good]
    expired[charges.order[good]] = charges.expired_at[good]
    held = good & (charges.flow > AT_ONCE)
    capturable[charges.order[held]] = charges.created[held]
    given_up = abandoned & (rng.random(size) < 0.5)
    canceled = np.where(given_up, orders.created + DAY, expired)
    intents = Frame(
        created=orders.created,
        customer=orders.customer,
        invoice=np.full(size, -1),
        amount=orders.amount,
        currency=orders.currency,
        succeeded_at=succeeded,
        canceled_at=canceled,
        captured=captured,
        capturable_at=capturable,
        is_manual=orders.flow > AT_ONCE,
        is_test=orders.is_test,
        fee=orders.fee,
        destination=orders.destination,
        order=np.arange(size),
    )
    return intents.take(has_intent)
