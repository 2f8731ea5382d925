"""How often the hard cases occur: counted in each chunk, summed in account.json."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import catalog as shop
from . import status
from .clock import DAY, NEVER
from .invoices import LINE_CREDIT, LINE_DEBIT
from .life import Life
from .reversals import (
    EXPIRY_RELEASE,
    LOST,
    PARTIAL_CAPTURE_RELEASE,
    REFUND,
    WARNING,
    WON,
)
from .segment import View
from .subscriptions import DAILY, SWAP, YEARLY
from .visitors import Visits

BASES = {
    "charge": "charges",
    "refund": "charges",
    "dispute": "charges",
    "invoice": "invoices",
    "line": "lines",
    "customer": "customers",
    "subscription": "subscriptions",
    "person": "people",
}


def with_rates(counted: dict[str, int]) -> dict[str, Any]:
    """Counts with their share of all objects of the kind."""
    out = {}
    for name, count in sorted(counted.items()):
        if name.startswith("all "):
            continue
        base = BASES[name.split(":")[0]]
        of = counted.get(f"all {base}", 0)
        out[name] = {"count": count, "of": base, "rate": round(count / max(of, 1), 6)}
    return out


def count_cases(life: Life, visits: Visits, view: View) -> dict[str, int]:
    """Number of each hard case that has happened by the end of the view."""
    now = view.until - 1
    counts: dict[str, int] = {}
    for part in (_of_charges, _of_invoices, _of_customers, _of_subscriptions):
        counts |= part(life, now)
    counts |= _of_people(visits, now)
    return {name: int(count) for name, count in counts.items()}


def _of_charges(life: Life, now: int) -> dict[str, Any]:
    charges, refunds, disputes = life.charges, life.refunds, life.disputes
    here = charges.created <= now
    went = refunds.created <= now
    plain = went & (refunds.kind == REFUND)
    filed = disputes.created <= now
    size = len(charges)
    times = np.bincount(refunds.charge[plain], minlength=size)
    twice = np.bincount(disputes.charge[filed], minlength=size)
    month = charges.created.astype("datetime64[s]").astype("datetime64[M]")
    later = refunds.created.astype("datetime64[s]").astype("datetime64[M]")
    hour = charges.created % DAY // 3600
    known = charges.settled_at <= now
    in_part = went & (refunds.kind == PARTIAL_CAPTURE_RELEASE)
    expired = went & (refunds.kind == EXPIRY_RELEASE)
    good = here & charges.succeeds
    return {
        "all charges": here.sum(),
        "charge: in yen": (here & (charges.currency == shop.JPY)).sum(),
        "charge: in dinar": (here & (charges.currency == shop.KWD)).sum(),
        "charge: at 23 h UTC": (here & (hour == 23)).sum(),
        "charge: captured in part": in_part.sum(),
        "charge: authorization expired": expired.sum(),
        "charge: failed": (here & ~charges.succeeds & known).sum(),
        "charge: pending": (here & (charges.settled_at > now)).sum(),
        "charge: failed after credit": (here & charges.failed_late).sum(),
        "charge: succeeds at third attempt": (good & (charges.turn == 2)).sum(),
        "charge: without customer": (here & (charges.customer < 0)).sum(),
        "charge: without intent": (here & (charges.intent < 0)).sum(),
        "charge: of invoice without intent": (
            here & (charges.intent < 0) & (charges.invoice >= 0)
        ).sum(),
        "charge: by bank debit": (here & charges.is_bank).sum(),
        "charge: in test mode": (here & charges.is_test).sum(),
        "charge: for a connected account": (here & (charges.destination >= 0)).sum(),
        "refund: three of one charge": (times >= 3).sum(),
        "refund: failed": (refunds.failed_at <= now).sum(),
        "refund: in a later month": (plain & (later > month[refunds.charge])).sum(),
        "refund: in test mode": (plain & charges.is_test[refunds.charge]).sum(),
        "dispute: lost": (filed & (disputes.fate == LOST)).sum(),
        "dispute: won": ((disputes.closed_at <= now) & (disputes.fate == WON)).sum(),
        "dispute: warning": (filed & (disputes.fate == WARNING)).sum(),
        "dispute: two of one charge": (twice >= 2).sum(),
    }  # fmt: skip


def _of_invoices(life: Life, now: int) -> dict[str, Any]:
    bills, lines = life.invoices, life.lines
    here = bills.created <= now
    rows = np.arange(len(bills))
    code = status.invoice_status(bills, rows, np.full(len(bills), now))
    billed = lines.take(lines.invoice >= 0)
    seen = bills.created[billed.invoice] <= now
    proration = np.isin(billed.kind, [LINE_CREDIT, LINE_DEBIT])
    final = here & (bills.finalized <= now)
    owing = final & (code == status.OPEN)
    return {
        "all invoices": here.sum(),
        "all lines": seen.sum(),
        "invoice: draft": (here & (code == status.DRAFT)).sum(),
        "invoice: open": owing.sum(),
        "invoice: open, never charged": (owing & (bills.tries == 0)).sum(),
        "invoice: void": (code == status.VOID).sum(),
        "invoice: uncollectible": (code == status.UNCOLLECTIBLE).sum(),
        "invoice: paid out of band": (
            bills.is_out_of_band & (code == status.PAID)
        ).sum(),
        "invoice: zero total": (final & (bills.total == 0)).sum(),
        "invoice: negative total": (final & (bills.total < 0)).sum(),
        "invoice: covered by credit": (
            final & (bills.total > 0) & (bills.due == 0)
        ).sum(),
        "invoice: with due date": (here & (bills.due_date < NEVER)).sum(),
        "line: proration": (seen & proration).sum(),
        "line: negative": (seen & (billed.amount < 0)).sum(),
    }


def _of_customers(life: Life, now: int) -> dict[str, Any]:
    who = life.customers
    here = who.created <= now
    rows = np.arange(len(who))
    balance = life.balances.total(rows, np.full(len(who), now))
    shared = np.bincount(who.email_of[here & who.has_email], minlength=len(who))
    return {
        "all customers": here.sum(),
        "customer: deleted": (who.deleted_at <= now).sum(),
        "customer: without e-mail": (here & ~who.has_email).sum(),
        "customer: e-mail shared": shared[shared > 1].sum(),
        "customer: holds credit": (here & (balance < 0)).sum(),
        "customer: owes balance": (here & (balance > 0)).sum(),
        "customer: delinquent": (
            life.delinquency.at(rows, np.full(len(who), now), False) & here
        ).sum(),
        "customer: second of one person": (here & (who.person != rows)).sum(),
    }


def _of_subscriptions(life: Life, now: int) -> dict[str, Any]:
    subs = life.subs
    here = subs.created <= now
    rows = np.arange(len(subs))
    code = life.sub_status.at(rows, np.full(len(subs), now), -1)
    plan = subs.state_plan[:, 0]
    loyal = (subs.coupon == 2) & (subs.quantity == 3) & (subs.family == YEARLY)
    running = np.bincount(subs.customer[here & (code == status.ACTIVE)],
                          minlength=len(life.customers))  # fmt: skip
    two = np.bincount(subs.customer[here], minlength=len(life.customers)) > 1
    gone = np.bincount(subs.customer[here & (code == status.CANCELED)],
                       minlength=len(life.customers))  # fmt: skip
    swapped = (subs.change_kind == SWAP) & (subs.state_at[:, 1:] <= now)
    waiting = (subs.canceled_at <= now) & (subs.ended_at > now)
    converted = (subs.trial_end <= now) & ~subs.trial_fails & ~subs.trial_pauses
    counts = {
        "all subscriptions": here.sum(),
        "subscription: daily plan": (here & (subs.family == DAILY)).sum(),
        "subscription: yearly, three seats, 20 % off forever": (here & loyal).sum(),
        "subscription: tiered or metered": (
            here & (shop.PLANS.kind[plan] != shop.LICENSED)
        ).sum(),
        "subscription: cancels at period end": waiting.sum(),
        "subscription: item swapped": swapped.any(axis=1).sum(),
        "subscription: trial converted": converted.sum(),
        "subscription: amount changed": (subs.state_at[:, 1] <= now).sum(),
        "subscription: paused for a while": (subs.resume_at <= now).sum(),
        "subscription: of a customer with one active, one canceled": (
            two & (running > 0) & (gone > 0)
        ).sum(),
        "subscription: second one, or return": (here & subs.is_later).sum(),
    }
    for number, name in enumerate(status.SUBSCRIPTION):
        counts[f"subscription: {name}"] = (here & (code == number)).sum()
    return counts


def _of_people(visits: Visits, now: int) -> dict[str, Any]:
    people, sessions = visits.people, visits.sessions
    here = people.first_touch <= now
    borrowed = sessions.is_borrowed & (sessions.start <= now)
    return {
        "all people": here.sum(),
        "person: signed up": ((people.signed_up <= now) & people.is_active).sum(),
        "person: changed e-mail": (people.changed_email <= now).sum(),
        "person: on a shared device": len(np.unique(sessions.person[borrowed])),
    }
