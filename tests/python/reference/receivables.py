"""Receivables: what customers owe, since when, and how it came about."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reference import money, time
from reference.invoices import (
    BUCKETS,
    NOT_ISSUED,
    amount_due,
    amount_remaining,
    bucket,
    payments_by_invoice,
    status_of,
)
from reference.periods import Periods
from reference.rows import Settings, Source

Fact = dict[str, Any]

# Ageing bucket -> column of what is owed in it.
AGED = {
    "current": "current_amount",
    "1_30": "days_1_30_amount",
    "31_60": "days_31_60_amount",
    "61_90": "days_61_90_amount",
    "over_90": "over_90_amount",
}
ISSUED = {"open", "paid", "uncollectible"}


def added(rows: Iterable[Fact], column: str, currency: str | None) -> Decimal | None:
    """Sum of a column in one currency; an amount that is missing adds nothing."""
    amounts = (row[column] for row in rows)
    return money.total((a for a in amounts if a is not None), currency)


def by(rows: Iterable[Fact], *columns: str) -> dict[tuple, list[Fact]]:
    """Rows by the values of some columns."""
    found: dict[tuple, list[Fact]] = defaultdict(list)
    for row in rows:
        found[tuple(row[column] for column in columns)].append(row)
    return found


@dataclass(frozen=True)
class Movement:
    """Something that changes what is receivable of an invoice."""

    day: date
    figure: str
    amount: Decimal | None
    currency: str | None
    due_date: date
    # When the invoice was made.
    made: date


# Figure -> whether it adds to what is receivable; of others there are extracts.
SIGNS = {"invoiced": 1, "paid": -1, "written_off": -1}


def movements(source: Source) -> Iterator[Movement]:
    """All movements by the as-of day."""
    date_of = source.settings.date_of
    for invoice in source.known_invoices:
        status, currency = status_of(invoice), invoice["currency"]
        if invoice["created"] is None or status not in ISSUED:
            continue
        paid = payments_by_invoice(source)[invoice["id"]]
        made = date_of(invoice["created"])
        found = [(made, "invoiced", amount_due(invoice))]
        for moment, part in paid.until(source.settings):
            found.append((date_of(moment), "paid", part))
        guessed = [("paid", paid.other)]
        if status == "uncollectible":
            left = amount_remaining(invoice, paid.charged)
            guessed.append(("written_off", left))
        for figure, amount in guessed:
            found += [(made, figure, amount), (made, "estimated", amount)]
        due = date_of(invoice.get("due_date")) or made
        for day, figure, amount in found:
            value = money.major(amount, currency)
            yield Movement(day, figure, value, currency, due, made)


def receivables_monthly(periods: Periods, source: Source) -> list[Fact]:
    """Rows of receivables_monthly, one a month of the calendar and currency."""
    every = list(movements(source))
    rows = []
    for currency in periods.currencies:
        moved = [row for row in every if row.currency == currency]
        closing = money.total([], currency)
        for month in periods.months():
            opening = closing
            day_count = days_in(month, periods.as_of)
            of_month = [row for row in moved if time.month_of(row.day) == month]
            figures = {
                name: added(
                    [vars(row) for row in of_month if row.figure == name],
                    "amount",
                    currency,
                )
                for name in (*SIGNS, "estimated")
            }
            for name, sign in SIGNS.items():
                closing = plus(closing, figures[name], sign)
            last = month.replace(day=day_count)
            rows.append(
                {
                    "source_relation": periods.relation,
                    "currency": currency,
                    "opening_amount": opening,
                    "invoiced_amount": figures["invoiced"],
                    "paid_amount": figures["paid"],
                    "written_off_amount": figures["written_off"],
                    "closing_amount": closing,
                    **aged(moved, last, currency),
                    "estimated_amount": figures["estimated"],
                    "day_count": day_count,
                    "days_sales_outstanding": days_sales(
                        closing, figures["invoiced"], day_count
                    ),
                    "is_ageing_estimated": last != periods.as_of,
                    "reporting_month": month,
                }
            )
    return rows


def aged(moved: Iterable[Movement], day: date, currency: str) -> Fact:
    """What was receivable at the end of a day, by how long it was past due."""
    left = dict.fromkeys(BUCKETS, money.total([], currency))
    for row in moved:
        if row.day <= day and row.figure in SIGNS and row.amount is not None:
            name = bucket((day - row.due_date).days)
            left[name] = plus(left[name], row.amount, SIGNS[row.figure])
    return {AGED[name]: amount for name, amount in left.items()}


def days_in(month: date, as_of: date) -> int:
    """Days of a month up to the as-of day."""
    if month == time.month_of(as_of):
        return as_of.day
    return monthrange(month.year, month.month)[1]


def plus(amount: Decimal | None, other: Decimal | None, sign: int) -> Decimal | None:
    """amount plus or minus another one, None in an unknown currency."""
    if amount is None or other is None:
        return None
    return money.rounded(money.EXACT.fma(other, Decimal(sign), amount))


def days_sales(
    closing: Decimal | None, invoiced: Decimal | None, days: int
) -> Decimal | None:
    """Days it takes to collect, at six decimals; None where nothing was invoiced."""
    if closing is None or not invoiced:
        return None
    return money.rounded(
        money.EXACT.divide(money.EXACT.multiply(closing, Decimal(days)), invoiced)
    )


def accounts_receivable_aging(periods: Periods, invoices: Iterable[Fact]) -> list[Fact]:
    """Rows of accounts_receivable_aging: each bucket of each currency."""
    found = by(invoices, "currency", "ageing_bucket")
    rows = []
    for currency in periods.currencies:
        for order, name in enumerate(BUCKETS, start=1):
            owed = found.get((currency, name), [])
            owing = {row["customer_id"] for row in owed} - {None}
            rows.append(
                {
                    "source_relation": periods.relation,
                    "ageing_bucket": name,
                    "currency": currency,
                    "bucket_order": order,
                    "customer_count": len(owing),
                    "invoice_count": len(owed),
                    "outstanding_amount": added(owed, "outstanding_amount", currency),
                    "as_of_date": periods.as_of,
                }
            )
    return rows


def finance_operations_invoice_attempts(invoices: Iterable[Fact]) -> list[Fact]:
    """Rows of finance_operations_invoice_attempts, over issued invoices.

    An invoice without a currency is in no figure of one.
    """
    issued = [
        row | {"attempt_count": row["attempt_count"] or 0}
        for row in invoices
        if row["status"] not in NOT_ISSUED and row["currency"] is not None
    ]
    keys = ("source_relation", "currency", "attempt_count", "reporting_month")
    return [
        {
            "source_relation": relation,
            "currency": currency,
            "attempt_count": attempt_count,
            "invoice_count": len(rows),
            "paid_invoice_count": sum(row["is_paid"] for row in rows),
            "amount_due": added(rows, "amount_due", currency),
            "amount_paid": added(rows, "amount_paid", currency),
            "reporting_month": month,
        }
        for (relation, currency, attempt_count, month), rows in by(
            issued, *keys
        ).items()
    ]


def finance_operations_delinquent_customers(
    relation: str, invoices: Iterable[Fact], customers: Iterable[Fact]
) -> list[Fact]:
    """Rows of finance_operations_delinquent_customers: who owes, who is flagged."""
    records = {row["customer_id"]: row for row in customers}
    owned = by(invoices, "customer_id", "currency")
    keys = {
        key
        for key, rows in owned.items()
        if None not in key and any(row["is_open"] for row in rows)
    }
    keys |= {
        (row["customer_id"], row["currency"])
        for row in records.values()
        if row["is_delinquent"]
    }
    return [
        {
            "source_relation": relation,
            **debtor(currency, owned.get((customer_id, currency), [])),
            "customer_id": customer_id,
            "email": records.get(customer_id, {}).get("email"),
            "description": records.get(customer_id, {}).get("description"),
            "is_delinquent": records.get(customer_id, {}).get("is_delinquent", False),
        }
        for customer_id, currency in keys
    ]


def debtor(currency: str | None, invoices: list[Fact]) -> Fact:
    """What one customer owes in one currency, from all its invoices there."""
    unpaid = [row for row in invoices if row["is_open"]]
    late = [row for row in unpaid if row["is_past_due"]]

    def owed(name: str):
        aged = [row for row in unpaid if row["ageing_bucket"] == name]
        return added(aged, "outstanding_amount", currency)

    return {
        "currency": currency,
        "open_invoice_count": len(unpaid),
        "past_due_invoice_count": len(late),
        "outstanding_amount": added(unpaid, "outstanding_amount", currency),
        "past_due_amount": added(late, "outstanding_amount", currency),
        **{column: owed(name) for name, column in AGED.items()},
        "bad_debt_amount": added(invoices, "bad_debt_amount", currency),
        "max_attempt_count": max(
            (row["attempt_count"] or 0 for row in unpaid), default=0
        ),
        "max_days_past_due": max(
            (row["days_past_due"] for row in unpaid), default=None
        ),
        "is_past_due": bool(late),
        "oldest_due_date": min(
            (row["effective_due_date"] for row in unpaid), default=None
        ),
    }


def with_state(
    months: Iterable[Fact],
    settings: Settings,
    invoices: Sequence[Fact],
    customers: Iterable[Fact],
    homes: Mapping[str, str],
) -> list[Fact]:
    """Rows of executive_summary_monthly with the figures of the as-of month alone.

    homes: the home currency of each customer, delivered or not.
    """
    late = {row["customer_id"] for row in invoices if row["is_past_due"]} - {None}
    at_home = by(customers, "currency")
    unpaid = by((row for row in invoices if row["is_open"]), "currency")

    def state(currency: str) -> Fact:
        owed, owners = unpaid.get((currency,), []), at_home.get((currency,), [])
        return {
            "delinquent_customer_count": sum(row["is_delinquent"] for row in owners),
            "past_due_customer_count": sum(
                homes[customer_id] == currency for customer_id in late
            ),
            "unpaid_invoice_count": len(owed),
            "unpaid_invoice_amount": added(owed, "outstanding_amount", currency),
        }

    as_of_month = time.month_of(settings.as_of)
    return [
        row
        | (
            state(row["currency"])
            if row["reporting_month"] == as_of_month
            else dict.fromkeys(state(row["currency"]))
        )
        for row in months
    ]
