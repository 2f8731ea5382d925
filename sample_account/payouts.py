"""Payouts and Stripe's monthly fee: movements of the account as a whole."""

from __future__ import annotations

import dataclasses

import numpy as np
import pyarrow as pa

from . import catalog as shop
from . import rates, text
from .balance import T_PAYOUT, T_PAYOUT_FAILURE, T_STRIPE_FEE, TYPES
from .clock import DAY, HOUR, NEVER, month_ends
from .frame import Frame, stack
from .money import PAYOUT_CURRENCIES
from .names import Ids
from .segment import View, boolean, deliver, instant
from .tables_catalog import OWN_BANK_ACCOUNTS
from .world import World

MONTHLY_FEE = 9900


def account_moves(world: World, available: np.ndarray) -> tuple[Frame, Frame]:
    """Payouts (n,) and movements (m,): payouts, failed ones, monthly fees.

    `available` holds what becomes available by currency and day, shape (4, days).
    Monthly fees are taken in dollars and lower the next payout.
    """
    rng = world.rng("payouts")
    fees = _monthly_fees(world)
    available = available.copy()
    day = (fees.created - world.start) // DAY
    inside = day < available.shape[1]
    np.add.at(available[shop.USD], day[inside], fees.amount[inside])
    parts = []
    for currency in PAYOUT_CURRENCIES:
        parts.append(_payouts(world, rng, available[currency], currency))
    payouts = stack(parts)
    index = np.arange(len(payouts))
    out = Frame(
        kind=np.full(len(index), T_PAYOUT),
        row=index,
        created=payouts.created,
        currency=payouts.currency,
        amount=-payouts.amount,
    )
    failed = np.flatnonzero(payouts.failed_at < NEVER)
    back = Frame(
        kind=np.full(len(failed), T_PAYOUT_FAILURE),
        row=failed,
        created=payouts.failed_at[failed],
        currency=payouts.currency[failed],
        amount=payouts.amount[failed],
    )
    return payouts, stack([out, back, fees])


def _monthly_fees(world: World) -> Frame:
    """Stripe's fee for its billing product, on the last day of each month."""
    at = month_ends(world.start, world.end) - 2 * HOUR
    size = len(at)
    return Frame(
        kind=np.full(size, T_STRIPE_FEE),
        row=np.full(size, -1),
        created=at,
        currency=np.full(size, shop.USD),
        amount=np.full(size, -MONTHLY_FEE),
    )


def _payouts(
    world: World, rng: np.random.Generator, available: np.ndarray, currency: int
) -> Frame:
    """On workdays everything that is available, if it is more than nothing."""
    days = len(available)
    moment = world.start + np.arange(days) * DAY
    workday = (moment // DAY + 3) % 7 < 5
    fails = rng.random(days) < rates.PAYOUT_FAILS
    balance, rows = 0, []
    returns = np.zeros(days + 3, dtype=np.int64)
    for day in range(days):
        # paid in the morning: what became available up to this midnight
        balance += int(returns[day])
        if workday[day] and balance > 0:
            rows.append((day, balance, bool(fails[day])))
            if fails[day]:
                returns[day + 2] += balance
            balance = 0
        balance += int(available[day])
    day = np.array([row[0] for row in rows], dtype=np.int64)
    failed = np.array([row[2] for row in rows], dtype=bool)
    created = world.start + day * DAY + 6 * HOUR
    return Frame(
        currency=np.full(len(rows), currency),
        amount=np.array([row[1] for row in rows], dtype=np.int64),
        created=created,
        arrives=created + 2 * DAY,
        failed_at=np.where(failed, created + DAY + 14 * HOUR, NEVER),
    )


def payout_tables(
    world: World, view: View, payouts: Frame, moves: Frame
) -> dict[str, pa.Table]:
    """Rows of `transfers`, `balance_transactions` and their fees (none)."""
    ids = Ids(world)
    first = np.full(len(payouts), -1)
    out = moves.kind == T_PAYOUT
    first[moves.row[out]] = np.flatnonzero(out)

    def transfers(rows: np.ndarray, moment: np.ndarray):
        count = len(rows)
        failed = payouts.failed_at[rows] <= moment
        code = np.where(payouts.arrives[rows] <= moment, 1, 0)
        code = np.where(failed, 2, code)
        return {
            "id": ids.of("po_", rows),
            "amount_reversed": np.zeros(count, dtype=np.int64),
            "amount": payouts.amount[rows],
            "balance_transaction_id": ids.of("txn_", first[rows]),
            "bank_account_id": bank_account_ids(world, payouts.currency[rows]),
            "created": instant(payouts.created[rows]),
            "currency": text.coded(payouts.currency[rows], shop.CURRENCIES),
            "description": text.same("STRIPE PAYOUT", count),
            "destination_id": bank_account_ids(world, payouts.currency[rows]),
            "metadata_batch": text.coded(rows % 5, ["friday", *[None] * 4]),
            "reversed": boolean(np.zeros(count, dtype=bool)),
            "status": text.coded(code, ["in_transit", "paid", "failed"]),
        }

    def movements(rows: np.ndarray, moment: np.ndarray):
        kind = moves.kind[rows]
        texts = {T_PAYOUT: "STRIPE PAYOUT", T_PAYOUT_FAILURE: "Payout failure"}
        names = [texts.get(code, "Billing - usage fee") for code in range(len(TYPES))]
        count = len(rows)
        return {
            "id": ids.of("txn_", rows),
            "amount": moves.amount[rows],
            "currency": text.coded(moves.currency[rows], shop.CURRENCIES),
            "description": text.coded(kind, names),
            "fee": np.zeros(count, dtype=np.int64),
            "net": moves.amount[rows],
            "source": ids.of("po_", moves.row[rows]),
            "status": text.same("available", count),
            "type": text.coded(kind, TYPES),
            "created": instant(moves.created[rows]),
            "available": instant(moves.created[rows]),
        }

    failed_at = payouts.failed_at
    arrives = np.where(failed_at < NEVER, NEVER, payouts.arrives)
    changes = [payouts.created, arrives, failed_at]
    tables = {}
    tables["transfers"], _ = deliver(world, view, "transfers", changes, transfers)
    tables["balance_transactions"], _ = deliver(
        world, view, "balance_transactions", [moves.created], movements
    )
    return tables


def bank_account_ids(world: World, currency: np.ndarray) -> pa.Array:
    """Our own bank accounts, which are rows of the first chunk; (n,)."""
    first = Ids(dataclasses.replace(world, chunk=0))
    return first.of("ba_", OWN_BANK_ACCOUNTS + currency)
