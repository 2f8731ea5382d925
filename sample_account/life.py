"""The life of one chunk of customers: every object, and how it changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import balance, billing, customers, invoices, payments, reversals, subscriptions
from .clock import HOUR, NEVER
from .frame import Frame, stack
from .status import balances, delinquency, subscription_status
from .timeline import Timeline
from .world import World


@dataclass
class Life:
    """Frames of objects; positions in one refer to rows of another, -1 to none."""

    world: World
    customers: Frame
    subs: Frame
    cycles: Frame
    invoices: Frame
    lines: Frame
    intents: Frame
    charges: Frame
    refunds: Frame
    disputes: Frame
    fees: Frame
    backs: Frame
    moves: Frame
    sub_status: Timeline
    delinquency: Timeline
    balances: Timeline


def live(world: World) -> Life:
    """The whole life of a chunk, from the seed alone."""
    people = customers.live_customers(world)
    subs, cycles = _subscribe(world, people)
    bills, lines = invoices.invoice(world, people, subs, cycles)
    intents, charges = payments.pay(world, people, bills)
    _keep_payers(people, bills, charges)
    refunds = reversals.refund(world, people, charges)
    disputes = reversals.dispute(world, people, charges, refunds)
    fees, backs = balance.connect(world, charges, refunds)
    return Life(
        world=world,
        customers=people,
        subs=subs,
        cycles=cycles,
        invoices=bills,
        lines=lines,
        intents=intents,
        charges=charges,
        refunds=refunds,
        disputes=disputes,
        fees=fees,
        backs=backs,
        moves=balance.move_money(world, charges, refunds, disputes, fees, backs),
        sub_status=subscription_status(subs, bills),
        delinquency=delinquency(bills, charges),
        balances=balances(people, bills),
    )


def _subscribe(world: World, people: Frame) -> tuple[Frame, Frame]:
    """Subscriptions and their billing cycles, those of returning customers too."""
    first = subscriptions.first_subscriptions(world, people)
    subs, cycles = billing.bill(world, people, first)
    main = ~subs.is_later & (subs.ended_at < NEVER)
    back = subscriptions.returning_subscriptions(
        world, people, subs.customer[main], subs.ended_at[main]
    )
    again, more = billing.bill(world, people, back)
    more.sub = more.sub + len(subs)
    return stack([subs, again]), stack([cycles, more])


def _keep_payers(people: Frame, bills: Frame, charges: Frame) -> None:
    """Nobody is deleted before the last invoice and charge."""
    last = np.full(len(people), -1)
    own = charges.customer >= 0
    np.maximum.at(last, charges.customer[own], charges.settled_at[own])
    np.maximum.at(last, bills.customer, bills.created)
    deleted = people.deleted_at < NEVER
    people.deleted_at = np.where(
        deleted, np.maximum(people.deleted_at, last + HOUR), NEVER
    )
