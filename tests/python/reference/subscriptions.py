"""Subscriptions: what an item is worth a month; fct_subscriptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from reference import money, time
from reference.churn import trial_of
from reference.discounts import Terms, discounts_at, end_of, terms_of
from reference.rows import Row, Settings, Source
from reference.taxes import included_share

MONTHLY = {
    "day": Fraction(365, 12),
    "week": Fraction(52, 12),
    "month": Fraction(1),
    "year": Fraction(1, 12),
}
ZERO = Decimal("0.000000")


@dataclass(frozen=True)
class Item:
    """A plan and how often it was bought; plan None where it is not delivered."""

    plan: Row | None
    quantity: int | None
    # Tax inside the price, as a share of the price without it.
    tax: Fraction = Fraction(0)

    @property
    def currency(self) -> str | None:
        """The plan's; None where that is not delivered."""
        return self.plan["currency"] if self.plan else None

    @property
    def is_excluded(self) -> bool:
        """Metered, tiered or not understood: worth nothing that could be said."""
        plan = self.plan
        return (
            plan is None
            or plan.get("amount") is None
            or plan.get("interval") not in MONTHLY
            or not money.is_known(plan["currency"])
        )

    @property
    def per_period(self) -> int:
        """Plan times quantity per billing period, in minor units."""
        return self.plan["amount"] * (1 if self.quantity is None else self.quantity)

    @property
    def months_share(self) -> Fraction:
        """Billing periods in a month."""
        return MONTHLY[self.plan["interval"]] / (self.plan.get("interval_count") or 1)


def amounts(items: Sequence[Item], terms: Sequence[Terms]) -> list[Decimal]:
    """What each item is worth a month after all coupons; zero where it is excluded.

    Without tax, in major units, rounded once.
    """
    return [
        ZERO
        if value is None
        else major(value * item.months_share / (1 + item.tax), item.currency)
        for item, value in zip(items, after_coupons(items, terms), strict=True)
    ]


def period_prices(items: Sequence[Item], terms: Sequence[Terms]) -> list[Decimal]:
    """What each item costs a billing period after all coupons, tax inside included."""
    return [
        ZERO if value is None else major(value, item.currency)
        for item, value in zip(items, after_coupons(items, terms), strict=True)
    ]


def after_coupons(
    items: Sequence[Item], terms: Sequence[Terms]
) -> list[Fraction | None]:
    """Per billing period, in minor units; None where it is excluded."""
    priced = [item for item in items if not item.is_excluded]
    values = [Fraction(item.per_period) for item in priced]
    for each in terms:
        values = lowered(priced, values, each)
    left = iter(values)
    return [None if item.is_excluded else next(left) for item in items]


def lowered(
    items: Sequence[Item], values: Sequence[Fraction], terms: Terms
) -> list[Fraction]:
    """What a coupon leaves of the items' values.

    An amount off is shared by the items in its currency.
    """
    left = [value * terms.left for value in values]
    alike = [item.currency == terms.currency for item in items]
    shared = sum(value for value, is_in in zip(left, alike, strict=True) if is_in)
    if not terms.off or not shared:
        return left
    rest = max(Fraction(0), shared - terms.off) / shared
    return [
        value * rest if is_in else value
        for value, is_in in zip(left, alike, strict=True)
    ]


def major(minor: Fraction, currency: str) -> Decimal:
    """Major units at six decimals of an exact fraction of minor units, not below 0."""
    millionths = minor * 10 ** (6 - money.decimal_places()[currency])
    # Half away from zero, on exact integers.
    whole = (2 * millionths.numerator + millionths.denominator) // (
        2 * millionths.denominator
    )
    return Decimal(whole).scaleb(-6, money.EXACT)


def end_of_day(day: date, settings: Settings) -> datetime:
    """Start of the next day in the reporting zone, as naive UTC."""
    after = datetime.combine(day + timedelta(days=1), datetime.min.time())
    return time.utc(after.replace(tzinfo=ZoneInfo(settings.reporting_timezone)))


def is_counted(subscription: Row, settings: Settings) -> bool:
    """Whether its status is one that recurring revenue counts."""
    status = (subscription.get("status") or "").strip().lower()
    is_deleted = subscription.get("is_deleted") is True
    return status in settings.mrr_statuses and not is_deleted


def items_of(subscription: Row, items: Sequence[Row], source: Source) -> list[Item]:
    """Its items or, where it has none, its own plan."""
    return [item_of(row, source) for row in items or [subscription]]


def item_of(row: Row, source: Source) -> Item:
    """What an item, a subscription itself or an invoice's line bought."""
    plan = source.plans.get(row.get("plan_id"))
    return Item(plan, row.get("quantity"), included_share(row, source))


def fct_subscriptions(source: Source) -> list[dict[str, Any]]:
    """Rows of fct_subscriptions: as staged, dated by the as-of day."""
    return [fact(row, source) for row in source.known(source.subscriptions)]


def item_rows(subscription_id: str, source: Source) -> list[Row]:
    """Items of a subscription that are not gone, in the order of their creation."""
    rows = [
        row
        for row in source.known(source.subscription_items)
        if row.get("subscription_id") == subscription_id
        and row.get("is_deleted") is not True
    ]
    return sorted(rows, key=lambda row: (row["created"] or datetime.max, row["id"]))


def fact(row: Row, source: Source) -> dict[str, Any]:
    """One row of fct_subscriptions."""
    settings = source.settings
    staged = item_rows(row["id"], source)
    items = items_of(row, staged, source)
    discounts = discounts_at(
        source,
        row["id"],
        row.get("discount_id"),
        row.get("customer_id"),
        end_of_day(settings.as_of, settings),
    )
    discount = discounts[-1] if discounts else None
    # What was replaced stays, at quantity 0: it comes last.
    in_order = sorted(items, key=lambda item: item.quantity == 0)
    currency = next((item.currency for item in in_order if item.currency), None)
    values = amounts(items, terms_of(source, discounts))
    counted = is_counted(row, settings)
    first = in_order[0].plan
    product_id = first.get("product") if first else None
    product = source.products.get(product_id) or {}
    bought = [
        1 if each.get("quantity") is None else each["quantity"]
        for each in staged or [row]
    ]
    prices = period_prices(items, terms_of(source, discounts))
    return {
        "source_relation": source.relation,
        "subscription_id": row["id"],
        "customer_id": row.get("customer_id"),
        "discount_id": row.get("discount_id"),
        "coupon_id": discount.get("coupon_id") if discount else None,
        "plan_id": row.get("plan_id"),
        "product_id": product_id,
        "currency": currency,
        "collection_method": row.get("collection_method"),
        "plan_name": (first.get("nickname") or first.get("name")) if first else None,
        "product_name": product.get("name"),
        "status": row.get("status"),
        **trial_of(row, source),
        "application_fee_percent": row.get("application_fee_percent"),
        "mrr_amount": sum(
            (
                value
                for item, value in zip(items, values, strict=True)
                if counted and item.currency == currency
            ),
            ZERO,
        ),
        "period_amount": sum(
            (
                price
                for item, price in zip(items, prices, strict=True)
                if item.currency == currency
            ),
            ZERO,
        ),
        "quantity": sum(bought),
        "item_count": len(items),
        "excluded_item_count": sum(item.is_excluded for item in items),
        "is_canceling_at_period_end": row.get("cancel_at_period_end"),
        "is_counted": counted,
        "is_deleted": row.get("is_deleted") is True,
        "is_livemode": row.get("livemode"),
        "canceled_date": settings.date_of(time.utc(row.get("canceled_at"))),
        "created_date": settings.date_of(row["created"]),
        "discount_end_date": settings.date_of(end_of(discount)) if discount else None,
        "ended_date": settings.date_of(time.utc(row.get("ended_at"))),
        "start_date": settings.date_of(started_at(row)),
        **calendar(settings.date_of(row["created"])),
        "canceled_at": time.utc(row.get("canceled_at")),
        "created_at": row["created"],
        "current_period_end_at": time.utc(row.get("current_period_end")),
        "current_period_start_at": time.utc(row.get("current_period_start")),
        "discount_end_at": end_of(discount) if discount else None,
        "ended_at": time.utc(row.get("ended_at")),
        "start_at": started_at(row),
        "trial_end_at": time.utc(row.get("trial_end")),
        "trial_start_at": time.utc(row.get("trial_start")),
    }


def started_at(row: Row) -> datetime | None:
    """When it began, by the newer or the older name."""
    start = row.get("start_date")
    return time.utc(row.get("start") if start is None else start)


def calendar(day: date | None) -> dict[str, date | None]:
    """The three keys of time; none of an undated row."""
    if day is None:
        return dict.fromkeys(("reporting_date", "reporting_week", "reporting_month"))
    return time.calendar_columns(day)
