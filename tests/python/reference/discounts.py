"""Discounts: which coupons lower a subscription at a moment, and by how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from reference import time
from reference.histories import gone_from, histories
from reference.rows import Row, Source


def end_of(discount: Row) -> datetime | None:
    """When it ends, by either spelling."""
    end = discount.get("end")
    return time.utc(discount.get("_end") if end is None else end)


def start_of(discount: Row) -> datetime:
    """When it began; what has no start began before all others."""
    return time.utc(discount.get("start")) or datetime.min


def order(discount: Row) -> tuple[datetime, bytes]:
    """Place among the discounts of a subscription: as they began, then by id."""
    return start_of(discount), discount["id"].encode()


@lru_cache(maxsize=8)
def deletions(source: Source) -> dict[str, datetime]:
    """Since when discounts are gone, by their ids; those that are not left out."""
    found = histories(
        source.discounts, source.snapshots["discounts_snapshot"], "discount_id"
    )
    dates = {name: gone_from(one) for name, one in found.items()}
    return {name: moment for name, moment in dates.items() if moment is not None}


def applying(source: Source, discounts: Iterable[Row], moment: datetime) -> list[Row]:
    """Those that run just before the moment and are not deleted, in order."""
    gone = deletions(source)
    running = []
    for discount in discounts:
        start, end = start_of(discount), end_of(discount)
        is_gone = gone.get(discount["id"], moment) < moment
        if start < moment and (end is None or end >= moment) and not is_gone:
            running.append(discount)
    return sorted(running, key=order)


def own(source: Source, subscription_id: str, discount_id: str | None) -> list[Row]:
    """A subscription's discounts that were not replaced, whether or not they run.

    discount_id: what the subscription names; nothing says nothing only where the
    account delivers no such column.
    """
    rows = source.discounts.values()
    naming = [row for row in rows if row.get("subscription") == subscription_id]
    if not source.has_discount_ids:
        return naming
    named = source.discounts.get(discount_id)
    if named is None:
        return []
    return [named] + [
        row for row in naming if row is not named and start_of(row) >= start_of(named)
    ]


def discounts_at(
    source: Source,
    subscription_id: str,
    discount_id: str | None,
    customer_id: str | None,
    moment: datetime,
) -> list[Row]:
    """The subscription's discounts, else its customer's last one."""
    found = applying(source, own(source, subscription_id, discount_id), moment)
    if found or customer_id is None:
        return found
    named = source.customers.get(customer_id, {}).get("discount_id")
    of_customer = [
        row
        for row in source.discounts.values()
        if row["id"] == named
        or (row.get("subscription") is None and row.get("customer_id") == customer_id)
    ]
    running = applying(source, of_customer, moment)
    latest = [row for row in running if start_of(row) == start_of(running[-1])]
    return latest[:1]


@dataclass(frozen=True)
class Terms:
    """Of a coupon that lowers recurring revenue: the share left, the amount off.

    off: minor units of `currency`, per invoice.
    """

    left: Fraction = Fraction(1)
    off: int = 0
    currency: str | None = None


def terms_of(source: Source, discounts: Iterable[Row]) -> list[Terms]:
    """Terms of the discounts' coupons, without those whose duration does not count."""
    coupons = [source.coupons.get(row.get("coupon_id")) for row in discounts]
    return [
        terms(coupon)
        for coupon in coupons
        if coupon and coupon.get("duration") in source.settings.mrr_coupon_durations
    ]


def terms(coupon: Row) -> Terms:
    """What a coupon takes off."""
    percent = coupon.get("percent_off_precise")
    if percent is None:
        percent = coupon.get("percent_off")
    share = min(max(Fraction(percent or 0), Fraction(0)), Fraction(100)) / 100
    return Terms(1 - share, coupon.get("amount_off") or 0, coupon["currency"])
