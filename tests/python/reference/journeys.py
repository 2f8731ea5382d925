"""Visits, what brought them, and the people behind them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from reference import seeds
from reference.identity import Call, Customer, Events, Identity, Marts
from reference.rows import Settings

Fact = dict[str, Any]
UNTRACKED = "untracked"


@dataclass(frozen=True)
class Session:
    """One visit: what its first call says."""

    anonymous_id: str
    user_id: str | None
    landing: Call

    @property
    def started_at(self) -> datetime:
        """When its first call came."""
        return self.landing.occurred_at

    @property
    def source(self) -> str | None:
        """Campaign source, in lower case."""
        return lower(self.landing.source)

    @property
    def medium(self) -> str | None:
        """Campaign medium, in lower case."""
        return lower(self.landing.medium)

    @property
    def person_id(self) -> str:
        """Its user, else its device."""
        if self.user_id:
            return f"user:{self.user_id}"
        return f"device:{self.anonymous_id}"

    @property
    def channel(self) -> str:
        """What the rules say of its campaign, else its referrer, else of neither."""
        host = referring_host(self.landing)
        if self.source or self.medium:
            evidence = "campaign"
        else:
            evidence = "referrer" if host else "none"
        return channel_of(evidence, self.source or "", self.medium or "", host or "")


def lower(text: str | None) -> str | None:
    """The text in lower case."""
    return text.lower() if text else None


def host_of(url: str | None) -> str | None:
    """Host of a URL, without www."""
    _, slashes, rest = (url or "").strip(" ").lower().partition("//")
    if not slashes:
        return None
    return re.split(r"[/?#:]", rest, maxsplit=1)[0].removeprefix("www.") or None


def referring_host(call: Call) -> str | None:
    """Host that the call was referred by, unless it is the website's own."""
    host, own = host_of(call.referrer), host_of(call.url)
    if host and own and (f".{host}".endswith(f".{own}") or own.endswith(f".{host}")):
        return None
    return host


@cache
def channel_of(evidence: str, source: str, medium: str, host: str) -> str:
    """Channel of the rule with the lowest priority that fits."""
    rules = seeds.rows("channel_rules")
    fitting = [
        rule
        for rule in rules
        if rule["evidence"] == evidence
        and is_like(source, rule["source_pattern"])
        and is_like(medium, rule["medium_pattern"])
        and is_like(host, rule["referrer_pattern"])
    ]
    return min(fitting, key=lambda rule: int(rule["priority"]))["channel"]


def is_like(text: str, pattern: str) -> bool:
    """Whether SQL's like would say so."""
    parts = {"%": ".*", "_": "."}
    expression = "".join(parts.get(c, re.escape(c)) for c in pattern)
    return re.fullmatch(expression, text, re.DOTALL) is not None


def sessions_of(
    events: Events, identity: Identity, settings: Settings
) -> Iterator[Session]:
    """Every visit of every device."""
    calls: dict[str, list[Call]] = defaultdict(list)
    for call in events.calls:
        if call.anonymous_id and call.occurred_at:
            calls[call.anonymous_id].append(call)
    for anonymous_id, own in calls.items():
        own.sort(key=lambda call: call.order)
        for visit in visits(own, timedelta(minutes=settings.session_idle_minutes)):
            named = [call.user_id for call in visit if call.user_id]
            user = named[0] if named else identity.user_of_device(anonymous_id)
            yield Session(anonymous_id, user, visit[0])


def visits(calls: Iterable[Call], idle: timedelta) -> list[list[Call]]:
    """The calls of one device, in order, cut where it was idle or came anew."""
    found: list[list[Call]] = []
    latest = None
    for call in calls:
        campaign = call.source, call.medium, call.campaign
        is_new = any(campaign) and campaign != latest
        if is_new or not found or call.occurred_at - found[-1][-1].occurred_at > idle:
            found.append([])
        found[-1].append(call)
        latest = campaign if any(campaign) else latest
    return found


@dataclass
class Person:
    """A user, a device that is nobody's, or a customer without a user."""

    person_id: str
    # Of one without user whose customers are all of one Stripe account.
    relation: str | None = None
    user_id: str | None = None
    signed_up_at: datetime | None = None
    customers: set[Customer] = field(default_factory=set)
    sessions: list[Session] = field(default_factory=list)
    # When its customers were created, and its charges of any status.
    dates: list[datetime] = field(default_factory=list)
    gross_charges: list[Fact] = field(default_factory=list)

    @property
    def first_charge(self) -> Fact | None:
        """The earliest charge that brought money."""
        return earliest_charge(self.gross_charges)

    @property
    def first_charge_at(self) -> datetime | None:
        """When it first paid."""
        return self.first_charge["created_at"] if self.first_charge else None

    @property
    def touches(self) -> list[Session]:
        """Visits that began before it paid."""
        paid = self.first_charge_at
        return [s for s in self.sessions if paid is None or s.started_at <= paid]

    @property
    def first_touch(self) -> Session | None:
        """The first visit."""
        return min(self.touches, key=place, default=None)

    @property
    def last_touch(self) -> Session | None:
        """The last visit before it paid; none while it has not."""
        if self.first_charge is None:
            return None
        return max(self.touches, key=place, default=None)

    @property
    def first_touch_at(self) -> datetime | None:
        """When the first visit began."""
        return self.first_touch.started_at if self.first_touch else None

    @property
    def channel(self) -> str:
        """What brought the person."""
        return self.first_touch.channel if self.first_touch else UNTRACKED

    @property
    def last_channel(self) -> str | None:
        """What brought the last visit before it paid."""
        if self.first_charge is None:
            return None
        return self.last_touch.channel if self.last_touch else UNTRACKED

    @property
    def acquired_at(self) -> datetime | None:
        """The first visit, else the first sign of it."""
        signs = [m for m in (self.signed_up_at, *self.dates) if m]
        return self.first_touch_at or min(signs, default=None)


def place(session: Session) -> tuple:
    """Order of a person's visits."""
    return session.started_at, session.anonymous_id.encode(), session.landing.order


def earliest_charge(charges: Iterable[Fact]) -> Fact | None:
    """The charge created first; of equals, of the smallest id, then account."""
    return min(
        charges,
        key=lambda row: (
            row["created_at"],
            row["charge_id"].encode(),
            row["source_relation"].encode(),
        ),
        default=None,
    )


def people_of(
    events: Events,
    identity: Identity,
    accounts: Mapping[str, Marts],
    settings: Settings,
) -> dict[str, Person]:
    """Every person, by person_id."""
    people: dict[str, Person] = {}

    def person(person_id: str) -> Person:
        return people.setdefault(person_id, Person(person_id))

    first_calls: dict[str, datetime] = {}
    for call in events.calls:
        if call.user_id:
            person(f"user:{call.user_id}").user_id = call.user_id
            if call.occurred_at:
                earlier = first_calls.get(call.user_id, call.occurred_at)
                first_calls[call.user_id] = min(earlier, call.occurred_at)
    for user_id in events.users:
        person(f"user:{user_id}").user_id = user_id
    for session in sessions_of(events, identity, settings):
        person(session.person_id).sessions.append(session)
    for customer in identity.claims:
        found = person(identity.person_of(customer))
        found.user_id = found.user_id or identity.user_of(customer)
        found.customers.add(customer)
    for found in people.values():
        created = [m for m in events.users.get(found.user_id, ()) if m]
        found.signed_up_at = min(created, default=first_calls.get(found.user_id))
        relations = {relation for relation, _ in found.customers}
        if len(relations) == 1 and not found.person_id.startswith("user:"):
            (found.relation,) = relations
    for relation, marts in accounts.items():
        for name in ("dim_customers", "fct_charges"):
            for row in marts[name]:
                if row["customer_id"] is None:
                    continue
                customer = relation, row["customer_id"]
                found = people[identity.person_of(customer)]
                found.dates.append(row["created_at"])
                if row.get("is_gross"):
                    found.gross_charges.append(row)
    return people
