"""Random people who visit, sign up and pay, that meet the hard cases of identity.

Ids, addresses and moments come from small pools, so that people meet.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from engine.schema import Created, Tables
from hypothesis import strategies as st
from reference import Settings

from random_accounts import recurring
from random_accounts.accounts import Sources
from random_accounts.moments import NOON, moments
from random_accounts.strategies import delivered, one_of, rarely

Draw = st.DrawFn
Raw = dict[str, Any]

METADATA = "metadata_user_id"
SPEND = "marketing"
DEVICES = ("a_1", "a_2", "a_1", "a_2", "a_3", " a_1", "A_1", "", None)
USERS = ("u_1", "u_2", "u_1", "u_3", " u_1 ", "U_1", "")
CUSTOMERS = ("cus_1", "cus_2", "cus_3", "cus_missing")
EMAILS = (
    "ada@example.com",
    " Ada@Example.com ",
    "bob@example.com",
    "eve@example.com",
    "",
    " ",
)
# source, medium, name
CAMPAIGNS = (
    ("google", "cpc", "brand"),
    ("google", "cpc", "other"),
    ("Google", " CPC ", "brand"),
    (" google ", "cpc", "brand"),
    ("newsletter", None, None),
    (None, "e-mail", None),
    ("partner", "affiliate_link", "Spring"),
    ("nobody", "knows", "Brand"),
    (None, None, "brand"),
    ("", "", ""),
)
ADDRESSES = (
    "https://www.shop.example/pricing",
    "https://shop.example:8080/",
    "https://blog.shop.example/post",
    "http://SHOP.example?a=b",
    "https://myshop.example/",
)
REFERRERS = (
    *ADDRESSES,
    "https://www.google.com/search?q=shop",
    "https://www.google.co.uk/",
    "android-app://com.google.android.gm/",
    "HTTPS://News.YCombinator.com/item",
    "https://checkout.stripe.com/pay",
    "https://l.facebook.com#x",
    "https://example.net?via=//google.com",
    "shop.example",
    "",
)
EVENTS = ("trial_started", "invited", "Trial_Started")
COMPANIES = ("acme", "bolt", "acme", " acme ", "Acme", "", None)
COMPANY_NAMES = ("Acme", None, " Acme Ltd ", "Bolt", "", " ")
# Screens stand between pages, tracks before them, if only ids are looked at.
IDS = {"screens": "pages_{}s", "tracks": "opened_{}"}
MINUTE = timedelta(minutes=1)
MICROSECOND = timedelta(microseconds=1)
TEXT = (
    "anonymous_id",
    "user_id",
    "context_campaign_source",
    "context_campaign_medium",
    "context_campaign_name",
    "context_campaign_content",
    "context_campaign_term",
    "context_page_referrer",
    "context_page_url",
)
WITHOUT_PAGE = ("context_page_referrer", "context_page_url")
TIMES = ("timestamp", "original_timestamp", "received_at", "uuid_ts")
TRAITS = ("email", "stripe_customer_id")


@dataclass(frozen=True)
class World:
    """The schemas that a warehouse has.

    steps: named event tables; absent: tables that an event source does not have.
    """

    accounts: Mapping[str, Created]
    events: tuple[str, ...] = ()
    has_spend: bool = False
    steps: tuple[str, ...] = ()
    absent: frozenset[tuple[str, str]] = frozenset()

    @property
    def tables(self) -> Tables:
        """Tables and columns beside those of Segment's Stripe source."""
        found = {name: {"customers": {METADATA: "varchar"}} for name in self.accounts}
        call = {"id": "varchar"} | dict.fromkeys(TEXT, "varchar")
        call |= dict.fromkeys(TIMES, "timestamp")
        traits = dict.fromkeys(TRAITS, "varchar")
        screen = {name: kind for name, kind in call.items() if name not in WITHOUT_PAGE}
        who = {"id": "varchar", "anonymous_id": "varchar", "user_id": "varchar"}
        who |= dict.fromkeys(TIMES, "timestamp")
        for name in self.events:
            delivered = {
                "pages": call | {"referrer": "varchar", "url": "varchar"},
                "tracks": call | {"event": "varchar"},
                "identifies": call | traits,
                "users": {"id": "varchar", "created_at": "timestamp"}
                | {"received_at": "timestamp", "uuid_ts": "timestamp"}
                | traits,
                "screens": screen,
                "groups": who | {"group_id": "varchar", "name": "varchar"},
            } | dict.fromkeys(self.steps, who)
            found[name] = {
                table: columns
                for table, columns in delivered.items()
                if (name, table) not in self.absent
            }
        if self.has_spend:
            found[SPEND] = {
                "ad_spend": {
                    "date": "date",
                    "channel": "varchar",
                    "currency": "varchar",
                    "spend": "decimal(18, 6)",
                }
            }
        return found


class Builder:
    """Draws the rows of one world."""

    def __init__(self, draw: Draw, settings: Settings, world: World) -> None:
        self.draw, self.settings, self.world = draw, settings, world
        # schema -> table -> its columns
        self.columns = world.tables
        # People do most things around a few moments.
        self.anchors = draw(st.lists(moments(settings.as_of), min_size=2, max_size=3))
        idle = settings.session_idle_minutes * MINUTE
        self.gaps = (
            timedelta(0),
            2 * MINUTE,
            idle,
            idle + MICROSECOND,
            idle - MICROSECOND,
            2 * idle,
            -idle,
            timedelta(days=1),
            timedelta(days=-40),
            timedelta(days=33),
        )
        # What lives leave to the other tables, by customer.
        self.addresses: dict[str, str] = {}
        self.starts: list[datetime] = []
        self.paid: list[tuple[str, datetime]] = []
        self.calls: dict[str, dict[str, list[Raw]]] = {
            website: defaultdict(list) for website in world.events
        }

    def moment(self) -> datetime:
        """A moment near one of the anchors."""
        return self.draw(one_of(*self.anchors)) + self.draw(one_of(*self.gaps))

    def tables(self) -> Sources:
        """All rows: schema -> table -> rows."""
        found = Sources()
        for _ in range(self.draw(one_of(2, 1, 3)) if self.world.events else 0):
            self.life()
        for number, (name, created) in enumerate(self.world.accounts.items()):
            if not number or self.draw(st.booleans()):
                found[name] = self.account(created)
        for name in self.world.events:
            found[name] = self.event_source(name)
        if self.world.has_spend:
            found[SPEND] = {
                "ad_spend": [self.spend() for _ in range(self.draw(one_of(4, 0, 3, 8)))]
            }
        return found

    def life(self) -> None:
        """A person who visits, mostly says who it is, and mostly pays."""
        draw = self.draw
        user_id, customer_id = draw(one_of(*USERS[:4])), draw(one_of(*CUSTOMERS[:3]))
        moment = draw(one_of(*self.anchors)) + draw(one_of(*self.gaps[-3:]))
        known = {"user_id": user_id}
        self.starts.append(moment)
        for number in range(draw(one_of(3, 1, 2, 4))):
            website = draw(one_of(*self.world.events))
            device = {"anonymous_id": draw(one_of(*DEVICES[:-2]))}
            dated = {"timestamp": moment}
            if number and draw(st.booleans()):
                said = device | dated | known | self.traits()
                self.call(website, "identifies", said)
            else:
                named = draw(one_of({}, {}, {"user_id": user_id}))
                kind = draw(one_of("pages", "tracks", "screens", *self.world.steps))
                self.call(website, kind, device | dated | named)
            if draw(one_of(False, False, True)):
                kind = draw(one_of("screens", "pages", "tracks"))
                self.call(website, kind, device | dated)
            moment += abs(draw(one_of(*self.gaps[:-2])))
        said = {"email": draw(one_of(*EMAILS[:4])), "stripe_customer_id": None}
        if draw(one_of(False, False, True)):
            said["stripe_customer_id"] = customer_id
        dated = {"timestamp": moment, "anonymous_id": draw(one_of(None, *DEVICES))}
        website = draw(one_of(*self.world.events))
        self.call(website, "identifies", known | said | dated)
        for _ in range(draw(one_of(1, 0, 2))):
            self.groups(known | {"timestamp": moment})
        self.addresses[customer_id] = said["email"]
        if draw(one_of(True, True, False)):
            paid_at = moment + draw(one_of(*self.gaps))
            self.paid.append((customer_id, paid_at))

    def account(self, created: Created) -> dict[str, list[Raw]]:
        """A Stripe account: customers, charges and what reached the balance."""
        draw = self.draw
        rows: dict[str, list[Raw]] = defaultdict(list)
        kept: dict[str, list[Raw]] = {}
        if draw(one_of(False, True)):
            lives = recurring.Builder(draw, self.settings)
            lives.build()
            rows, kept = lives.rows, lives.kept
        others = {row["id"]: row for row in rows.pop("customers", [])}
        for name in CUSTOMERS[:-1]:
            if draw(one_of(True, True, True, False)):
                rows["customers"].append(others.get(name, {}) | self.customer(name))
        has_moves = draw(one_of(True, True, True, False))
        for name, moment in self.paid:
            if draw(st.booleans()):
                self.payment(rows, has_moves, name, moment)
        for _ in range(draw(st.integers(0, 3))):
            name = draw(rarely(st.none(), draw(one_of(*CUSTOMERS))))
            self.payment(rows, has_moves, name, self.moment())
        loaded = {
            name: [delivered(row, created) for row in found]
            for name, found in rows.items()
        }
        # As in lives: the warehouse has the column, so that nothing in it says nothing.
        named = (loaded.get("subscriptions", ()), kept.get(recurring.SNAPSHOTS[0], ()))
        for row in (row for found in named for row in found):
            row.setdefault("discount_id", None)
        return loaded | kept

    def customer(self, name: str) -> Raw:
        """A customer, with or without an e-mail and a user in its metadata."""
        draw = self.draw
        return {
            "id": name,
            "received_at": NOON,
            "created": draw(rarely(st.none(), self.moment())),
            "currency": draw(one_of("usd", None, "eur", "usd")),
            "email": draw(one_of(self.addresses.get(name), None, *EMAILS[:4])),
            METADATA: draw(one_of(None, None, *USERS, "u_9")),
        }

    def payment(
        self,
        rows: dict[str, list[Raw]],
        has_moves: bool,
        customer_id: str | None,
        created: datetime,
    ) -> None:
        """A charge of any outcome, its refund, and what they moved."""
        draw = self.draw
        number = len(rows["charges"]) + 1
        name = f"ch_{number}"
        charge = {
            "id": name,
            "received_at": NOON,
            "created": created,
            "customer_id": customer_id,
            "amount": draw(one_of(1000, 333, 1999)),
            "currency": draw(rarely(st.just("zzz"), draw(one_of("usd", "eur", "jpy")))),
            "status": draw(one_of("succeeded", "succeeded", "succeeded", "failed")),
            "captured": draw(rarely(st.just(False))),
        }
        rows["charges"].append(charge)
        settled = draw(rarely(one_of("eur", "gbp"), charge["currency"]))
        moves = [("charge", name, charge["amount"], created)]
        if draw(one_of(False, False, True)):
            refund = {
                "id": f"re_{number}",
                "received_at": NOON,
                "created": created + draw(one_of(*self.gaps)),
                "charge_id": name,
                "amount": draw(one_of(charge["amount"], 100)),
                "currency": charge["currency"],
            }
            rows["refunds"].append(refund)
            moves.append(("refund", refund["id"], -refund["amount"], refund["created"]))
        for kind, source, amount, moment in moves if has_moves else ():
            fee = draw(one_of(59, 0))
            rows["balance_transactions"].append(
                {
                    "id": f"txn_{source}",
                    "received_at": NOON,
                    "created": moment,
                    "source": source,
                    "type": kind,
                    "amount": amount,
                    "fee": fee,
                    "net": amount - fee,
                    "currency": settled,
                }
            )

    def event_source(self, website: str) -> dict[str, list[Raw]]:
        """The tables of one website or app: what lives left there, and more."""
        draw = self.draw
        kinds = "pages", "pages", "tracks", "identifies", "screens", *self.world.steps
        for _ in range(draw(one_of(2, 0, 1, 4))):
            kind = draw(one_of(*kinds))
            said = self.traits() if kind == "identifies" else {}
            self.call(website, kind, said)
        for _ in range(draw(one_of(0, 1, 3))):
            self.groups({})
        for name in USERS[1:]:
            if name and draw(one_of(False, False, True)):
                created_at = draw(one_of(None, self.moment()))
                self.calls[website]["users"].append(
                    {"id": name, "created_at": created_at, "received_at": NOON}
                    | self.traits()
                )
        return dict(self.calls[website])

    def groups(self, said: Raw) -> None:
        """A group call of an event source, or at one moment of several or of each."""
        draw, websites = self.draw, self.world.events
        at_once = said | {"timestamp": self.moment()}
        if draw(one_of(False, False, True)):
            at_once |= {"timestamp": None, "original_timestamp": None}
        number = sum(len(tables["groups"]) for tables in self.calls.values())
        for website in draw(one_of(websites[:1], websites[-1:], websites, websites)):
            for name in draw(one_of(("a",), ("a", "B"))):
                known = at_once | {"id": f"groups_{number}_{name}"}
                self.call(website, "groups", known)

    def traits(self) -> Raw:
        """What a website says of a user."""
        stripe_id = one_of("cus_1", " cus_2 ", "cus_3", "cus_gone", "")
        return {
            "email": self.draw(one_of(None, *EMAILS)),
            "stripe_customer_id": self.draw(rarely(stripe_id)),
        }

    def call(self, website: str, kind: str, said: Raw) -> None:
        """A call that says this and more, rarely undated or delivered twice.

        Of a kind that the website has no table of there is none.
        """
        draw, columns = self.draw, self.columns[website].get(kind)
        if columns is None:
            return
        rows = self.calls[website][kind]
        source, medium, name = draw(
            one_of((None, None, None), draw(one_of(*CAMPAIGNS)))
        )
        moment = self.moment()
        number = len(rows) + 1
        every = {
            "id": IDS.get(kind, f"{kind}_{{}}").format(number),
            "received_at": NOON,
            "timestamp": draw(rarely(st.none(), moment)),
            "original_timestamp": draw(one_of(None, moment, moment - MINUTE)),
            "anonymous_id": draw(one_of(*DEVICES)),
            "user_id": draw(one_of(None, None, draw(one_of(*USERS)))),
            "context_campaign_source": source,
            "context_campaign_medium": medium,
            "context_campaign_name": name,
            "context_campaign_content": draw(rarely(one_of("blue", "red"))),
            "context_campaign_term": draw(rarely(one_of("shop", "buy"))),
            "context_page_referrer": draw(one_of(None, *REFERRERS)),
            "context_page_url": draw(one_of(None, *ADDRESSES)),
            "referrer": draw(one_of(None, None, *REFERRERS)),
            "url": draw(one_of(None, None, *ADDRESSES)),
            "event": draw(one_of("opened", *EVENTS)),
            "group_id": draw(one_of(*COMPANIES)),
            "name": draw(one_of(*COMPANY_NAMES)),
        }
        row = {column: value for column, value in every.items() if column in columns}
        row |= said
        rows.append(row)
        if draw(rarely(st.just(True))):
            older = row | {"user_id": "u_2", "timestamp": NOON, "email": EMAILS[2]}
            older = {name: value for name, value in older.items() if name in row}
            rows.append(older | {"received_at": NOON - MINUTE})

    def spend(self) -> Raw:
        """What was spent on a channel on a day."""
        draw = self.draw
        day = draw(one_of(*self.starts, *self.anchors)).date()
        return {
            "date": draw(rarely(one_of(None, self.settings.as_of), day)),
            "channel": draw(
                one_of("direct", " Paid_Search ", "direct", "untracked", None, "")
            ),
            "currency": draw(one_of("usd", "usd", "USD ", "eur", None)),
            "spend": draw(
                one_of(Decimal("5"), Decimal("0.5"), Decimal("123.456789"), None)
            ),
        }


@st.composite
def journeys(draw: Draw, settings: Settings, world: World) -> Sources:
    """Rows of every schema of a world; snapshots beside the collections."""
    return Builder(draw, settings, world).tables()
