"""The Stripe balance: what moved it, month by month, and what fees consist of."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reference import money, time
from reference.rows import Row, Source

Fact = dict[str, Any]

OWN_BANK = {"payout", "payout_reversal"}
TRANSFERS = {"transfer", "transfer_reversal"}

# column of the summary -> reporting categories; of all others there is `other`
LINES = {
    "charge_activity_amount": {"charge", "charge_failure"},
    "refund_activity_amount": {"refund", "refund_failure"},
    "partial_capture_reversal_activity_amount": {"partial_capture_reversal"},
    "dispute_activity_amount": {"dispute", "dispute_reversal"},
    "account_fee_activity_amount": {"fee"},
    "transfer_activity_amount": TRANSFERS,
    "platform_earning_activity_amount": {"platform_earning", "platform_earning_refund"},
    "unclassified_activity_amount": {"unclassified"},
}
NAMED = set().union(*LINES.values())


def is_payout(category: str, transfer: Row | None) -> bool:
    """Money to or from the account's own bank; older payouts are transfers to one."""
    if category in TRANSFERS and transfer is not None:
        return transfer.get("bank_account_id") is not None
    return category in OWN_BANK


def fct_balance_transaction_fees(
    source: Source, transactions: Iterable[Fact]
) -> list[Fact]:
    """Rows of fct_balance_transaction_fees: details of the transactions given."""
    known = {row["balance_transaction_id"]: row for row in transactions}
    return [
        fee_fact(row, known[row["balance_transaction_id"]])
        for row in source.fee_details.values()
        if row.get("balance_transaction_id") in known
    ]


def fee_fact(row: Row, transaction: Fact) -> Fact:
    """One row of fct_balance_transaction_fees; its currency, else the transaction's."""
    currency = row["currency"] or transaction["currency"]
    lent = (
        "source_relation",
        "balance_transaction_id",
        "charge_id",
        "customer_id",
        "reporting_date",
        "reporting_week",
        "reporting_month",
    )
    return {
        **{column: transaction[column] for column in lent},
        "fee_detail_id": row["id"],
        "application_id": row.get("application"),
        "currency": currency,
        "description": row.get("description"),
        "type": row.get("type"),
        "fee_amount": money.major(row["amount"], currency),
    }


def balance_activity_monthly(transactions: Iterable[Fact]) -> list[Fact]:
    """Rows of balance_activity_monthly: by month, currency, category and is_payout."""
    keys = ("source_relation", "reporting_month", "currency", "reporting_category")
    found: dict[tuple, list[Fact]] = defaultdict(list)
    for row in transactions:
        if row["currency"] is not None:
            found[(*(row[key] for key in keys), row["is_payout"])].append(row)
    return [
        {
            **dict(zip((*keys, "is_payout"), values, strict=True)),
            "transaction_count": len(rows),
            "gross_amount": sum_of(rows, "transaction_amount"),
            "fee_amount": sum_of(rows, "fee_amount"),
            "net_amount": sum_of(rows, "net_amount"),
            "is_net_volume": rows[0]["is_net_volume"],
        }
        for values, rows in found.items()
    ]


def sum_of(rows: list[Fact], column: str) -> Decimal | None:
    """Sum of a column over rows of one currency, at least one."""
    return money.total((row[column] for row in rows), rows[0]["currency"])


def balance_summary_monthly(
    relation: str, as_of: date, transactions: Iterable[Fact]
) -> list[Fact]:
    """Rows of balance_summary_monthly, from each currency's first month to as-of."""
    by_currency: dict[str, list[Fact]] = defaultdict(list)
    for row in transactions:
        if row["currency"] is not None:
            by_currency[row["currency"]].append(row)
    rows = []
    for currency, moves in by_currency.items():
        balance: list[Fact] = []
        month = min(row["reporting_month"] for row in moves)
        while month <= as_of:
            inside = [row for row in moves if row["reporting_month"] == month]
            before, balance = balance, balance + inside
            rows.append(
                {
                    "source_relation": relation,
                    "currency": currency,
                    "reporting_month": month,
                    "opening_balance_amount": net_of(before, currency),
                    **summary(inside, currency),
                    "closing_balance_amount": net_of(balance, currency),
                }
            )
            month = time.last_day_of(month) + timedelta(days=1)
    return rows


def summary(moves: list[Fact], currency: str) -> Fact:
    """What one month moved: activity by line, payouts and counts."""
    activity = [row for row in moves if not row["is_payout"]]
    payouts = [row for row in moves if row["is_payout"]]
    paid_out = net_of(payouts, currency)
    unclassified = [r for r in moves if r["reporting_category"] == "unclassified"]
    others = [r for r in activity if r["reporting_category"] not in NAMED]
    return {
        **{
            column: net_of(
                [row for row in activity if row["reporting_category"] in categories],
                currency,
            )
            for column, categories in LINES.items()
        },
        "other_activity_amount": net_of(others, currency),
        "activity_amount": net_of(activity, currency),
        "payout_amount": None if paid_out is None else money.EXACT.minus(paid_out),
        "transaction_count": len(moves),
        "unclassified_count": len(unclassified),
    }


def net_of(rows: list[Fact], currency: str) -> Decimal | None:
    """What rows changed the balance by, None in an unknown currency."""
    return money.total((row["net_amount"] for row in rows), currency)
