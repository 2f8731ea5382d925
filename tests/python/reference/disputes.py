"""Disputes, and the money that they took and gave back; fct_disputes."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from reference import money, time
from reference.balance_transactions import DISPUTE, settlement
from reference.captures import invoice_of, kind
from reference.links import links
from reference.rows import Row, Source

Fact = dict[str, Any]


def is_counted(dispute: Row) -> bool:
    """Money may move: all but warnings."""
    return not (dispute.get("status") or "").startswith("warning_")


def is_of_dispute(transaction: Fact) -> bool:
    """Whether a balance transaction on a charge is one of the charge's dispute."""
    category = transaction["reporting_category"]
    return kind(transaction) == "adjustment" and category in DISPUTE


def fct_disputes(source: Source, transactions: list[Fact]) -> list[Fact]:
    """Rows of fct_disputes, from the rows of fct_balance_transactions."""
    origins = links(source)
    found = [
        (row, origins.charge_of_dispute(row["id"]))
        for row in source.known(source.disputes)
        if row["created"]
    ]
    disputes_of = Counter(charge_id for _, charge_id in found)
    by_source: dict[str | None, list[Fact]] = defaultdict(list)
    for moved in transactions:
        by_source[moved["source_id"]].append(moved)
    rows = []
    for dispute, charge_id in found:
        moves = list(by_source[dispute["id"]])
        if charge_id is not None and disputes_of[charge_id] == 1:
            moves += [row for row in by_source[charge_id] if is_of_dispute(row)]
        charge = origins.charges.get(charge_id)
        rows.append(fact(dispute, source, charge, charge_id, moves))
    return rows


def fact(
    dispute: Row,
    source: Source,
    charge: Row | None,
    charge_id: str | None,
    moves: list[Fact],
) -> Fact:
    """One row of fct_disputes; moves are its balance transactions."""
    currency, status = dispute["currency"], dispute.get("status")
    settled, _ = settlement(moves, source)

    def total(column: str, *categories: str):
        return part(moves, source, column, categories)

    withdrawn = total("transaction_amount", "dispute")
    amount = money.major(dispute["amount"], currency)
    counted = is_counted(dispute)
    date_of, delivered = source.settings.date_of, charge or {}
    return {
        "source_relation": source.relation,
        "dispute_id": dispute["id"],
        "charge_id": charge_id,
        "customer_id": delivered.get("customer_id"),
        "invoice_id": invoice_of(charge, source) if charge else None,
        "payment_intent_id": delivered.get("payment_intent_id"),
        "currency": currency,
        "settlement_currency": settled,
        "reason": dispute.get("reason"),
        "status": status,
        "disputed_amount": amount,
        "dispute_amount": amount if counted else money.major(0, currency),
        "withdrawn_amount": money.difference(money.ZERO, withdrawn),
        "reinstated_amount": total("transaction_amount", "dispute_reversal"),
        "dispute_fee_amount": total("fee_amount", *DISPUTE),
        "dispute_count": int(counted),
        "is_counted": counted,
        "is_won": status == "won",
        "is_lost": status == "lost",
        "is_warning": (status or "").startswith("warning_"),
        "is_charge_refundable": dispute.get("is_charge_refundable"),
        "charge_reporting_date": date_of(delivered.get("created")),
        **time.calendar_columns(date_of(dispute["created"])),
        "created_at": dispute["created"],
    }


def part(moves: list[Fact], source: Source, column: str, categories: Sequence[str]):
    """Sum of the moves of some categories; nothing where all moves have no one sum."""
    currency, sums = settlement(moves, source, column)
    if currency is None:
        return sums[column]
    chosen = [row for row in moves if row["reporting_category"] in categories]
    return money.total((row[column] for row in chosen), currency)
