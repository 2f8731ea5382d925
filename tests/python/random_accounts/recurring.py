"""Random Stripe accounts of a few subscriptions that meet the hard cases of MRR.

Ids come from small pools, so that rules meet. What Segment never delivers is not drawn:
a subscription that changes its customer, a version older than the one it replaced.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from engine.schema import Created
from hypothesis import strategies as st
from reference import Settings
from reference.rows import SNAPSHOTS

from random_accounts.accounts import Sources
from random_accounts.moments import midnight
from random_accounts.oddities import NAMED_RATES, tax_rates, with_empty_texts
from random_accounts.strategies import delivered, one_of, rarely

Draw = st.DrawFn
Raw = dict[str, Any]

SECOND = timedelta(seconds=1)
STATUSES = ("active", "active", "active", "past_due", "canceled", "trialing")
ODD_STATUSES = ("unpaid", "paused", "incomplete", "incomplete_expired", "odd", None)
REASONS = ("cancellation_requested", "payment_failed", "payment_disputed", "Odd ")
UNPAID = ("open", "uncollectible")
CURRENCIES = ("usd", "usd", "eur", "jpy", "kwd", "USD ")
PRICES = (1000, 999, 12000)
ODD_PRICES = (None, 0, 1)
QUANTITIES = (1, None, 3, 2, 7, 1, 0)
SUBSCRIPTIONS = ("sub_1", "sub_2", "sub_3", "sub_4")
CUSTOMERS = ("cus_1", "cus_2", "cus_1")
# Columns of a snapshot that are called as in Segment's tables.
KEPT = (
    "customer_id",
    "discount_id",
    "ended_at",
    "is_deleted",
    "plan_id",
    "quantity",
    "received_at",
    "status",
    "subscription_id",
    "tax_rates",
)


def edges(settings: Settings) -> list[datetime]:
    """Ends of months and of the as-of day in the reporting zone, and near them."""
    firsts = [date(2025, 12, 1), *[date(2026, month, 1) for month in range(1, 5)]]
    ends = [
        midnight(day, settings.reporting_timezone)
        for day in [*firsts, settings.as_of + timedelta(days=1)]
    ]
    plain = [datetime(2025, 11, 15, 12) + timedelta(days=17 * n) for n in range(9)]
    near = [end + gap for end in ends for gap in (timedelta(0), -SECOND, SECOND)]
    return sorted({*near, *plain, *plain})


class Builder:
    """Draws one account, object by object; ids are numbered per collection."""

    def __init__(self, draw: Draw, settings: Settings) -> None:
        self.draw = draw
        self.settings = settings
        self.edges = edges(settings)
        self.moments = st.sampled_from(self.edges)
        self.rows: dict[str, list[Raw]] = defaultdict(list)
        self.kept: dict[str, list[Raw]] = defaultdict(list)
        # Stripe bills a subscription in one currency.
        self.plans: dict[str, list[str]] = {}
        self.has_snapshots = draw(one_of(True, True, False))

    def build(self) -> None:
        """Draw the collections as they are now, and what snapshots kept."""
        draw = self.draw
        for number in range(draw(st.integers(2, 4))):
            self.plan(number + 1)
        for number in range(draw(st.integers(0, 2))):
            self.coupon(number + 1)
        for row in tax_rates(draw):
            self.add("tax_rates", row.pop("id"), **row)
        for number in range(draw(st.integers(0, 5)) if self.rows["coupons"] else 0):
            self.discount(number + 1)
        for name in sorted(set(CUSTOMERS)):
            if draw(st.booleans()):
                discount_id = draw(rarely(self.discount_id()))
                self.add(
                    "customers",
                    name,
                    discount_id=discount_id,
                    default_source=draw(one_of(None, None, "card_1", "card_gone")),
                )
        for number in range(draw(one_of(0, 1, 2, 3))):
            self.card(number + 1)
        if draw(st.booleans()):
            self.add("products", "prod_1", name="Service")
        for name in SUBSCRIPTIONS[: draw(one_of(2, 3, 4))]:
            self.subscription(name)
        if draw(rarely(st.just(True))):
            self.loaded_before()
        for number in range(draw(one_of(1, 0, 2, 3, 4))):
            self.invoice(number + 1)
        for number, row in enumerate(self.rows["subscriptions"]):
            if draw(st.booleans()):
                self.demand(number, row["id"])

    def add(self, collection: str, key: str, /, **columns: Any) -> Raw:
        """Add a row of this id."""
        row = {"id": key, "received_at": self.edges[0], **columns}
        self.rows[collection].append(row)
        return row

    def plan(self, number: int) -> None:
        """A plan, sometimes metered, of no known interval or in an odd currency."""
        draw = self.draw
        self.add(
            "plans",
            f"plan_{number}",
            amount=draw(rarely(one_of(*ODD_PRICES), draw(one_of(*PRICES)))),
            currency=draw(rarely(one_of("zzz", "eur"), draw(one_of(*CURRENCIES)))),
            interval=draw(
                rarely(
                    one_of("decade", None), draw(one_of("month", "year", "week", "day"))
                )
            ),
            interval_count=draw(one_of(1, None, 2, 3, 0)),
            product=draw(one_of(None, "prod_1")),
            name=draw(rarely(st.just("Old name"))),
            nickname=draw(rarely(st.just("Basic"))),
        )

    def card(self, number: int) -> None:
        """A card, with its last month before, at or after the as-of day's."""
        draw = self.draw
        self.add(
            "cards",
            f"card_{number}",
            customer_id=draw(rarely(st.none(), draw(one_of(*CUSTOMERS)))),
            brand="Visa",
            last4=draw(rarely(st.none(), "4242")),
            exp_month=draw(rarely(one_of(None, 13), draw(one_of(3, 4, 5)))),
            exp_year=draw(rarely(one_of(None, 0), 2026)),
            is_deleted=draw(rarely(st.booleans())),
        )

    def coupon(self, number: int) -> None:
        """A coupon by percentage, by amount, or, rarely, by both."""
        draw = self.draw
        by_amount = draw(st.booleans())
        by_percent = not by_amount or draw(rarely(st.just(True), False))
        amount = draw(one_of(250, 1, 999, 1500, 100000)) if by_amount else None
        percent = draw(one_of(20, 100, 33, 50)) if by_percent else None
        precise = one_of(Decimal("33.333333"), Decimal("12.5"))
        self.add(
            "coupons",
            f"co_{number}",
            duration=draw(
                one_of("forever", "forever", "forever", "once", "repeating", None)
            ),
            amount_off=amount,
            currency=draw(one_of("usd", "usd", "eur")) if by_amount else None,
            percent_off=percent,
            percent_off_precise=draw(rarely(precise)) if by_percent else None,
        )

    def discount(self, number: int) -> None:
        """A discount of a subscription, of a customer, of both or of nobody."""
        draw = self.draw
        constant = {
            "id": f"di_{number}",
            "created": self.edges[0],
            "coupon_id": draw(rarely(st.just("co_gone"), draw(one_of("co_1", "co_2")))),
            "subscription": draw(one_of(None, *SUBSCRIPTIONS[:2])),
            "customer_id": draw(one_of(*CUSTOMERS, None)),
            "start": draw(st.one_of(st.none(), st.sampled_from(self.edges[:6]))),
            draw(one_of("end", "_end")): draw(one_of(None, draw(self.moments))),
        }

        def version() -> Raw:
            return constant | {"is_deleted": draw(one_of(None, None, False, True))}

        self.live("discounts", "discount_id", self.edges[0], version)
        for row in self.rows["discounts"]:
            row.pop("created", None)

    def discount_id(self) -> st.SearchStrategy[str]:
        """A discount of the account, or one that is not delivered."""
        return one_of("di_1", "di_2", "di_3", "di_gone")

    def plan_id(self, owner: str) -> str:
        """A plan in the subscription's currency, rarely one that is not delivered."""
        if owner not in self.plans:
            code = self.draw(
                one_of(*[p["currency"].strip() for p in self.rows["plans"]])
            )
            self.plans[owner] = [
                row["id"]
                for row in self.rows["plans"]
                if row["currency"].strip().lower() == code.lower()
            ]
        plan_id = self.draw(one_of(*self.plans[owner]))
        return self.draw(rarely(st.just("plan_gone"), plan_id))

    def period_end(self) -> datetime:
        """A moment near the end of the as-of day, or a month after it."""
        end = midnight(
            self.settings.as_of + timedelta(days=1), self.settings.reporting_timezone
        )
        gap = self.draw(one_of(timedelta(0), -SECOND, SECOND, timedelta(days=31)))
        return end + gap

    def status(self) -> str | None:
        """A status, often one that counts."""
        return self.draw(rarely(one_of(*ODD_STATUSES), self.draw(one_of(*STATUSES))))

    def subscription(self, name: str) -> None:
        """A subscription and its items, each in one to three versions."""
        draw = self.draw
        created = draw(rarely(self.moments, self.edges[draw(st.integers(0, 6))]))
        constant = {
            "id": name,
            "created": created,
            "customer_id": draw(rarely(st.none(), draw(one_of(*CUSTOMERS)))),
            "livemode": draw(rarely(one_of(True, True, False))),
            "start_date": draw(rarely(self.moments)),
            **self.trial(),
        }

        def version() -> Raw:
            return constant | {
                "status": self.status(),
                "is_deleted": draw(rarely(st.booleans())),
                "cancel_at_period_end": draw(one_of(None, True, False)),
                "plan_id": self.plan_id(name) if draw(st.booleans()) else None,
                "quantity": draw(one_of(*QUANTITIES)),
                "discount_id": draw(st.one_of(st.none(), self.discount_id())),
                "current_period_end": draw(rarely(st.none(), self.period_end())),
                "collection_method": draw(one_of(None, None, "send_invoice")),
                "canceled_at": draw(st.one_of(st.none(), self.moments)),
                "cancellation_details_reason": draw(rarely(one_of(*REASONS))),
                "ended_at": draw(one_of(None, None, draw(self.moments))),
            }

        self.live("subscriptions", "subscription_id", created, version)
        for _ in range(draw(one_of(1, 0, 1, 2, 3))):
            owner = draw(rarely(st.just("sub_gone"), name))
            self.item(owner, draw(rarely(self.moments, created)))

    def trial(self) -> Raw:
        """A trial of any length, or none."""
        draw = self.draw
        return {
            "trial_start": draw(rarely(self.moments)),
            "trial_end": draw(st.one_of(st.none(), self.moments)),
        }

    def item(self, owner: str, created: datetime) -> None:
        """An item, whose plan and quantity change."""
        constant = {
            "id": f"si_{len(self.rows['subscription_items']) + 1}",
            "created": created,
            "subscription_id": owner,
        }

        def version() -> Raw:
            quantity = self.draw(one_of(*QUANTITIES))
            return constant | {
                "plan_id": self.plan_id(owner),
                "quantity": quantity,
                "tax_rates": self.draw(one_of(*NAMED_RATES)),
                "is_deleted": self.draw(one_of(None, None, False, True)),
            }

        self.live("subscription_items", "subscription_item_id", created, version)

    def live(self, collection: str, key: str, created: datetime, version: Any) -> None:
        """Add the newest version to its collection, earlier ones to the snapshot."""
        draw = self.draw
        possible = [moment for moment in self.edges if moment >= created]
        count = draw(one_of(3, 1, 2, 4))
        heard = sorted(
            draw(st.sets(st.sampled_from(possible), min_size=1, max_size=count))
        )
        versions = [version() | {"received_at": moment} for moment in heard]
        # What is gone does not come back, but for subscriptions.
        for before, after in pairwise(versions if key != "subscription_id" else ()):
            after["is_deleted"] = before["is_deleted"] or after["is_deleted"]
        self.rows[collection].append(versions[-1])
        if not self.has_snapshots or draw(rarely(st.just(True))):
            if draw(rarely(st.booleans())):
                versions[-1]["received_at"] = None
            return
        # The snapshot has not always run since the newest version came.
        kept = versions[: draw(one_of(len(versions), len(versions) - 1))]
        # It may have kept the newest version before it kept deletions.
        if len(kept) == len(versions) and draw(one_of(False, False, True)):
            kept = [*kept[:-1], kept[-1] | {"is_deleted": None}]
        self.keep(collection, key, kept)

    def keep(self, collection: str, key: str, versions: Sequence[Raw]) -> None:
        """Add versions of one object to its snapshot, the last one open."""
        ends = [*[version["received_at"] for version in versions[1:]], None]
        for row, end in zip(versions, ends[: len(versions)], strict=True):
            self.kept[f"{collection}_snapshot"].append(
                {name: row[name] for name in KEPT if name in row}
                | {key: row["id"], "created_at": row.get("created")}
                | {"dbt_valid_from": row["received_at"], "dbt_valid_to": end}
            )

    def loaded_before(self) -> None:
        """Snapshot rows of a subscription that is delivered no more."""
        if not self.has_snapshots:
            return
        row = {"id": "sub_other", "status": "active", "customer_id": "cus_1"}
        row |= {"plan_id": "plan_1", "created": self.edges[0]}
        item = {"id": "si_other", "subscription_id": "sub_other", "plan_id": "plan_1"}
        item |= {"created": self.edges[0]}
        heard = {"received_at": self.edges[0]}
        self.keep("subscriptions", "subscription_id", [row | heard])
        self.keep("subscription_items", "subscription_item_id", [item | heard])

    def invoice(self, number: int) -> None:
        """An invoice of a subscription's lines, of any status."""
        draw = self.draw
        end = midnight(
            self.settings.as_of + timedelta(days=1), self.settings.reporting_timezone
        )
        owners = [r["id"] for r in self.rows["subscriptions"] if r["created"] < end]
        odd = one_of("draft", "void", "odd", None)
        status = draw(rarely(odd, draw(one_of("paid", "paid", *UNPAID))))
        owner = draw(rarely(st.just("sub_gone"), draw(one_of(*owners, "sub_gone"))))
        older = one_of("paid", "closed", "forgiven", "attempted")
        created = draw(self.moments)
        row = self.add(
            "invoices",
            f"in_{number}",
            customer_id=draw(rarely(st.none(), draw(one_of(*CUSTOMERS)))),
            subscription_id=draw(one_of(None, owner)),
            status=status,
            total=draw(rarely(one_of(0, None), 1000)),
            amount_due=draw(rarely(one_of(0, 500))),
            attempt_count=draw(one_of(2, 0, None)),
            **{draw(one_of("created", "created", "date")): created},
            **{"attempted": draw(one_of(None, True, False))}
            | ({draw(older): True} if status is None else {}),
        )
        for _ in range(draw(one_of(1, 2, 3))):
            self.line(row["id"], owner, created)

    def demand(self, number: int, owner: str) -> None:
        """An invoice of a subscription whose lines are not delivered."""
        draw = self.draw
        self.add(
            "invoices",
            f"in_asked_{number}",
            subscription_id=owner,
            status=draw(one_of("paid", "void", *UNPAID)),
            total=1000,
            attempt_count=draw(one_of(4, 1, 0)),
            created=draw(self.moments),
        )

    def line(self, invoice_id: str, owner: str, created: datetime) -> None:
        """A line, mostly of a subscription's period."""
        draw = self.draw
        plan_id = self.plan_id(owner)
        plans = {row["id"]: row for row in self.rows["plans"]}
        late = (timedelta(minutes=30), timedelta(days=3), timedelta(days=3, seconds=1))
        ahead = one_of(*late, timedelta(days=-2), timedelta(days=9)).map(
            lambda gap: created - gap
        )
        start = draw(rarely(self.moments, draw(one_of(created, draw(ahead)))))
        lasting = one_of(30, 95, 365, 1)
        named = draw(rarely(st.just("in_gone"), invoice_id))
        # Older ids are those of the subscription: the same on every invoice.
        known = {(row["invoice_id"], row["id"]) for row in self.rows["invoice_lines"]}
        key = f"il_{len(self.rows['invoice_lines']) + 1}"
        older = draw(one_of(key, owner))
        self.add(
            "invoice_lines",
            key if (named, older) in known else older,
            invoice_id=named,
            tax_rates=draw(one_of(*NAMED_RATES)),
            subscription_id=draw(rarely(st.none(), owner)),
            plan_id=plan_id,
            currency=plans.get(plan_id, {"currency": "usd"})["currency"],
            type=draw(rarely(one_of("invoiceitem", None), "subscription")),
            amount=draw(rarely(one_of(0, -500), 1000)),
            quantity=draw(one_of(*QUANTITIES)),
            proration=draw(rarely(st.just(True), draw(one_of(None, False)))),
            period_start=start,
            period_end=draw(
                st.one_of(
                    self.moments, lasting.map(lambda n: start + timedelta(days=n))
                )
            ),
        )


@st.composite
def lives(
    draw: Draw,
    settings: Settings,
    schemas: Mapping[str, Created],
    without_discount_ids: Collection[str] = (),
) -> Sources:
    """An account in the first schema and, sometimes, one in each other schema.

    Snapshots stand beside the collections, under their own names. A column that an
    account has is in all its rows.
    """
    found = Sources()
    for number, (schema, created) in enumerate(schemas.items()):
        if number and not draw(one_of(False, False, False, True)):
            continue
        builder = Builder(draw, settings)
        builder.build()
        rows_by_collection = {
            collection: [delivered(row, created) for row in rows]
            for collection, rows in builder.rows.items()
        }
        with_empty_texts(draw, rows_by_collection)
        for row in [*rows_by_collection["subscriptions"], *builder.kept[SNAPSHOTS[0]]]:
            if schema in without_discount_ids:
                row.pop("discount_id", None)
            else:
                row.setdefault("discount_id", None)
        found[schema] = rows_by_collection | builder.kept
    return found


def snapshots_of(account: Sources) -> dict[str, list[Raw]]:
    """Snapshot -> its rows over all sources, each with every column of any."""
    rows: dict[str, list[Raw]] = defaultdict(list)
    for schema, tables in account.items():
        for name in SNAPSHOTS:
            rows[name] += [
                {"source_relation": schema} | r for r in tables.get(name, ())
            ]
    return {
        name: [dict.fromkeys(c for r in found for c in r) | row for row in found]
        for name, found in rows.items()
    }


def tables_of(account: Sources) -> Sources:
    """The account without what snapshots kept."""
    return Sources(
        {
            schema: {
                name: rows for name, rows in tables.items() if name not in SNAPSHOTS
            }
            for schema, tables in account.items()
        }
    )
