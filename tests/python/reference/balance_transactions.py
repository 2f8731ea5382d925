"""Balance transactions: what they moved, for which charge; fct_balance_transactions."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from reference import money, seeds, time
from reference.balances import is_payout
from reference.captures import (
    REFUND_TYPES,
    invoice_of,
    kind,
    refund_transaction,
    reversals,
    tells_reversal,
)
from reference.refunds import fct_refunds
from reference.rows import Row, Source, grouped

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


class Origins:
    """What the sources and the names of balance transactions refer to."""

    def __init__(self, source: Source) -> None:
        self.source = source
        charges = [row for row in source.known_charges if row["created"]]
        refunds = list(source.refunds.values())
        self.charges = {row["id"]: row for row in charges}
        self.charges_naming = grouped(charges, "balance_transaction_id")
        self.charges_disputed = grouped(charges, "dispute_id")
        self.released = {
            row["refund_id"] for row in fct_refunds(source) if row["is_release"]
        }
        self.dispute_ids = source.disputes.keys() | {
            row.get("dispute_id") for row in source.charges.values()
        }
        self.refunds_naming: dict[str | None, list[Row]] = defaultdict(list)
        for row in refunds:
            self.refunds_naming[refund_transaction(row)].append(row)
        self.transfers_naming = grouped(
            source.transfers.values(), "balance_transaction_id"
        )

    def charge_of_dispute(self, dispute_id: str) -> str | None:
        """The charge that a dispute names, else the one that names it."""
        dispute = self.source.disputes.get(dispute_id, {})
        own = dispute.get("charge_id")
        named_by = self.charges_disputed.get(dispute_id, [])
        return smallest(row["id"] for row in named_by) if own is None else own

    def charge_of(self, row: Row) -> str | None:
        """The charge that a balance transaction is about."""
        origin = row.get("source")
        naming = [r["id"] for r in self.charges_naming.get(row["id"], [])]
        if naming:
            return smallest(naming)
        if origin in self.charges:
            return origin
        refund = self.source.refunds.get(origin, {})
        if refund.get("charge_id") is not None:
            return refund["charge_id"]
        refunds = self.refunds_naming.get(row["id"], [])
        of_refunds = smallest(r.get("charge_id") for r in refunds)
        if of_refunds is not None or origin is None:
            return of_refunds
        return self.charge_of_dispute(origin)

    def refund_of(self, row: Row) -> str | None:
        """The refund that a balance transaction paid for."""
        if row.get("source") in self.source.refunds:
            return row["source"]
        return smallest(r["id"] for r in self.refunds_naming.get(row["id"], []))

    def transfer_of(self, row: Row) -> str | None:
        """The transfer that a balance transaction is about."""
        if row.get("source") in self.source.transfers:
            return row["source"]
        return smallest(r["id"] for r in self.transfers_naming.get(row["id"], []))

    def category_of(self, row: Row) -> str:
        """Reporting category: as Stripe says, else derived."""
        if row.get("reporting_category") is not None:
            return row["reporting_category"].strip().lower()
        name = kind(row)
        if name in REFUND_TYPES and self.is_reversal(row):
            return "partial_capture_reversal"
        if name == "adjustment":
            return self.category_of_adjustment(row)
        return seeds.transaction_categories().get(name) or "unclassified"

    def is_reversal(self, row: Row) -> bool:
        """Of a partial capture: told so, a release, or on a charge and no refund's."""
        if self.refund_of(row) in self.released:
            return True
        on_charge = row.get("source") in self.charges
        return tells_reversal(row) or (
            on_charge and row["id"] in reversals(self.source)
        )

    def category_of_adjustment(self, row: Row) -> str:
        """An adjustment is what its source is, else what its description says."""
        origin = row.get("source")
        words = (row.get("description") or "").lower()
        dispute = "dispute_reversal" if row["amount"] > 0 else "dispute"
        if origin is not None and origin in self.dispute_ids:
            return dispute
        if origin in self.source.refunds:
            return "refund_failure"
        if "chargeback" in words or "dispute" in words:
            return dispute
        if "refund" in words and "fail" in words:
            return "refund_failure"
        return "fee" if "fee" in words else "unclassified"


def smallest(ids: Iterable[str | None]) -> str | None:
    """Smallest id in byte order; none of nothing."""
    found = [key for key in ids if key is not None]
    return min(found, key=str.encode, default=None)


def fct_balance_transactions(source: Source) -> list[Fact]:
    """Rows of fct_balance_transactions."""
    origins = Origins(source)
    dated = [row for row in source.known_transactions if row["created"]]
    return [fact(row, source, origins) for row in dated]


def fact(row: Row, source: Source, origins: Origins) -> Fact:
    """One row of fct_balance_transactions; amounts in major units of its currency."""
    settings, currency, origin = source.settings, row["currency"], row.get("source")
    category, charge_id = origins.category_of(row), origins.charge_of(row)
    charge = origins.charges.get(charge_id)
    transfer_id = origins.transfer_of(row)
    return {
        "source_relation": source.relation,
        "balance_transaction_id": row["id"],
        "charge_id": charge_id,
        "customer_id": charge.get("customer_id") if charge else None,
        "dispute_id": origin if origin in source.disputes else None,
        "invoice_id": invoice_of(charge, source) if charge else None,
        "payout_id": origin if category in PAYOUT else None,
        "refund_id": origins.refund_of(row),
        "source_id": origin,
        "transfer_id": transfer_id,
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
