"""The status of subscriptions, invoices and customers at any moment."""

from __future__ import annotations

import numpy as np

from .billing import BANK_SECONDS, BY_CHARGE, LOST_INCOMPLETE, LOST_UNPAID
from .clock import NEVER
from .frame import Frame
from .timeline import Timeline

(
    TRIALING,
    ACTIVE,
    PAST_DUE,
    UNPAID,
    CANCELED,
    INCOMPLETE,
    INCOMPLETE_EXPIRED,
    PAUSED,
) = range(8)
SUBSCRIPTION = [
    "trialing",
    "active",
    "past_due",
    "unpaid",
    "canceled",
    "incomplete",
    "incomplete_expired",
    "paused",
]
DRAFT, OPEN, PAID, VOID, UNCOLLECTIBLE = range(5)
INVOICE = ["draft", "open", "paid", "void", "uncollectible"]


def subscription_status(subs: Frame, invoices: Frame) -> Timeline:
    """Status codes of subscriptions in time."""
    index = np.arange(len(subs))
    mine = invoices.take((invoices.sub >= 0) & (invoices.due > 0))
    troubled = (mine.tries > 1) | ((mine.tries == 1) & ~mine.wins)
    opening = (mine.created == subs.created[mine.sub]) & ~mine.pays_later
    incomplete = np.zeros(len(subs), dtype=bool)
    incomplete[mine.sub[troubled & opening]] = True
    has_trial = subs.trial_end < NEVER
    first = np.where(has_trial, TRIALING, np.where(incomplete, INCOMPLETE, ACTIVE))
    fails = mine.take(troubled & ~opening & (mine.way == BY_CHARGE) & ~mine.pays_later)
    failed_at = fails.attempt_at[:, 0] + np.where(fails.by_bank, BANK_SECONDS, 0)
    slow = mine.take(mine.pays_later & (mine.due_date < mine.paid_at))
    end_kind = np.where(subs.lost_kind == LOST_UNPAID, UNPAID, CANCELED)
    end_kind = np.where(subs.lost_kind == LOST_INCOMPLETE, INCOMPLETE_EXPIRED, end_kind)
    converts = np.where(subs.trial_pauses | subs.trial_fails, NEVER, subs.trial_end)
    changing = [
        (index, converts, ACTIVE),
        (fails.sub, failed_at, PAST_DUE),
        (slow.sub, slow.due_date, PAST_DUE),
        (mine.sub, mine.paid_at, ACTIVE),
    ]
    stop = np.minimum(subs.ended_at, subs.lost_at)
    parents, moments, codes = [index], [subs.created], [first]
    for parent, moment, code in changing:
        resting = moment >= subs.pause_at[parent]
        resting &= moment < subs.resume_at[parent]
        keep = (moment < stop[parent]) & ~resting
        parents.append(parent[keep])
        moments.append(moment[keep])
        codes.append(np.full(keep.sum(), code))
    expired = subs.lost_kind == LOST_INCOMPLETE
    ended_at = np.where(expired, NEVER, subs.ended_at)
    for moment, code in (
        (subs.pause_at, np.full(len(subs), PAUSED)),
        (subs.resume_at, np.full(len(subs), ACTIVE)),
        (subs.lost_at, end_kind),
        (ended_at, np.full(len(subs), CANCELED)),
    ):
        parents.append(index)
        moments.append(moment)
        codes.append(code)
    return Timeline(
        np.concatenate(parents), np.concatenate(moments), np.concatenate(codes)
    )


def invoice_status(invoices: Frame, rows: np.ndarray, moment: np.ndarray) -> np.ndarray:
    """Status codes of those invoices at those moments; (n,)."""
    code = np.where(invoices.finalized[rows] <= moment, OPEN, DRAFT)
    code = np.where(invoices.voided_at[rows] <= moment, VOID, code)
    lost = invoices.uncollectible_at[rows] <= moment
    code = np.where(lost, UNCOLLECTIBLE, code)
    return np.where(invoices.paid_at[rows] <= moment, PAID, code)


def delinquency(invoices: Frame, charges: Frame) -> Timeline:
    """Whether the most recent change of any invoice of a customer was a bad one."""
    failed = charges.take((charges.invoice >= 0) & ~charges.succeeds)
    late = invoices.take(
        invoices.due_date
        < np.minimum(
            invoices.paid_at, np.minimum(invoices.voided_at, invoices.uncollectible_at)
        )
    )
    good = np.minimum(invoices.paid_at, invoices.uncollectible_at)
    parent = [invoices.customer, failed.customer, late.customer]
    moment = [good, failed.settled_at, late.due_date]
    value = [
        np.zeros(len(invoices), dtype=bool),
        np.ones(len(failed), dtype=bool),
        np.ones(len(late), dtype=bool),
    ]
    return Timeline(
        np.concatenate(parent), np.concatenate(moment), np.concatenate(value)
    )


def balances(customers: Frame, invoices: Frame) -> Timeline:
    """Movements of customers' balances; the balance is their total."""
    index = np.flatnonzero(customers.credit != 0)
    touched = (invoices.starting != 0) | (invoices.ending != 0)
    used = invoices.take(touched & (invoices.finalized < NEVER))
    return Timeline(
        np.concatenate([index, used.customer]),
        np.concatenate([customers.credit_at[index], used.finalized]),
        np.concatenate([customers.credit[index], used.ending - used.starting]),
    )
