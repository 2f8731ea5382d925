"""Discounts: which coupon lowers a subscription at a moment, and by how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from reference import time
from reference.rows import Row, Source


def end_of(discount: Row) -> datetime | None:
    """When it ends, by either spelling."""
    end = discount.get("end")
    return time.utc(discount.get("_end") if end is None else end)


def applying(discounts: Iterable[Row], moment: datetime) -> Row | None:
    """Of those that run just before the moment the one that began last."""
    running = []
    for discount in discounts:
        start, end = time.utc(discount.get("start")), end_of(discount)
        if (start is None or start < moment) and (end is None or end >= moment):
            running.append((start or datetime.min, discount))
    latest = max((start for start, _ in running), default=None)
    last = [discount for start, discount in running if start == latest]
    return min(last, key=lambda row: row["id"], default=None)


def discount_at(
    source: Source,
    subscription_id: str | None,
    discount_id: str | None,
    customer_id: str | None,
    moment: datetime,
) -> Row | None:
    """The subscription's discount, else its customer's; discount_id as it names one."""
    customer = source.customers.get(customer_id, {})
    own, of_customer = [], []
    for row in source.discounts.values():
        owner = row.get("subscription")
        is_own = owner is not None and owner == subscription_id
        if is_own or row["id"] == discount_id:
            own.append(row)
        is_of_customer = owner is None and row.get("customer_id") == customer_id
        if customer_id and (is_of_customer or row["id"] == customer.get("discount_id")):
            of_customer.append(row)
    return applying(own, moment) or applying(of_customer, moment)


@dataclass(frozen=True)
class Terms:
    """Of a coupon that lowers recurring revenue: the share left, the amount off.

    off: minor units of `currency`, per invoice.
    """

    left: Fraction = Fraction(1)
    off: int = 0
    currency: str | None = None


def terms_of(source: Source, discount: Row | None) -> Terms:
    """Terms of the discount's coupon; nothing off where its duration does not count."""
    coupon = source.coupons.get(discount.get("coupon_id")) if discount else None
    if coupon is None:
        return Terms()
    if coupon.get("duration") not in source.settings.mrr_coupon_durations:
        return Terms()
    percent = coupon.get("percent_off_precise")
    if percent is None:
        percent = coupon.get("percent_off")
    share = min(max(Fraction(percent or 0), Fraction(0)), Fraction(100)) / 100
    return Terms(1 - share, coupon.get("amount_off") or 0, coupon["currency"])
