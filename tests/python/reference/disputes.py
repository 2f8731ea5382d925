"""Disputes, and the money that they took and gave back; fct_disputes."""

from collections import Counter, defaultdict
from typing import Any

from reference import money, time
from reference.balance_transactions import DISPUTE, Origins, settlement
from reference.captures import invoice_of, kind
from reference.rows import Row, Source

Fact = dict[str, Any]


def is_counted(dispute: Row) -> bool:
    """Money may move: all but warnings."""
    return not (dispute.get("status") or "").startswith("warning_")


def fct_disputes(source: Source, transactions: list[Fact]) -> list[Fact]:
    """Rows of fct_disputes, from the rows of fct_balance_transactions."""
    origins = Origins(source)
    found = [
        (row, origins.charge_of_dispute(row["id"]))
        for row in source.known(source.disputes)
        if row["created"]
    ]
    disputes_of = Counter(charge_id for _, charge_id in found)
    by_source: dict[str | None, list[Fact]] = defaultdict(list)
    for moved in transactions:
        if moved["reporting_category"] in DISPUTE:
            by_source[moved["source_id"]].append(moved)
    rows = []
    for dispute, charge_id in found:
        moves = list(by_source[dispute["id"]])
        if charge_id is not None and disputes_of[charge_id] == 1:
            of_charge = by_source[charge_id]
            moves += [row for row in of_charge if kind(row) == "adjustment"]
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
    settled, fees = settlement(moves, source, "fee_amount")
    sums = {category: settlement_part(moves, source, category) for category in DISPUTE}
    withdrawn = sums["dispute"]
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
        "reinstated_amount": sums["dispute_reversal"],
        "dispute_fee_amount": fees["fee_amount"],
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


def settlement_part(moves: list[Fact], source: Source, category: str):
    """Sum of the moves of one category; nothing where all moves have no one sum."""
    currency, sums = settlement(moves, source, "transaction_amount")
    if currency is None:
        return sums["transaction_amount"]
    part = [row for row in moves if row["reporting_category"] == category]
    return money.total((row["transaction_amount"] for row in part), currency)
