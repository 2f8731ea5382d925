"""People on the website: when they come, from where, with which devices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import rates
from .chance import pick
from .clock import DAY, HOUR, MINUTE, NEVER
from .customers import moments
from .frame import Frame, ragged, stack
from .life import Life

CHANNELS = [
    # name, source, medium, campaign, content, term, referrer
    ("direct", None, None, None, None, None, None),
    ("organic", None, None, None, None, None, "https://www.google.com/"),
    ("organic", None, None, None, None, None, "https://www.bing.com/"),
    ("paid_search", "google", "cpc", "brand", "headline-a", "sample app",
     "https://www.google.com/"),
    ("paid_search", "google", "cpc", "generic", "headline-b", "billing tool",
     "https://www.google.com/"),
    ("paid_social", "facebook", "paid_social", "spring", "video", None,
     "https://www.facebook.com/"),
    ("paid_social", "linkedin", "paid_social", "b2b", "carousel", None,
     "https://www.linkedin.com/"),
    ("email", "newsletter", "email", "monthly", "top-link", None, None),
    ("referral", None, None, None, None, None, "https://blog.example.net/review"),
    ("affiliate", "partner", "affiliate", "partners", None, None,
     "https://partner.example.org/"),
    ("social", None, None, None, None, None, "https://t.co/abc"),
]  # fmt: skip
CHANNEL_MIX = [0.24, 0.2, 0.04, 0.08, 0.1, 0.11, 0.04, 0.05, 0.06, 0.03, 0.05]
PATHS = ["/", "/pricing", "/features", "/blog/first-steps", "/docs", "/sign-up", "/app",
         "/app/settings"]  # fmt: skip
PATH_MIX = [0.34, 0.17, 0.14, 0.15, 0.12, 0.03, 0.03, 0.02]
APP_PATH_MIX = [0.08, 0.05, 0.02, 0.02, 0.13, 0.0, 0.5, 0.2]
PAGE, TRACK, IDENTIFY = range(3)
EVENTS = [
    ("signed_up", "Signed Up"),
    ("viewed_pricing", "Viewed Pricing"),
    ("clicked_call_to_action", "Clicked Call To Action"),
    ("started_checkout", "Started Checkout"),
    ("invited_teammate", "Invited Teammate"),
]


@dataclass
class Visits:
    """People (first those of customers), devices, sessions and events of a chunk."""

    people: Frame
    devices: Frame
    sessions: Frame
    events: Frame


def visit(life: Life) -> Visits:
    """All that happens on the website."""
    rng = life.world.rng("visitors")
    people = _people(rng, life)
    devices, first_device = _devices(rng, people)
    sessions = _sessions(rng, life, people, first_device)
    _know_first_touch(people, sessions)
    return Visits(people, devices, sessions, _events(rng, people, sessions))


def _people(rng: np.random.Generator, life: Life) -> Frame:
    """One per customer (twins and untracked do nothing), sign-ups, mere visitors."""
    who, world = life.customers, life.world
    size = len(who)
    tracked = (rng.random(size) < rates.TRACKED) & (who.person == np.arange(size))
    signs = int(tracked.sum() * (rates.SIGN_UPS_PER_CUSTOMER - 1))
    every = signs + int(tracked.sum())
    guests = int(every * (rates.VISITORS_PER_SIGN_UP - 1))
    quick = rng.random(size) < 0.7
    lag = np.where(
        quick, rng.exponential(3 * HOUR, size), rng.exponential(9 * DAY, size)
    )
    joined = who.created - 5 * MINUTE - lag.astype(np.int64)
    joined = np.where(tracked, joined, NEVER)
    total = size + signs + guests
    signed_up = np.full(total, NEVER)
    signed_up[:size] = joined
    signed_up[size : size + signs] = moments(world, rng, signs)
    hesitation = rng.exponential(5 * DAY, total) * (rng.random(total) < 0.6)
    begin = np.where(signed_up < NEVER, signed_up, 0) - 8 * MINUTE
    begin = begin - hesitation.astype(np.int64)
    begin[size + signs :] = moments(world, rng, guests)
    active = np.ones(total, dtype=bool)
    active[:size] = tracked
    changes = (rng.random(total) < rates.CHANGED_EMAIL) & (signed_up < NEVER)
    changed = signed_up + rng.integers(20, 200, total) * DAY
    is_customer = np.arange(total) < size
    paid = np.full(total, NEVER)
    paid[:size] = who.created
    return Frame(
        is_customer=is_customer,
        is_active=active,
        begin=begin,
        signed_up=signed_up,
        changed_email=np.where(changes, changed, NEVER),
        customer_since=paid,
        has_trait=is_customer & (rng.random(total) < rates.TRAIT_STRIPE_ID),
        channel=pick(rng, CHANNEL_MIX, total),
    )


def _devices(rng: np.random.Generator, people: Frame) -> tuple[Frame, np.ndarray]:
    """Devices (n,) with their owner, and each person's first device; (p,)."""
    size = len(people)
    known = people.signed_up < NEVER
    count = 1 + (rng.random(size) < np.where(known, 0.4, 0.08))
    count += (rng.random(size) < 0.08) & known
    owner, _ = ragged(count)
    people.set(device_count=count)
    return Frame(owner=owner), np.cumsum(count) - count


def _sessions(
    rng: np.random.Generator, life: Life, people: Frame, first_device: np.ndarray
) -> Frame:
    """Visits: the first touch, more before sign-up, sign-up, and use afterwards."""
    known, size = people.signed_up < NEVER, len(people)
    before = np.where(known, rng.poisson(0.8, size), rng.poisson(0.12, size))
    after = rng.poisson(np.where(people.is_customer, 2.6, 0.7)) * known
    act = people.is_active
    first = _visits_of(np.flatnonzero(act), 0)
    early = _visits_of(np.repeat(np.arange(size), before * act), 1)
    joining = _visits_of(np.flatnonzero(known & act), 2)
    late = _visits_of(np.repeat(np.arange(size), after * act), 3)
    sessions = stack([first, early, joining, late])
    person, kind = sessions.person, sessions.kind
    count = len(sessions)
    begin, joined = people.begin[person], people.signed_up[person]
    is_known = joined < NEVER
    span = np.where(is_known, np.where(is_known, joined, begin) - begin, 14 * DAY)
    share = rng.random(count)
    between = (
        begin
        + 20 * MINUTE
        + (share * np.maximum(span - 40 * MINUTE, 0)).astype(np.int64)
    )
    use = np.where(is_known, joined, 0) + HOUR
    use = use + rng.exponential(70 * DAY, count).astype(np.int64)
    start = np.select(
        [kind == 0, kind == 1, kind == 2], [begin, between, joined - 2 * MINUTE], use
    )
    first_choice = np.where(kind == 3, rng.random(count) < 0.6, rng.random(count) < 0.8)
    other = rng.integers(0, 3, count) % people.device_count[person]
    device = first_device[person] + np.where(first_choice, 0, other)
    shares = (rng.random(len(people)) < rates.SHARED_DEVICE) & is_shareable(people)
    borrowed = first_device[np.maximum(person - 1, 0)]
    borrows = shares[person] & (device == first_device[person])
    direct = (kind > 0) & (rng.random(count) < 0.55)
    channel = np.where(kind == 0, people.channel[person], pick(rng, CHANNEL_MIX, count))
    sessions.set(
        start=start,
        device=np.where(borrows, borrowed, device),
        is_borrowed=borrows,
        channel=np.where(direct, 0, channel),
        logs_in=(kind == 3) & (rng.random(count) < 0.8),
        pages=np.where(kind == 2, 2, rng.geometric(0.75, count)),
    )
    return sessions.take(start < life.world.end + DAY)


def is_shareable(people: Frame) -> np.ndarray:
    """People who may use the device of the person before them; (p,)."""
    known = (people.signed_up < NEVER) & people.is_active
    before = np.zeros_like(known)
    before[1:] = known[:-1]
    return known & before


def _visits_of(person: np.ndarray, kind: int) -> Frame:
    return Frame(person=person, kind=np.full(len(person), kind))


def _know_first_touch(people: Frame, sessions: Frame) -> None:
    """Sets `first_touch` (NEVER: none) and `first_channel`."""
    touch = np.full(len(people), NEVER)
    np.minimum.at(touch, sessions.person, sessions.start)
    channel = np.zeros(len(people), dtype=np.int64)
    first = sessions.start == touch[sessions.person]
    channel[sessions.person[first]] = sessions.channel[first]
    people.set(first_touch=touch, first_channel=channel)


def _events(rng: np.random.Generator, people: Frame, sessions: Frame) -> Frame:
    """Pages with an action on some, identify calls, and the sign-up."""
    session, turn = ragged(sessions.pages)
    size = len(session)
    start = sessions.start[session]
    kind = sessions.kind[session]
    gap = 25 + rng.integers(0, 30, size)
    pages_at = start + turn * gap
    in_app = kind == 3
    path = np.where(in_app, pick(rng, APP_PATH_MIX, size), pick(rng, PATH_MIX, size))
    path = np.where((kind == 2) & (turn == 1), 5, path)
    pages = _calls(session, PAGE, pages_at, turn, path, 0)
    acts = rng.random(size) < 0.27
    event = np.where(path == 1, 1, np.where(in_app, 4, 2))
    event = np.where((path == 5) & (kind != 2), 3, event)
    tracks = _calls(
        session[acts], TRACK, pages_at[acts] + 9, turn[acts], path[acts], event[acts]
    )
    joins = np.flatnonzero(sessions.kind == 2)
    # at the moment of sign-up: two minutes after the session's start
    joined_at = sessions.start[joins] + 2 * MINUTE
    lands = (joins % 4 > 0) * 1
    signed = _calls(joins, TRACK, joined_at + 1, lands, 5, 0)
    identified = _calls(joins, IDENTIFY, joined_at, 1, 5, 0)
    logins = np.flatnonzero(sessions.logs_in)
    logged = _calls(logins, IDENTIFY, sessions.start[logins] + 2, 0, 6, 0)
    events = stack([pages, tracks, signed, identified, logged])
    whose = sessions.person[events.session]
    own = sessions.logs_in[events.session] | (sessions.kind[events.session] == 2)
    late = events.at >= people.signed_up[whose]
    return events.set(person=whose, is_known=own & late)


def _calls(
    session: np.ndarray,
    kind: int,
    at: np.ndarray,
    turn: np.ndarray | int,
    path: np.ndarray | int,
    event: np.ndarray | int,
) -> Frame:
    """Calls of one kind; turn 0 is the landing page."""
    size = len(session)
    return Frame(
        session=session,
        kind=np.full(size, kind),
        at=at,
        turn=np.broadcast_to(turn, size).astype(np.int64),
        path=np.broadcast_to(path, size).astype(np.int64),
        event=np.broadcast_to(event, size).astype(np.int64),
    )
