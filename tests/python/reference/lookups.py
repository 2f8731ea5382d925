"""Customer Lookup and Invoice Lookup: the facts of one customer, of one invoice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from reference import money, time
from reference.customers import dealings, home_currency
from reference.invoices import NOT_ISSUED
from reference.receivables import added, by
from reference.rows import Source

Fact = dict[str, Any]

CUSTOMER_LOOKUP_INVOICES = """
    source_relation invoice_id customer_id subscription_id currency receipt_number
    status attempt_count total amount_due amount_paid amount_remaining
    outstanding_amount gross_amount refund_amount days_past_due is_closed is_paid
    is_past_due created_date effective_due_date paid_date created_at
"""
INVOICE_LOOKUP = """
    source_relation invoice_id customer_id subscription_id ageing_bucket billing_reason
    currency description receipt_number status subtotal tax discount total amount_due
    amount_paid amount_remaining outstanding_amount starting_balance ending_balance
    gross_amount net_amount failed_amount refund_amount attempt_count charge_count
    failed_charge_count days_to_payment days_past_due is_attempted is_closed is_paid
    is_past_due created_date effective_due_date paid_date created_at
    next_payment_attempt_at period_start_at period_end_at
"""
INVOICE_LOOKUP_CHARGES = """
    source_relation charge_id customer_id invoice_id currency failure_category
    failure_code failure_message status gross_amount failed_amount net_amount
    dispute_count refund_count days_to_payment days_to_sync reporting_date created_at
"""
INVOICE_LOOKUP_LINE_ITEMS = """
    source_relation invoice_line_id invoice_id plan_id product_id currency description
    plan_name product_name type amount quantity is_proration period_start_at
    period_end_at
"""

OF_LIFETIME_VALUE = """
    user_id first_touch_channel first_touch_campaign last_touch_channel
    lifetime_value_amount predicted_lifetime_value_amount first_touch_at
"""


def taken(row: Fact, columns: str) -> Fact:
    """Some columns of a row, named between blanks."""
    return {column: row[column] for column in columns.split()}


def customer_lookup_cards(source: Source) -> list[Fact]:
    """Rows of customer_lookup_cards: what customers saved, and what they pay with."""
    cards = list(saved_cards(source))
    of_customers: dict[str, list[Fact]] = defaultdict(list)
    for card in cards:
        default = source.customers.get(card["customer_id"], {}).get("default_source")
        expiry = expiry_of(card)
        card |= {
            "is_default": card["card_id"] == default,
            "is_expired": expiry is not None and expiry < source.settings.as_of,
            "expiry_date": expiry,
        }
        if not card["is_deleted"] and default in (None, card["card_id"]):
            of_customers[card["customer_id"]].append(card)
    # One is the default, or they are those of a customer without any.
    primary = {
        min(rows, key=longest_valid)["card_id"] for rows in of_customers.values()
    }
    return [card | {"is_primary": card["card_id"] in primary} for card in cards]


def longest_valid(card: Fact) -> tuple:
    """Sort key: the last to expire first, then the smallest id."""
    expiry = card["expiry_date"] or date.min
    return -expiry.toordinal(), card["card_id"]


def expiry_of(card: Fact) -> date | None:
    """The last day on which a card is valid."""
    year, month = card["exp_year"], card["exp_month"]
    if year is None or month is None or not (1900 <= year < 3000 and 1 <= month <= 12):
        return None
    return time.last_day_of(date(year, month, 1))


def saved_cards(source: Source) -> Iterator[Fact]:
    """Cards and payment methods of customers, of which the digits are delivered."""
    methods = {row["id"]: row for row in source.known(source.payment_methods)}
    for card_id in source.cards.keys() | methods.keys():
        is_card = card_id in source.cards
        row = source.cards[card_id] if is_card else methods[card_id]
        prefix = "" if is_card else "card_"
        card = {
            name: row.get(f"{prefix}{name}")
            for name in ("brand", "country", "last4", "exp_month", "exp_year")
        }
        if row.get("customer_id") is None or card["last4"] is None:
            continue
        yield card | {
            "source_relation": source.relation,
            "card_id": card_id,
            "customer_id": row["customer_id"],
            "is_deleted": is_card and row.get("is_deleted") is True,
        }


def customer_lookup_invoices(invoices: Iterable[Fact]) -> list[Fact]:
    """Rows of customer_lookup_invoices."""
    return [taken(row, CUSTOMER_LOOKUP_INVOICES) for row in invoices]


def invoice_lookup(invoices: Iterable[Fact], customers: Iterable[Fact]) -> list[Fact]:
    """Rows of invoice_lookup."""
    emails = {row["customer_id"]: row["email"] for row in customers}
    return [
        taken(row, INVOICE_LOOKUP) | {"email": emails.get(row["customer_id"])}
        for row in invoices
    ]


def invoice_lookup_charges(charges: Iterable[Fact]) -> list[Fact]:
    """Rows of invoice_lookup_charges: the charges that belong to an invoice."""
    return [
        taken(row, INVOICE_LOOKUP_CHARGES)
        | {
            "amount": row["attempted_amount"],
            "refund_amount": row["refunded_amount"],
            "has_refund": row["refund_count"] > 0,
        }
        for row in charges
        if row["invoice_id"] is not None
    ]


def invoice_lookup_line_items(lines: Iterable[Fact]) -> list[Fact]:
    """Rows of invoice_lookup_line_items."""
    return [taken(row, INVOICE_LOOKUP_LINE_ITEMS) for row in lines]


def customer_lookup(
    source: Source,
    marts: Mapping[str, list[Fact]],
) -> list[Fact]:
    """Rows of customer_lookup: each customer in each known currency it dealt in.

    marts: the facts of the source.
    """

    def of(name: str, flag: str | None = None) -> dict[tuple, list[Fact]]:
        rows = (row for row in marts[name] if flag is None or row[flag])
        return by(rows, "customer_id", "currency")

    records = {row["customer_id"]: row for row in marts["dim_customers"]}
    charged, invoiced = of("fct_charges"), of("fct_invoices")
    refunded, disputed = (
        of("fct_refunds", "is_counted"),
        of("fct_disputes", "is_counted"),
    )
    moved = of("fct_balance_transactions", "is_net_volume")
    month = source.settings.as_of.replace(day=1)
    paying = {
        (row["customer_id"], row["currency"]): row["mrr_amount"]
        for row in marts["fct_customer_mrr"]
        if row["reporting_month"] == month
    }
    return [
        {
            "source_relation": source.relation,
            "customer_id": customer_id,
            "currency": currency,
            "mrr_amount": paying.get((customer_id, currency), money.major(0, currency)),
            **record_columns(records.get(customer_id), currency),
            "home_currency": home_currency(source, customer_id),
            **charge_columns(
                charged.get((customer_id, currency), []),
                refunded.get((customer_id, currency), []),
                disputed.get((customer_id, currency), []),
                currency,
            ),
            **invoice_columns(invoiced.get((customer_id, currency), []), currency),
            **balance_columns(
                moved.get((customer_id, currency), []),
                currency,
                source.has_balance_rows,
            ),
        }
        for customer_id, currency in dealings(marts, source.settings)
    ]


def with_lifetime_value(rows: Iterable[Fact], values: Iterable[Fact]) -> list[Fact]:
    """Rows of customer_lookup with where the customer came from and what it is worth.

    A row without currency has no lifetime value.
    """
    keys = "source_relation customer_id currency"
    known = {tuple(taken(row, keys).values()): row for row in values}
    nothing = defaultdict(lambda: None)
    return [
        row
        | taken(known.get(tuple(taken(row, keys).values()), nothing), OF_LIFETIME_VALUE)
        for row in rows
    ]


def record_columns(customer: Fact | None, currency: str | None) -> Fact:
    """What the customer's own row says; balances in its home currency only."""
    columns = "email description is_delinquent is_deleted created_date created_at"
    known = customer or defaultdict(lambda: None)
    row = taken(known, columns)
    balance = known["balance_amount"] if known["currency"] == currency else None
    return row | {
        "has_customer_record": customer is not None,
        "balance_amount": balance,
        "credit_balance_amount": None if balance is None else owed_to(balance),
    }


def owed_to(balance: Decimal) -> Decimal:
    """What the customer has to get: a negative balance."""
    return money.rounded(-balance if balance < 0 else Decimal(0))


def charge_columns(
    charges: list[Fact], refunds: list[Fact], disputes: list[Fact], currency: str
) -> Fact:
    """What was charged, refunded and disputed, in one currency."""
    row: Fact = {"attempted_charge_count": len(charges)}
    for kind in ("gross", "failed", "pending"):
        row[f"{kind}_charge_count"] = sum(charge[f"is_{kind}"] for charge in charges)
    for kind in ("attempted", "gross", "failed", "pending"):
        row[f"{kind}_charge_amount"] = added(charges, f"{kind}_amount", currency)
    moments = [charge["created_at"] for charge in charges]
    days = [charge["reporting_date"] for charge in charges]
    refunded = added(refunds, "refund_amount", currency)
    return row | {
        "refund_count": len(refunds),
        "refund_amount": refunded,
        "net_charge_amount": money.difference(row["gross_charge_amount"], refunded),
        "dispute_count": len(disputes),
        "dispute_amount": added(disputes, "dispute_amount", currency),
        "first_charge_date": min(days, default=None),
        "last_charge_date": max(days, default=None),
        "first_charge_at": min(moments, default=None),
        "last_charge_at": max(moments, default=None),
    }


def invoice_columns(invoices: list[Fact], currency: str | None) -> Fact:
    """What was invoiced, and what of it is owed, in one currency."""
    late = [row for row in invoices if row["is_past_due"]]
    return {
        "invoice_count": sum(row["status"] not in NOT_ISSUED for row in invoices),
        "unpaid_invoice_count": sum(row["is_open"] for row in invoices),
        "outstanding_amount": added(invoices, "outstanding_amount", currency),
        "past_due_amount": added(late, "outstanding_amount", currency),
        "bad_debt_amount": added(invoices, "bad_debt_amount", currency),
        "is_past_due": bool(late),
    }


def balance_columns(
    transactions: list[Fact], currency: str | None, has_balance_rows: bool
) -> Fact:
    """What reached the balance, in a settlement currency; unknown without the table."""
    columns = {"fee_amount": "fee_amount", "net_volume_amount": "net_amount"}
    return {
        name: added(transactions, column, currency) if has_balance_rows else None
        for name, column in columns.items()
    }
