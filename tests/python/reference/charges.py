"""Charges: what became of them, and when; fct_charges."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from reference import money, seeds, time
from reference.balance_transactions import settlement
from reference.captures import (
    captured,
    invoice_of,
    is_gross,
    is_uncaptured,
    own_transactions,
    payment_of,
)
from reference.rows import Row, Source

Fact = dict[str, Any]

# Fields of the object that the fact carries as they are delivered, by their names here.
AS_DELIVERED = {
    "charge_id": "id",
    "balance_transaction_id": "balance_transaction_id",
    "customer_id": "customer_id",
    "destination_id": "destination",
    "dispute_id": "dispute_id",
    "payment_intent_id": "payment_intent_id",
    "payment_method_id": "payment_method_id",
    "currency": "currency",
    "description": "description",
    "failure_code": "failure_code",
    "failure_message": "failure_message",
    "fraud_details_stripe_report": "fraud_details_stripe_report",
    "fraud_details_user_report": "fraud_details_user_report",
    "receipt_email": "receipt_email",
    "receipt_number": "receipt_number",
    "shipping_address_city": "shipping_address_city",
    "shipping_address_country": "shipping_address_country",
    "shipping_address_line1": "shipping_address_line1",
    "shipping_address_line2": "shipping_address_line2",
    "shipping_address_postal_code": "shipping_address_postal_code",
    "shipping_address_state": "shipping_address_state",
    "shipping_carrier": "shipping_carrier",
    "shipping_name": "shipping_name",
    "shipping_phone": "shipping_phone",
    "shipping_tracking_number": "shipping_tracking_number",
    "statement_descriptor": "statement_descriptor",
    "status": "status",
    "tokenization_method": "tokenization_method",
    "amount_captured_minor": "amount_captured",
    "amount_minor": "amount",
    "amount_refunded_minor": "amount_refunded",
    "is_captured": "captured",
    "is_livemode": "livemode",
    "is_paid": "paid",
    "is_refunded": "refunded",
}


def fct_charges(
    source: Source,
    refunds: list[Fact],
    transactions: list[Fact],
    disputes: list[Fact],
) -> list[Fact]:
    """Rows of fct_charges, from the rows of the other facts of payments."""
    dated = [row for row in source.known_charges if row["created"]]
    first_attempts: dict[str, datetime] = {}
    for charge in dated:
        key, moment = payment_of(charge, source), charge["created"]
        first_attempts[key] = min(first_attempts.get(key, moment), moment)
    counted = [row for row in refunds if row["is_counted"]]
    refunds_of = by_charge(counted)
    moves_of = by_charge(row for row in transactions if row["is_net_volume"])
    disputes_of = by_charge(row for row in disputes if row["is_counted"])
    return [
        fact(charge, source, refunds_of[charge["id"]])
        | of_balance(moves_of[charge["id"]], source)
        | of_disputes(disputes_of[charge["id"]], charge["currency"])
        | of_time(charge, source, first_attempts)
        for charge in dated
    ]


def by_charge(rows: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Rows of a fact by their charge."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for row in rows:
        found[row["charge_id"]].append(row)
    return found


def fact(charge: Row, source: Source, refunds: list[Fact]) -> Fact:
    """What the charge itself and its counted refunds say; amounts in major units."""
    currency, status = charge["currency"], charge.get("status")
    attempted = money.major(charge["amount"], currency)
    zero = money.major(0, currency)
    gross = zero
    if is_gross(charge):
        gross = money.major(captured(charge, source), currency)
    refunded = money.total(
        (row["refund_amount"] for row in refunds if row["currency"] == currency),
        currency,
    )
    is_failed = status == "failed"
    failure = seeds.failure(charge.get("failure_code"))
    day = source.settings.date_of(charge["created"])
    return {
        "source_relation": source.relation,
        **{name: charge.get(column) for name, column in AS_DELIVERED.items()},
        "invoice_id": invoice_of(charge, source),
        "failure_category": failure.category if is_failed else None,
        "attempted_amount": attempted,
        "gross_amount": gross,
        "failed_amount": attempted if is_failed else zero,
        "pending_amount": attempted if status == "pending" else zero,
        "refunded_amount": refunded,
        "net_amount": money.difference(gross, refunded),
        "application_fee_amount": money.major(charge.get("application_fee"), currency),
        "refund_count": len(refunds),
        "is_succeeded": status == "succeeded",
        "is_failed": is_failed,
        "is_pending": status == "pending",
        "is_gross": is_gross(charge),
        "is_retryable": failure.is_retryable if is_failed else None,
        "is_uncaptured": is_uncaptured(charge),
        **time.calendar_columns(day),
        "created_at": charge["created"],
    }


def of_balance(moves: list[Fact], source: Source) -> Fact:
    """What the charge brought in, in settlement currency, by its transactions."""
    currency, sums = settlement(moves, source, "fee_amount", "net_amount")
    return {
        "settlement_currency": currency,
        "fee_amount": sums["fee_amount"],
        "net_volume_amount": sums["net_amount"],
    }


def of_disputes(disputes: list[Fact], currency: str) -> Fact:
    """How much of the charge was disputed, to date."""
    amounts = (row["dispute_amount"] for row in disputes if row["currency"] == currency)
    return {
        "dispute_count": len(disputes),
        "disputed_amount": money.total(amounts, currency),
    }


def of_time(charge: Row, source: Source, first_attempts: dict[str, datetime]) -> Fact:
    """How long the payment took, in days."""
    created = charge["created"]
    synced = time.days_between(created, charge.get("received_at"))
    if charge.get("status") != "succeeded":
        return {
            "days_to_payment": None,
            "days_to_settlement": None,
            "days_to_fulfillment": None,
            "days_to_sync": synced,
        }
    asked = asked_at(charge, source, first_attempts[payment_of(charge, source)])
    dates = [row.get("available") for row in own_transactions(charge, source)]
    available = min((moment for moment in dates if moment), default=None)
    return {
        "days_to_payment": time.days_between(asked, created),
        "days_to_settlement": time.days_between(created, available),
        "days_to_fulfillment": time.days_between(asked, available),
        "days_to_sync": synced,
    }


def asked_at(charge: Row, source: Source, first_attempt: datetime) -> datetime:
    """When the payment was asked for: the earliest sign of it."""
    moments = [first_attempt]
    for rows, key in (
        (source.invoices, invoice_of(charge, source)),
        (source.payment_intents, charge.get("payment_intent_id")),
    ):
        moment = rows[key]["created"] if key in rows else None
        if moment is not None and not source.settings.is_later(moment):
            moments.append(moment)
    return min(moments)
