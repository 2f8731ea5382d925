"""Whose the calls of event sources, their devices and Stripe's customers are.

user_id and anonymous_id are one space over all event sources and Stripe accounts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from reference import time
from reference.rows import Account, Row, Settings, Source, version, without_empty

Fact = dict[str, Any]
# Rows of the marts of one Stripe account, by mart.
Marts = Mapping[str, list[Fact]]
# source_relation and customer_id
Customer = tuple[str, str]

# Kinds of calls that tell of visits, in the order of those of one moment.
RANKS = {"pages": 1, "screens": 1, "tracks": 2, "identifies": 3}
# The stronger evidence comes first.
METHODS = ("metadata", "trait", "email")


@dataclass(frozen=True)
class Call:
    """One call of a website or app; texts trimmed, None where empty."""

    kind: str
    relation: str
    call_id: str
    occurred_at: datetime | None
    anonymous_id: str | None
    user_id: str | None
    source: str | None
    medium: str | None
    campaign: str | None
    referrer: str | None
    url: str | None

    @property
    def order(self) -> tuple:
        """Place among the calls of its device."""
        names = self.relation.encode(), self.call_id.encode()
        return self.occurred_at, RANKS[self.kind], *names


@dataclass(frozen=True)
class Trait:
    """What a users row or an identify call says of a user."""

    user_id: str
    email: str | None
    stripe_customer_id: str | None


@dataclass(frozen=True)
class Membership:
    """What a group call says of a user's company, and of the company."""

    call: Call
    company_id: str
    company_name: str | None


@dataclass(frozen=True)
class Events:
    """What is known by the as-of day, over all event sources."""

    calls: list[Call]
    traits: list[Trait]
    # user -> created_at of its users rows
    users: dict[str, list[datetime | None]]
    memberships: list[Membership]
    # event that is a step of the funnel -> its calls
    steps: dict[str, list[Call]]


def cleaned(text: str | None) -> str | None:
    """The text without blanks around it; None where nothing is left."""
    return (text or "").strip(" ") or None


def address(text: str | None) -> str | None:
    """An e-mail address in lower case."""
    found = cleaned(text)
    return found.lower() if found else None


def newest(rows: Iterable[Row]) -> list[Row]:
    """The newest version of each row, by id."""
    found: dict[str, Row] = {}
    for row in map(without_empty, rows):
        kept = found.get(row["id"])
        if kept is None or version(row) > version(kept):
            found[row["id"]] = row
    return list(found.values())


def read_events(sources: Mapping[str, Account], settings: Settings) -> Events:
    """Calls and users of every event source, without those after the as-of day."""
    events = Events([], [], defaultdict(list), [], defaultdict(list))
    for relation, tables in sources.items():
        found = partial(calls_of, relation, tables, settings)
        for kind in RANKS:
            for call, row in found(kind):
                events.calls.append(call)
                if kind == "identifies" and call.user_id:
                    events.traits.append(trait_of(call.user_id, row))
        for row in newest(tables.get("users", ())):
            user_id, created_at = cleaned(row["id"]), time.utc(row.get("created_at"))
            if user_id and not settings.is_later(created_at):
                events.users[user_id].append(created_at)
                events.traits.append(trait_of(user_id, row))
        for call, row in found("groups"):
            if company_id := cleaned(row.get("group_id")):
                name = cleaned(row.get("name"))
                events.memberships.append(Membership(call, company_id, name))
        for event in settings.event_steps:
            own = [call for call, _ in found(event)]
            own += [call for call, row in found("tracks") if row.get("event") == event]
            events.steps[event] += own
    return events


def calls_of(
    relation: str, tables: Account, settings: Settings, kind: str
) -> Iterator[tuple[Call, Row]]:
    """Calls of one table by the as-of day, the undated included, with their rows."""
    for row in newest(tables.get(kind, ())):
        call = call_of(kind, relation, row)
        if not settings.is_later(call.occurred_at):
            yield call, row


def call_of(kind: str, relation: str, row: Row) -> Call:
    """A raw row as a call; a page's own address counts before its context's.

    A screen has neither.
    """
    own = row if kind == "pages" else {}
    context = {} if kind == "screens" else row
    moment = row.get("timestamp")
    return Call(
        kind=kind,
        relation=relation,
        call_id=row["id"],
        occurred_at=time.utc(
            row.get("original_timestamp") if moment is None else moment
        ),
        anonymous_id=cleaned(row.get("anonymous_id")),
        user_id=cleaned(row.get("user_id")),
        source=cleaned(row.get("context_campaign_source")),
        medium=cleaned(row.get("context_campaign_medium")),
        campaign=cleaned(row.get("context_campaign_name")),
        referrer=cleaned(own.get("referrer")) or context.get("context_page_referrer"),
        url=cleaned(own.get("url")) or context.get("context_page_url"),
    )


def trait_of(user_id: str, row: Row) -> Trait:
    """What a raw row says of its user."""
    stripe_id = cleaned(row.get("stripe_customer_id"))
    return Trait(user_id, address(row.get("email")), stripe_id)


class Identity:
    """Users of devices and customers.

    accounts: source_relation -> the source and the rows of its marts.
    """

    def __init__(
        self, events: Events, accounts: Mapping[str, tuple[Source, Marts]]
    ) -> None:
        self.users_of_device: dict[str, set[str]] = defaultdict(set)
        for call in events.calls:
            if call.anonymous_id and call.user_id:
                self.users_of_device[call.anonymous_id].add(call.user_id)
        by_stripe_id, by_address = defaultdict(set), defaultdict(set)
        for trait in events.traits:
            by_stripe_id[trait.stripe_customer_id].add(trait.user_id)
            by_address[trait.email].add(trait.user_id)
        # customer -> its e-mail, where customers of one are one person
        self.emails: dict[Customer, str] = {}
        # customer -> method -> the users that it names
        self.claims: dict[Customer, dict[str, set[str]]] = {}
        for relation, (source, marts) in accounts.items():
            delivered = {row["customer_id"] for row in marts["dim_customers"]}
            for customer_id in known_customers(source):
                row = source.customers[customer_id] if customer_id in delivered else {}
                column = source.settings.identity_metadata_column
                named = cleaned(row.get(column)) if column else None
                email = address(row.get("email"))
                if email and source.settings.unite_customers_by_email:
                    self.emails[relation, customer_id] = email
                found = {
                    "metadata": {named} if named else set(),
                    "trait": by_stripe_id.get(customer_id, set()),
                    "email": by_address.get(email, set()) if email else set(),
                }
                self.claims[relation, customer_id] = {
                    method: users for method, users in found.items() if users
                }

    @cached_property
    def users_of_address(self) -> dict[str, set[str]]:
        """address -> the users of its customers"""
        found = defaultdict(set)
        for customer, email in self.emails.items():
            found[email] |= {self.user_of(customer)} - {None}
        return found

    def match_of(self, customer: Customer) -> tuple[str, str] | tuple[None, None]:
        """The customer's user and the evidence for it; the strongest decides."""
        claims = self.claims[customer]
        method = next((name for name in METHODS if name in claims), None)
        if method is None or len(claims[method]) > 1:
            return None, None
        return *claims[method], method

    def user_of(self, customer: Customer) -> str | None:
        """The customer's user, where one is found."""
        return self.match_of(customer)[0]

    def person_of(self, customer: Customer) -> str:
        """The person that the customer is."""
        if user := self.user_of(customer) or self.user_of_address(customer):
            return f"user:{user}"
        if email := self.emails.get(customer):
            return f"email:{email}"
        return ":".join(("customer", *customer))

    def user_of_address(self, customer: Customer) -> str | None:
        """The only user of the customers with the customer's address."""
        return only(self.users_of_address.get(self.emails.get(customer, ""), set()))

    def user_of_device(self, anonymous_id: str) -> str | None:
        """The only user ever seen with the device."""
        return only(self.users_of_device.get(anonymous_id, set()))

    def user_of_call(self, call: Call) -> str | None:
        """The user that the call names, else the only one of its device."""
        if call.user_id or not call.anonymous_id:
            return call.user_id
        return self.user_of_device(call.anonymous_id)

    def ambiguities(self) -> Iterator[Fact]:
        """Rows of identity_ambiguities."""
        for anonymous_id, users in self.users_of_device.items():
            for user in users if len(users) > 1 else ():
                yield {
                    "ambiguity_type": "shared_device",
                    "source_relation": None,
                    "anonymous_id": anonymous_id,
                    "customer_id": None,
                    "user_id": user,
                    "match_method": None,
                    "user_count": len(users),
                    "is_matched": False,
                }
        for customer, claims in self.claims.items():
            if len(set().union(*claims.values())) < 2:
                continue
            matched = self.user_of(customer)
            for method, users in claims.items():
                user = only(users)
                yield {
                    "ambiguity_type": (
                        "conflicting_evidence" if matched else "several_users"
                    ),
                    "source_relation": customer[0],
                    "anonymous_id": None,
                    "customer_id": customer[1],
                    "user_id": user,
                    "match_method": method,
                    "user_count": len(users),
                    "is_matched": user is not None and user == matched,
                }


def only(users: set[str]) -> str | None:
    """The one member of a set that has one."""
    return next(iter(users)) if len(users) == 1 else None


def known_customers(source: Source) -> set[str]:
    """Delivered by the as-of day, or named by what is known by then.

    That is charges, invoices and subscriptions, as they are or as a snapshot kept them.
    """
    subscriptions = {row["id"]: row for row in source.known(source.subscriptions)}
    kept = [
        row
        for row in source.snapshots["subscriptions_snapshot"]
        if row["dbt_valid_from"] and row["subscription_id"] in subscriptions
    ]
    named = [*source.known_charges, *source.known_invoices]
    named += [*subscriptions.values(), *kept]
    customers = {row.get("customer_id") for row in named}
    customers |= {row["id"] for row in source.known(source.customers)}
    return customers - {None}
