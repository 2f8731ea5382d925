"""Balance transactions: what they moved, for which charge; fct_balance_transactions."""

from typing import Any

from reference import money, seeds, time
from reference.balances import is_payout
from reference.captures import (
    REFUND_TYPES,
    REVERSAL,
    invoice_of,
    is_reversal,
    kind,
    own_words,
    said_category,
)
from reference.links import links
from reference.refunds import released
from reference.rows import Row, Source

Fact = dict[str, Any]

NET_VOLUME = {
    "charge",
    "charge_failure",
    "refund",
    "refund_failure",
    "partial_capture_reversal",
    "dispute",
    "dispute_reversal",
}
DISPUTE = {"dispute", "dispute_reversal"}
PAYOUT = {"payout", "payout_reversal"}


def net(row: Row) -> int:
    """Net in minor units, by what Stripe says or by what it means."""
    if row.get("net") is not None:
        return row["net"]
    return row["amount"] - (row.get("fee") or 0)


def fee(row: Row) -> int:
    """Fees in minor units, by what Stripe says or by what is missing from the net."""
    if row.get("fee") is not None:
        return row["fee"]
    return 0 if row.get("net") is None else row["amount"] - row["net"]


def category_of(row: Row, source: Source) -> str:
    """Reporting category: as Stripe says, else derived."""
    said = said_category(row)
    if said is not None:
        return said
    name = kind(row)
    if name in REFUND_TYPES:
        is_release = links(source).refund_of(row) in released(source)
        if is_release or is_reversal(row, source):
            return REVERSAL
    if name == "adjustment":
        return category_of_adjustment(row, source)
    return seeds.transaction_categories().get(name) or "unclassified"


def category_of_adjustment(row: Row, source: Source) -> str:
    """An adjustment is what its source is, else what its own words say."""
    origin, words = row.get("source"), own_words(row).lower()
    dispute = "dispute_reversal" if row["amount"] > 0 else "dispute"
    if origin is not None and origin in links(source).dispute_ids:
        return dispute
    if origin in source.refunds:
        return "refund_failure"
    if "chargeback" in words or "dispute" in words:
        return dispute
    if "refund" in words and "fail" in words:
        return "refund_failure"
    return "fee" if "fee" in words else "unclassified"


def fct_balance_transactions(source: Source) -> list[Fact]:
    """Rows of fct_balance_transactions."""
    dated = [row for row in source.known_transactions if row["created"]]
    return [fact(row, source) for row in dated]


def fact(row: Row, source: Source) -> Fact:
    """One row of fct_balance_transactions; amounts in major units of its currency."""
    settings, currency, origin = source.settings, row["currency"], row.get("source")
    found = links(source)
    category, charge_id = category_of(row, source), found.charge_of(row)
    charge = found.charges.get(charge_id)
    transfer_id = found.transfer_of(row)
    return {
        "source_relation": source.relation,
        "balance_transaction_id": row["id"],
        "charge_id": charge_id,
        "customer_id": charge.get("customer_id") if charge else None,
        "dispute_id": origin if origin in source.disputes else None,
        "invoice_id": invoice_of(charge, source) if charge else None,
        "payout_id": origin if category in PAYOUT else None,
        "refund_id": found.refund_of(row),
        "source_id": origin,
        "transfer_id": found.own_transfer_of(row),
        "currency": currency,
        "description": row.get("description"),
        "reporting_category": category,
        "status": row.get("status"),
        "type": row.get("type"),
        "exchange_rate": row.get("exchange_rate"),
        "transaction_amount": money.major(row["amount"], currency),
        "fee_amount": money.major(fee(row), currency),
        "net_amount": money.major(net(row), currency),
        "is_net_volume": category in NET_VOLUME,
        "is_payout": is_payout(category, source.transfers.get(transfer_id)),
        "available_date": settings.date_of(row.get("available")),
        **time.calendar_columns(settings.date_of(row["created"])),
        "available_at": row.get("available"),
        "created_at": row["created"],
    }


def settlement(
    transactions: list[Fact], source: Source, *columns: str
) -> tuple[str | None, dict[str, Any]]:
    """Settlement currency and sums of an object's transactions.

    Nothing where they are in several currencies, zero where there are none, unless the
    source delivers no balance transactions at all.
    """
    currencies = {row["currency"] for row in transactions}
    if not source.has_balance_rows or len(currencies) > 1:
        return None, dict.fromkeys(columns)
    if not currencies:
        return None, dict.fromkeys(columns, money.ZERO)
    (currency,) = currencies
    return currency, {
        column: money.total((row[column] for row in transactions), currency)
        for column in columns
    }
