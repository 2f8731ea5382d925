"""The event source: pages, screens, tracks, two events' tables, identifies, groups,
users."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from . import rates, text
from .chance import mix, uniform
from .clock import HOUR, NEVER
from .life import Life
from .names import Names
from .people import emails, names
from .schema import WEBSITE, columns
from .segment import View, concat, instant, instant_ms, to_table
from .tables_people import person_numbers, user_ids
from .visitors import CHANNELS, EVENTS, IDENTIFY, PAGE, PATHS, TRACK, Visits, visit

SITE = "https://sample.example.com"
AGENTS = [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
]
PLANS = ["starter", "team", "business", None]
INVITED = [name for name, _ in EVENTS].index("invited_teammate")
TITLES = ["Home", "Pricing", "Features", "First steps", "Docs", "Sign up", "App",
          "Settings"]  # fmt: skip


def website_tables(
    life: Life, visits: Visits, view: View
) -> Iterator[tuple[str, pa.Table]]:
    """Name and rows of each table of the event source that the view shows."""
    shown = _Shown(life, visits, view)
    events = visits.events
    kind, event, in_app = events.kind, events.event, in_mobile_app(life, visits)
    yield "pages", shown.table("pages", (kind == PAGE) & ~in_app)
    yield "screens", shown.table("screens", (kind == PAGE) & in_app)
    yield "tracks", shown.table("tracks", kind == TRACK)
    yield "identifies", shown.table("identifies", kind == IDENTIFY)
    yield "signed_up", shown.table("signed_up", (kind == TRACK) & (event == 0))
    invites = (kind == TRACK) & (event == INVITED)
    yield "invited_teammate", shown.table("invited_teammate", invites)
    works = (kind == IDENTIFY) & is_at_a_company(events.person)
    yield "groups", shown.table("groups", works)
    yield "users", users(life, visits, view)


def in_mobile_app(life: Life, visits: Visits) -> np.ndarray:
    """Whether the visit of each event was in the app for phones; (n,).

    Visits after sign-up, but none that a referrer alone brought, for screens have none.
    """
    sessions = visits.sessions
    numbers = life.world.numbers(np.arange(len(sessions)))
    chance = uniform(mix(numbers ^ life.world.salt("mobile")))
    has_screens = np.array([row[1] is not None or row[6] is None for row in CHANNELS])
    is_mobile = (sessions.kind == 3) & has_screens[sessions.channel]
    return (is_mobile & (chance < rates.MOBILE_VISITS))[visits.events.session]


def is_at_a_company(person: np.ndarray) -> np.ndarray:
    """Whether people signed up for the plan of businesses; (n,)."""
    return person % len(PLANS) == PLANS.index("business")


class _Shown:
    """Calls with their delivery; duplicates have a later `received_at`."""

    def __init__(self, life: Life, visits: Visits, view: View) -> None:
        self.life, self.visits, self.view = life, visits, view
        events = visits.events
        numbers = life.world.numbers(np.arange(len(events)))
        self.numbers = numbers
        self.bits = mix(numbers ^ life.world.salt("events"))
        chance = uniform(self.bits)
        late = chance < rates.LATE_EVENTS
        hours = 1 + (chance / rates.LATE_EVENTS * 95)
        delay = np.where(late, hours * HOUR, 1 + self.bits % np.uint64(5))
        self.received = events.at + delay.astype(np.int64)
        again = uniform(mix(self.bits))
        self.is_again = again < rates.DUPLICATE_EVENTS
        size = len(visits.devices)
        device_numbers = life.world.numbers(np.arange(size))
        self.anonymous = text.uuids(life.world.salt("device"), device_numbers)
        self.addresses = _addresses(device_numbers)
        self.urls = pa.array(
            [SITE + path + _search(c) for path in PATHS for c in CHANNELS]
            + [SITE + path for path in PATHS]
        )

    def table(self, name: str, mask: np.ndarray) -> pa.Table:
        """Rows of one kind of call."""
        rows = np.flatnonzero(mask & self.view.shows(self.received))
        first = self._rows(name, rows, self.received[rows])
        again = np.flatnonzero(mask & self.is_again)
        received = self.received[again] + HOUR
        shown = self.view.shows(received)
        return concat([first, self._rows(name, again[shown], received[shown])])

    def _rows(self, name: str, rows: np.ndarray, received: np.ndarray) -> pa.Table:
        data = self._common(rows, received)
        extra = {
            "pages": self._page,
            "tracks": self._track,
            "identifies": self._identify,
            "signed_up": self._signed_up,
            "screens": self._screen,
            "invited_teammate": self._invited,
            "groups": self._group,
        }
        data |= extra[name](rows)
        delivered = columns(WEBSITE[name])
        data = {column: cells for column, cells in data.items() if column in delivered}
        return to_table(delivered, data, len(rows))

    def _common(self, rows: np.ndarray, received: np.ndarray) -> dict:
        """Columns that every call has."""
        events, sessions = self.visits.events, self.visits.sessions
        session = events.session[rows]
        device = sessions.device[session]
        channel = sessions.channel[session]
        lands = events.turn[rows] == 0
        path = events.path[rows]
        at, bits = events.at[rows], self.bits[rows]
        milli = ((bits >> np.uint64(20)) % np.uint64(1000)).astype(np.int64)
        skew = ((bits >> np.uint64(33)) % np.uint64(2000)).astype(np.int64) - 1000
        loading = ((bits >> np.uint64(40)) % np.uint64(600)).astype(np.int64) + 60
        size = len(rows)

        def campaign(place: int) -> pa.Array:
            return text.coded(channel, [row[place] for row in CHANNELS], lands)

        referrers = [row[6] for row in CHANNELS] + [SITE + "/"]
        url = np.where(
            lands, path * len(CHANNELS) + channel, len(PATHS) * len(CHANNELS) + path
        )
        agent = device % len(AGENTS)
        return {
            "id": text.uuids(self.life.world.salt("call"), self.numbers[rows]),
            "received_at": instant_ms(received * 1000 + milli),
            "uuid_ts": instant_ms((received + loading) * 1000),
            "anonymous_id": text.lookup(device, self.anonymous),
            "user_id": user_ids(
                self.life, np.where(events.is_known[rows], events.person[rows], -1)
            ),
            "sent_at": instant_ms(received * 1000 + milli - 900),
            "timestamp": instant_ms(at * 1000 + milli),
            "original_timestamp": instant_ms(at * 1000 + milli + skew),
            "context_campaign_source": campaign(1),
            "context_campaign_medium": campaign(2),
            "context_campaign_name": campaign(3),
            "context_campaign_content": campaign(4),
            "context_campaign_term": campaign(5),
            "context_page_referrer": text.coded(
                np.where(lands, channel, len(CHANNELS)), referrers
            ),
            "context_page_url": text.lookup(url, self.urls),
            "context_page_path": text.coded(path, PATHS),
            "context_page_title": text.coded(path, TITLES),
            "context_ip": text.lookup(device, self.addresses),
            "context_user_agent": text.coded(agent, AGENTS),
            "context_library_name": text.same("analytics.js", size),
        }

    def _page(self, rows: np.ndarray) -> dict:
        common = self._page_context(rows)
        path = self.visits.events.path[rows]
        return common | {"name": text.coded(path, TITLES)}

    def _page_context(self, rows: np.ndarray) -> dict:
        events, sessions = self.visits.events, self.visits.sessions
        path, lands = events.path[rows], events.turn[rows] == 0
        channel = sessions.channel[events.session[rows]]
        url = np.where(
            lands, path * len(CHANNELS) + channel, len(PATHS) * len(CHANNELS) + path
        )
        searches = [_search(row) or None for row in CHANNELS]
        referrers = [row[6] for row in CHANNELS] + [SITE + "/"]
        return {
            "url": text.lookup(url, self.urls),
            "path": text.coded(path, PATHS),
            "referrer": text.coded(np.where(lands, channel, len(CHANNELS)), referrers),
            "title": text.coded(path, TITLES),
            "search": text.coded(channel, searches, lands),
        }

    def _track(self, rows: np.ndarray) -> dict:
        event = self.visits.events.event[rows]
        return {
            "event": text.coded(event, [row[0] for row in EVENTS]),
            "event_text": text.coded(event, [row[1] for row in EVENTS]),
        }

    def _signed_up(self, rows: np.ndarray) -> dict:
        person = self.visits.events.person[rows]
        return self._track(rows) | {"plan": text.coded(person % len(PLANS), PLANS)}

    def _screen(self, rows: np.ndarray) -> dict:
        return {
            "context_library_name": text.same("analytics-ios", len(rows)),
            "name": text.coded(self.visits.events.path[rows], TITLES),
        }

    def _invited(self, rows: np.ndarray) -> dict:
        roles = text.coded(self.visits.events.person[rows] % 2, ["member", "admin"])
        return self._track(rows) | {"role": roles}

    def _group(self, rows: np.ndarray) -> dict:
        world = self.life.world
        company = self.visits.events.person[rows] // rates.PEOPLE_BEHIND_A_COMPANY
        number = person_numbers(self.life, company)
        return {
            "id": text.uuids(world.salt("group call"), self.numbers[rows]),
            "group_id": text.ids("co_", world.salt("company"), world.numbers(company)),
            "name": text.joined("Company ", text.digits(number, 9)),
        }

    def _identify(self, rows: np.ndarray) -> dict:
        events = self.visits.events
        return traits(self.life, self.visits, events.person[rows], events.at[rows])


def traits(life: Life, visits: Visits, person: np.ndarray, moment: np.ndarray) -> dict:
    """What is known of signed-up people at those moments."""
    people = visits.people
    number = person_numbers(life, person)
    changed = people.changed_email[person] <= moment
    paying = people.has_trait[person] & (people.customer_since[person] <= moment)
    customer = np.where(paying, person, -1)
    return {
        "email": emails(number, changed),
        "name": names(number),
        "stripe_customer_id": Names(life).customer(customer),
    }


def users(life: Life, visits: Visits, view: View) -> pa.Table:
    """One row per user: the latest traits."""
    people, sessions = visits.people, visits.sessions
    person = np.flatnonzero((people.signed_up < NEVER) & people.is_active)
    tail = 3 + (person % 4)
    moment = people.signed_up[person]
    for change in (
        people.changed_email[person],
        np.where(people.has_trait[person], people.customer_since[person], NEVER),
    ):
        seen = (change < NEVER) & (change + tail < view.until)
        moment = np.where(seen, np.maximum(moment, change), moment)
    received = moment + tail
    keep = view.shows(received)
    person, moment, received = person[keep], moment[keep], received[keep]
    joining = np.full(len(people), -1)
    joins = np.flatnonzero(sessions.kind == 2)
    joining[sessions.person[joins]] = joins
    session = joining[person]
    known = session >= 0
    session = np.maximum(session, 0)
    device_numbers = life.world.numbers(np.arange(len(visits.devices)))
    device = sessions.device[session]
    data = {
        "id": user_ids(life, person),
        "received_at": instant(received),
        "uuid_ts": instant(received + 120),
        "created_at": instant(people.signed_up[person]),
        "context_ip": text.lookup(device, _addresses(device_numbers), known),
        "context_user_agent": text.coded(device % len(AGENTS), AGENTS, known),
        "context_library_name": text.same("analytics.js", len(person)),
        "context_page_referrer": text.same(SITE + "/", len(person)),
        "context_campaign_source": text.coded(
            people.first_channel[person], [row[1] for row in CHANNELS]
        ),
    } | traits(life, visits, person, moment)
    return to_table(columns(WEBSITE["users"]), data, len(person))


def _search(channel: tuple) -> str:
    """Query text of a landing page."""
    _, source, medium, name, content, term, _ = channel
    pairs = {
        "utm_source": source,
        "utm_medium": medium,
        "utm_campaign": name,
        "utm_content": content,
        "utm_term": term and term.replace(" ", "+"),
    }
    given = "&".join(f"{key}={value}" for key, value in pairs.items() if value)
    return "?" + given if given else ""


def _addresses(numbers: np.ndarray) -> pa.Array:
    """IP addresses of devices; (n,)."""
    bits = mix(numbers)
    parts = [
        pa.array(((bits >> np.uint64(8 * i)) & np.uint64(255)).astype(np.int64)).cast(
            pa.string()
        )
        for i in range(3)
    ]
    dot = pa.array(["."]).take(pa.array(np.zeros(len(numbers), dtype=np.int64)))
    ten = pa.array(["10."]).take(pa.array(np.zeros(len(numbers), dtype=np.int64)))
    return text.joined(ten, parts[0], dot, parts[1], dot, parts[2])


__all__ = ["visit", "website_tables"]
