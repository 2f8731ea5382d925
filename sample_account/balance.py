"""Movements of the balance: what Stripe calls balance transactions, and their fees."""

from __future__ import annotations

import numpy as np

from . import catalog as shop
from . import rates
from .clock import DAY, NEVER
from .frame import Frame, stack, sum_by
from .money import (
    CARD_FEE,
    DISPUTE_FEE,
    divide,
    fee_tax,
    settle,
    settlement_currency,
    stripe_fee,
)
from .payments import NOBODY
from .reversals import EXPIRY_RELEASE, PARTIAL_CAPTURE_RELEASE, WARNING, WON
from .world import World

(
    T_CHARGE,
    T_PAYMENT,
    T_REFUND,
    T_PAYMENT_REFUND,
    T_REFUND_FAILURE,
    T_PAYMENT_FAILURE,
    T_ADJUSTMENT,
    T_APPLICATION_FEE,
    T_APPLICATION_FEE_REFUND,
    T_TRANSFER,
    T_TRANSFER_REFUND,
    T_PAYOUT,
    T_PAYOUT_FAILURE,
    T_STRIPE_FEE,
) = range(14)
TYPES = [
    "charge",
    "payment",
    "refund",
    "payment_refund",
    "refund_failure",
    "payment_failure_refund",
    "adjustment",
    "application_fee",
    "application_fee_refund",
    "transfer",
    "transfer_refund",
    "payout",
    "payout_failure",
    "stripe_fee",
]
OF_CHARGE, OF_REFUND, OF_DISPUTE, OF_FEE, OF_FEE_REFUND, OF_TRANSFER, OF_REVERSAL = (
    range(7)
)
NO_ROW = -1


def connect(world: World, charges: Frame, refunds: Frame) -> tuple[Frame, Frame]:
    """Application fees with their transfer (n,), and what is taken back of both (m,).

    Only charges made for a connected account have them.
    """
    rows = np.flatnonzero(charges.succeeds & (charges.destination != NOBODY))
    fees = Frame(
        charge=rows,
        amount=charges.fee[rows],
        created=charges.settled_at[rows] + 1,
        transferred=charges.amount[rows],
    )
    fee_of = np.full(len(charges), NO_ROW)
    fee_of[rows] = np.arange(len(rows))
    mine = np.flatnonzero((fee_of[refunds.charge] >= 0) & (refunds.failed_at == NEVER))
    charge = refunds.charge[mine]
    rng = world.rng("application fees")
    backs = Frame(
        fee=fee_of[charge],
        refund=mine,
        charge=charge,
        created=refunds.created[mine] + 2,
        transferred=refunds.amount[mine],
        amount=divide(
            refunds.amount[mine] * charges.fee[charge], charges.amount[charge]
        ),
        gives_fee=rng.random(len(mine)) < rates.FEE_REFUNDED,
    )
    return fees, backs


def move_money(
    world: World,
    charges: Frame,
    refunds: Frame,
    disputes: Frame,
    fees: Frame,
    backs: Frame,
) -> Frame:
    """All balance transactions of the chunk; (n,).

    `stripe`, `application` and `tax` are the parts of the fee.
    """
    real = _Settlement(world, charges)
    parts = [
        _charged(real, charges),
        _failed_late(real, charges),
        _refunded(real, charges, refunds),
        _refund_failed(real, charges, refunds),
        _withdrawn(real, charges, disputes),
        _reinstated(real, charges, disputes),
        *_connected(fees, backs),
    ]
    moves = stack(parts)
    return moves.set(fee=moves.stripe + moves.application + moves.tax)


class _Settlement:
    """In which currency a charge settles, and how much of it."""

    def __init__(self, world: World, charges: Frame) -> None:
        first = np.minimum(charges.captured_at, charges.settled_at)
        self.currency = charges.currency
        self.into = settlement_currency(
            charges.currency, first, world.euro_account_since
        )

    def amount(
        self, charge: np.ndarray, amount: np.ndarray, moment: np.ndarray
    ) -> np.ndarray:
        """Charge-currency amounts at the rate of that day; (n,)."""
        return settle(amount, self.currency[charge], self.into[charge], moment)


def _moves(kind: np.ndarray | int, of: int, row: np.ndarray, **given: object) -> Frame:
    """Movements with default columns filled in; `available` by `wait` days."""
    size = len(row)
    zero = np.zeros(size, dtype=np.int64)
    created = given.pop("created")
    wait = given.pop("wait", 0)
    midnight = (created // DAY + 1 + wait) * DAY
    columns = {
        "charge": np.full(size, NO_ROW),
        "stripe": zero,
        "application": zero,
        "tax": zero,
        "text": zero,
        "available": np.where(np.asarray(wait) > 0, midnight, created),
    }
    kinds = np.broadcast_to(kind, size).astype(np.int64)
    return Frame(
        kind=kinds, of=np.full(size, of), row=row, created=created, **(columns | given)
    )


def _wait_days(charges: Frame, rows: np.ndarray, into: np.ndarray) -> np.ndarray:
    """Days until funds are available: 1 to 6 full days after the day; (n,)."""
    usual = np.array([1, 2, 3, 4])[into]
    return (
        np.where(charges.is_bank[rows], 4, usual) + (charges.card[rows] % 10 == 0) * 2
    )


def _charged(real: _Settlement, charges: Frame) -> Frame:
    """Successful charges, when captured, with the fees on the full amount."""
    rows = np.flatnonzero((charges.captured_at < NEVER) & ~charges.is_test)
    created, into = charges.captured_at[rows], real.into[rows]
    amount = real.amount(rows, charges.amount[rows], created)
    fee = stripe_fee(amount, into, charges.is_bank[rows])
    own = charges.destination[rows] == NOBODY
    share = np.where(own, charges.fee[rows], 0)
    return _moves(
        np.where(charges.is_bank[rows], T_PAYMENT, T_CHARGE),
        OF_CHARGE,
        rows,
        charge=rows,
        created=created,
        currency=into,
        amount=amount,
        stripe=fee,
        application=real.amount(rows, share, created),
        tax=fee_tax(fee, into),
        wait=_wait_days(charges, rows, into),
    )


def _failed_late(real: _Settlement, charges: Frame) -> Frame:
    """Debits credited first and taken back: two movements each."""
    rows = np.flatnonzero(charges.failed_late & ~charges.is_test)
    first, last = charges.created[rows], charges.settled_at[rows]
    amount = real.amount(rows, charges.amount[rows], first)
    into = real.into[rows]
    credit = _moves(
        T_PAYMENT, OF_CHARGE, rows, charge=rows, created=first, currency=into,
        amount=amount, wait=np.full(len(rows), 5),
    )  # fmt: skip
    debit = _moves(
        T_PAYMENT_FAILURE, OF_CHARGE, rows, charge=rows, created=last, currency=into,
        amount=-amount,
    )  # fmt: skip
    return stack([credit, debit])


def _refunded(real: _Settlement, charges: Frame, refunds: Frame) -> Frame:
    """Refunds, and the reversal of what was authorized but not captured."""
    counts = (refunds.kind != EXPIRY_RELEASE) & ~charges.is_test[refunds.charge]
    rows = np.flatnonzero(counts)
    charge, created = refunds.charge[rows], refunds.created[rows]
    into = real.into[charge]
    amount = real.amount(charge, refunds.amount[rows], created)
    release = refunds.kind[rows] == PARTIAL_CAPTURE_RELEASE
    bank = charges.is_bank[charge]
    returned = np.where(release, -divide(amount * CARD_FEE[into], 10_000), 0)
    return _moves(
        np.where(bank, T_PAYMENT_REFUND, T_REFUND),
        OF_REFUND,
        rows,
        charge=charge,
        created=created,
        currency=into,
        amount=-amount,
        stripe=returned,
        tax=fee_tax(returned, into),
        text=release.astype(np.int64),
    )


def _refund_failed(real: _Settlement, charges: Frame, refunds: Frame) -> Frame:
    """What comes back when a refund does not reach the customer."""
    rows = np.flatnonzero(refunds.failed_at < NEVER)
    charge = refunds.charge[rows]
    # the same amount as went out, at the rate of that day
    amount = real.amount(charge, refunds.amount[rows], refunds.created[rows])
    return _moves(
        T_REFUND_FAILURE,
        OF_REFUND,
        rows,
        charge=charge,
        created=refunds.failed_at[rows],
        currency=real.into[charge],
        amount=amount,
    )


def _withdrawn(real: _Settlement, charges: Frame, disputes: Frame) -> Frame:
    """The disputed amount and the dispute fee; warnings move nothing."""
    rows = np.flatnonzero(disputes.fate != WARNING)
    return _disputed(real, disputes, rows, disputes.created[rows], -1)


def _reinstated(real: _Settlement, charges: Frame, disputes: Frame) -> Frame:
    """Amount and fee come back with a won dispute."""
    rows = np.flatnonzero(disputes.fate == WON)
    return _disputed(real, disputes, rows, disputes.closed_at[rows], 1)


def _disputed(
    real: _Settlement,
    disputes: Frame,
    rows: np.ndarray,
    moment: np.ndarray,
    sign: int,
) -> Frame:
    charge = disputes.charge[rows]
    amount = real.amount(charge, disputes.amount[rows], disputes.created[rows])
    into = real.into[charge]
    fee = -sign * DISPUTE_FEE[into]
    return _moves(
        T_ADJUSTMENT,
        OF_DISPUTE,
        rows,
        charge=charge,
        created=moment,
        currency=into,
        amount=sign * amount,
        stripe=fee,
        text=np.full(len(rows), 0 if sign < 0 else 1),
    )


def _connected(fees: Frame, backs: Frame) -> list[Frame]:
    """Transfers to connected accounts, fees from them, and the way back; all usd."""
    every, back = np.arange(len(fees)), np.arange(len(backs))
    given = np.flatnonzero(backs.gives_fee)
    usd = {"currency": np.full(len(fees), shop.USD), "charge": fees.charge}
    usd_back = {"currency": np.full(len(backs), shop.USD), "charge": backs.charge}
    usd_given = {"currency": usd_back["currency"][given], "charge": backs.charge[given]}
    return [
        _moves(
            T_TRANSFER, OF_TRANSFER, every, created=fees.created,
            amount=-fees.transferred, **usd,
        ),
        _moves(
            T_APPLICATION_FEE, OF_FEE, every, created=fees.created + 1,
            amount=fees.amount, wait=np.full(len(fees), 1), **usd,
        ),
        _moves(
            T_TRANSFER_REFUND, OF_REVERSAL, back, created=backs.created,
            amount=backs.transferred, **usd_back,
        ),
        _moves(
            T_APPLICATION_FEE_REFUND, OF_FEE_REFUND, given,
            created=backs.created[given] + 1, amount=-backs.amount[given], **usd_given,
        ),
    ]  # fmt: skip


def available_by_day(world: World, moves: Frame, days: int) -> np.ndarray:
    """Net amounts by settlement currency and day that they become available.

    Minor units, shape (4, days), day 0 the first of the life. What becomes available
    later stays out.
    """
    day = (moves.available - world.start) // DAY
    inside = day < days
    place = moves.currency[inside] * days + day[inside]
    net = moves.amount[inside] - moves.fee[inside]
    return sum_by(place, net, 4 * days).reshape(4, days)
