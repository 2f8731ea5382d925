"""Why customers left, and what became of trials."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from reference import money, time
from reference.invoices import payments_by_invoice, status_of
from reference.rows import Row, Source

KINDS = ("voluntary", "failed_payment", "other")
# What Stripe says of a cancellation, where it is neither other nor unknown.
REASONS = {"cancellation_requested": "voluntary", "payment_failed": "failed_payment"}
# A subscription of these statuses comes to nothing, whoever may revive it.
OVER = {"canceled", "unpaid", "paused", "incomplete_expired"}
OUTCOMES = ("converted", "lost", "pending")


@dataclass(frozen=True)
class Cause:
    """Why a customer left, and by what that was judged."""

    subscription_id: str | None = None
    kind: str | None = None
    evidence: str | None = None


NO_CAUSE = Cause()


def regular(text: str | None) -> str | None:
    """Trimmed, in lower case."""
    return text if text is None else text.strip().lower()


def asked_for(source: Source, subscription_id: str) -> list[Row]:
    """A subscription's dated invoices over more than nothing, by the as-of day."""
    return [
        row
        for row in source.known(source.invoices)
        if row.get("subscription_id") == subscription_id
        and row["created"] is not None
        and asked(row) > 0
    ]


def asked(invoice: Row) -> int:
    """What an invoice comes to, in minor units, else what is due of it, else 0."""
    total = invoice.get("total")
    return (invoice.get("amount_due") if total is None else total) or 0


def cause_of(source: Source, subscription_id: str, last: date) -> Cause:
    """Why the subscription was lost by the end of the day `last`."""
    row: Row = source.subscriptions.get(subscription_id) or {}
    ended_at = time.utc(row.get("ended_at"))
    ended_on = source.settings.date_of(ended_at)
    ended = row.get("is_deleted") is True if ended_on is None else ended_on <= last
    reason = regular(row.get("cancellation_details_reason"))

    def because(kind: str, evidence: str) -> Cause:
        return Cause(subscription_id, kind, evidence)

    if ended and reason is not None:
        return because(REASONS.get(reason, "other"), "cancellation_reason")
    if not ended and regular(row.get("status")) == "unpaid":
        return because("failed_payment", "unpaid_status")
    if latest_failed(source, subscription_id, last, ended_at):
        return because("failed_payment", "unpaid_invoice")
    if ended and row.get("canceled_at") is not None:
        return because("voluntary", "canceled_at")
    return because("other", "none")


def latest_failed(
    source: Source, subscription_id: str, last: date, ended_at: datetime | None
) -> bool:
    """Whether its latest invoice was attempted in vain."""
    made = [
        invoice
        for invoice in asked_for(source, subscription_id)
        if status_of(invoice) != "draft"
        and (status_of(invoice) != "void" or was_attempted(invoice))
        and source.settings.date_of(invoice["created"]) <= last
        and (ended_at is None or invoice["created"] <= ended_at)
    ]
    if not made:
        return False
    latest = max(made, key=lambda invoice: (invoice["created"], invoice["id"]))
    return was_attempted(latest) and status_of(latest) != "paid"


def was_attempted(invoice: Row) -> bool:
    """Whether anybody tried to collect it."""
    return invoice.get("attempted") is True or (invoice.get("attempt_count") or 0) > 0


def trial_of(row: Row, source: Source) -> dict[str, Any]:
    """Outcome and last day of a subscription's trial; neither without one."""
    start, end = time.utc(row.get("trial_start")), time.utc(row.get("trial_end"))
    if end is None or (start is not None and start >= end):
        return {"trial_outcome": None, "trial_ended_date": None}
    ended_at = time.utc(row.get("ended_at"))
    over = end if ended_at is None else min(end, ended_at)
    day = source.settings.date_of(over)
    paid = any(
        is_paid(invoice, source) and invoice["created"] >= over
        for invoice in asked_for(source, row["id"])
    )
    is_over = (
        ended_at is not None
        or row.get("is_deleted") is True
        or regular(row.get("status")) in OVER
    )
    if day > source.settings.as_of:
        outcome = "trialing"
    elif ended_at is not None and ended_at < end:
        outcome = "lost"
    elif paid:
        outcome = "converted"
    else:
        outcome = "lost" if is_over else "pending"
    return {"trial_outcome": outcome, "trial_ended_date": day}


def is_paid(invoice: Row, source: Source) -> bool:
    """Whether it was paid by the as-of day: what later charges paid was open then."""
    later = payments_by_invoice(source)[invoice["id"]].after(source.settings)
    return status_of(invoice) == "paid" and not later


def trial_conversion_monthly(
    subscriptions: Iterable[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Rows of trial_conversion_monthly, from those of fct_subscriptions."""
    outcomes: dict[tuple, list[str]] = defaultdict(list)
    for row in subscriptions:
        if row["trial_outcome"] in OUTCOMES and row["currency"] is not None:
            month = time.month_of(row["trial_ended_date"])
            key = row["source_relation"], row["currency"], month
            outcomes[key].append(row["trial_outcome"])
    return [
        {
            "source_relation": relation,
            "currency": currency,
            "ended_trial_count": len(found),
            "trial_conversion_count": found.count("converted"),
            "lost_trial_count": found.count("lost"),
            "pending_trial_count": found.count("pending"),
            "trial_conversion_rate": rate(found.count("converted"), found),
            "reporting_month": month,
        }
        for (relation, currency, month), found in outcomes.items()
    ]


def rate(converted: int, found: list[str]) -> Decimal | None:
    """Converted of those that are decided."""
    decided = len(found) - found.count("pending")
    if not decided:
        return None
    return money.rounded(money.EXACT.divide(Decimal(converted), Decimal(decided)))
