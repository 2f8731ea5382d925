"""Upcoming renewals: what renews after the as-of day, and on which card."""

from collections.abc import Iterator
from typing import Any

from reference.customers import home_currency
from reference.lookups import customer_lookup_cards
from reference.rows import Row, Source
from reference.subscriptions import fct_subscriptions
from reference.time import month_of

Fact = dict[str, Any]
RENEWING = {"active", "past_due", "trialing"}


def upcoming_renewals(source: Source) -> Iterator[Fact]:
    """Rows of upcoming_renewals, each a subscription's next renewal."""
    settings = source.settings
    customers = {row["id"]: row for row in source.known(source.customers)}
    cards = {
        card["customer_id"]: card
        for card in customer_lookup_cards(source)
        if card["is_primary"]
    }
    for row in fct_subscriptions(source):
        if not is_renewing(row) or not settings.is_later(row["current_period_end_at"]):
            continue
        day = settings.date_of(row["current_period_end_at"])
        is_invoiced = row["collection_method"] == "send_invoice"
        customer: Row = customers.get(row["customer_id"], {})
        card = {} if is_invoiced else cards.get(row["customer_id"], {})
        expiry = card.get("expiry_date")
        yield {
            "source_relation": source.relation,
            "subscription_id": row["subscription_id"],
            "customer_id": row["customer_id"],
            "card_id": card.get("card_id"),
            "currency": row["currency"] or home_currency(source, row["customer_id"]),
            "card_brand": card.get("brand"),
            "card_last4": card.get("last4"),
            "collection_method": row["collection_method"],
            "customer_description": customer.get("description"),
            "email": customer.get("email"),
            "plan_name": row["plan_name"],
            "product_name": row["product_name"],
            "status": row["status"],
            "renewal_amount": row["period_amount"],
            "mrr_amount": row["mrr_amount"],
            "excluded_item_count": row["excluded_item_count"],
            "is_card_out_by_renewal": expiry is not None and expiry < day,
            "is_card_expired": card.get("is_expired", False),
            "card_expiry_date": expiry,
            "renewal_date": day,
            "renewal_month": month_of(day),
            "renewal_at": row["current_period_end_at"],
        }


def is_renewing(subscription: Fact) -> bool:
    """Whether it goes on when its period ends, as far as is delivered."""
    return (
        (subscription["status"] or "").strip().lower() in RENEWING
        and subscription["is_canceling_at_period_end"] is not True
        and not subscription["is_deleted"]
        and subscription["ended_at"] is None
    )
