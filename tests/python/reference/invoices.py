"""Invoices: what they ask for, what was paid of them, and what is left to collect."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from reference import money, taxes, time
from reference.captures import captured, invoice_of, is_gross
from reference.customers import home_currency
from reference.rows import Row, Settings, Source, grouped

Fact = dict[str, Any]

BUCKETS = ("current", "1_30", "31_60", "61_90", "over_90")
LAST_DAYS = (0, 30, 60, 90)
# Neither of them is a claim on anybody.
NOT_ISSUED = {"draft", "void"}
# Claims that were not paid in full.
CLAIMED = {"open", "uncollectible"}


def status_of(invoice: Row) -> str:
    """Delivered status, regular; else what the older flags say."""
    delivered = invoice.get("status")
    if delivered is not None:
        return delivered.strip().lower()
    if invoice.get("paid"):
        return "paid"
    if invoice.get("forgiven"):
        return "uncollectible"
    if invoice.get("closed"):
        return "void"
    return "open" if invoice.get("attempted") else "draft"


def amount_due(invoice: Row) -> int | None:
    """What the invoice asks for, in minor units."""
    due = invoice.get("amount_due")
    return invoice.get("total") if due is None else due


def amount_paid(invoice: Row, charged: int) -> int | None:
    """Paid so far, in minor units, by whatever means.

    charged: what the invoice's charges of any date captured in its currency.
    """
    status, due = status_of(invoice), amount_due(invoice)
    if invoice.get("amount_paid") is not None:
        return invoice["amount_paid"]
    if status == "paid":
        return due
    if invoice.get("amount_remaining") is not None:
        return less(due, invoice["amount_remaining"])
    if status not in CLAIMED or due is None:
        return 0
    return max(min(charged, due), 0)


def amount_remaining(invoice: Row, charged: int) -> int | None:
    """Left to pay, in minor units, whether or not anybody still asks for it."""
    if invoice.get("amount_remaining") is not None:
        return invoice["amount_remaining"]
    if status_of(invoice) == "paid":
        return 0
    rest = less(amount_due(invoice), amount_paid(invoice, charged))
    return None if rest is None else max(rest, 0)


def less(left: int | None, right: int | None) -> int | None:
    """left - right, None where either is missing."""
    return None if left is None or right is None else left - right


def discounted(invoice: Row, lines: Iterable[Row], source: Source) -> Fact:
    """Tax on top of the prices, and by how much the total is below both."""
    currency, on_top = invoice["currency"], taxes.beside(invoice, lines, source)
    taken = less(invoice.get("subtotal"), invoice.get("total"))
    if taken is not None:
        taken = max(taken + on_top, 0)
    return {
        "exclusive_tax": money.major(on_top, currency),
        "discount": money.major(taken, currency),
    }


def part_paid(invoice: Row, charged: int) -> int | None:
    """What was paid of the claim that the invoice made, in minor units."""
    if status_of(invoice) == "paid":
        return amount_due(invoice)
    if status_of(invoice) in CLAIMED:
        return less(amount_due(invoice), amount_remaining(invoice, charged))
    return 0


@dataclass(frozen=True)
class Payments:
    """What was paid of an invoice, by whom it may; in minor units, of any date."""

    # Of each charge that paid something: when, and how much of it was owed.
    by_charges: tuple[tuple[datetime, int], ...] = ()
    # What no charge explains.
    other: int | None = 0
    # All that charges captured in the invoice's currency.
    charged: int = 0

    def until(self, settings: Settings) -> list[tuple[datetime, int]]:
        """The charges' parts by the as-of day."""
        return [part for part in self.by_charges if not settings.is_later(part[0])]

    def after(self, settings: Settings) -> int:
        """What charges paid after the as-of day."""
        return sum(
            part for moment, part in self.by_charges if settings.is_later(moment)
        )


@lru_cache(maxsize=8)
def payments_by_invoice(source: Source) -> dict[str, Payments]:
    """What was paid of each invoice, by its charges of any date."""
    charges: dict[str | None, list[Row]] = defaultdict(list)
    for charge in source.charges.values():
        if is_gross(charge) and charge["created"]:
            charges[invoice_of(charge, source)].append(charge)
    return {
        key: payments(invoice, charges.get(key, []), source)
        for key, invoice in source.invoices.items()
    }


def payments(invoice: Row, charges: list[Row], source: Source) -> Payments:
    """What was paid of an invoice; the charge that passes it is cut."""
    own = [row for row in charges if row["currency"] == invoice["currency"]]
    charged = sum(captured(charge, source) for charge in own)
    claim = part_paid(invoice, charged)
    if claim is None:
        return Payments((), None, charged)
    parts, taken, brought = [], 0, 0
    for charge in sorted(own, key=lambda row: (row["created"], row["id"])):
        brought += captured(charge, source)
        part = max(min(brought, claim), 0) - taken
        taken += part
        if part:
            parts.append((charge["created"], part))
    return Payments(tuple(parts), claim - taken, charged)


def bucket(days_past_due: int) -> str:
    """Ageing bucket of an open invoice."""
    over = sum(days_past_due > last for last in LAST_DAYS)
    return BUCKETS[over]


def fct_invoices(source: Source, charges: list[Fact]) -> list[Fact]:
    """Rows of fct_invoices, from a source and its rows of fct_charges."""
    attempts: dict[str, list[Fact]] = defaultdict(list)
    for charge in charges:
        if charge["invoice_id"] is not None:
            attempts[charge["invoice_id"]].append(charge)
    for rows in attempts.values():
        rows.sort(key=lambda row: (row["created_at"], row["charge_id"]))
    lines = grouped(source.invoice_lines.values(), "invoice_id")
    return [
        fact(invoice, source, attempts.get(invoice["id"], []))
        | discounted(invoice, lines.get(invoice["id"], ()), source)
        | {"home_currency": home_currency(source, invoice.get("customer_id"))}
        for invoice in source.known_invoices
        if invoice["created"] is not None
    ]


def fact(invoice: Row, source: Source, charges: list[Fact]) -> Fact:
    """One row of fct_invoices; charges are the invoice's, the first one first."""
    currency, delivered = invoice["currency"], status_of(invoice)
    settings, paid = source.settings, payments_by_invoice(source)[invoice["id"]]
    # What was paid since is owed still.
    since = paid.after(settings)
    status = "open" if since else delivered
    created = settings.date_of(invoice["created"])
    due = settings.date_of(invoice.get("due_date")) or created
    is_open = status == "open"
    days_past_due = (settings.as_of - due).days if is_open else None
    remaining = amount_remaining(invoice, paid.charged)
    owed = less(remaining if delivered == "open" else 0, -since)
    first_gross = next((row for row in charges if row["is_gross"]), None)
    until = paid.until(settings)
    paid_at = until[0][0] if until else None
    if status == "paid" and paid.other is None:
        # How much was paid is not known, but when.
        own = (row for row in charges if row["currency"] == currency)
        paid_at = next((row["created_at"] for row in own if row["is_gross"]), None)
    is_paid_at_all = status == "paid" or bool(until) or bool(paid.other)
    paid_date = settings.date_of(paid_at) or created if is_paid_at_all else None
    return {
        "source_relation": source.relation,
        "invoice_id": invoice["id"],
        "charge_id": invoice.get("charge_id"),
        "customer_id": invoice.get("customer_id"),
        "subscription_id": invoice.get("subscription_id"),
        "ageing_bucket": bucket(days_past_due) if is_open else None,
        "billing_reason": invoice.get("billing_reason"),
        "currency": currency,
        "description": invoice.get("description"),
        "receipt_number": invoice.get("receipt_number"),
        "statement_descriptor": invoice.get("statement_descriptor"),
        "status": status,
        **amounts(invoice, paid.charged, since),
        "outstanding_amount": money.major(owed, currency),
        "bad_debt_amount": money.major(
            remaining if delivered == "uncollectible" else 0, currency
        ),
        "attempt_count": invoice.get("attempt_count"),
        **attempted(currency, charges),
        "days_to_payment": first_gross["days_to_payment"] if first_gross else None,
        "days_past_due": days_past_due,
        "is_attempted": invoice.get("attempted"),
        "is_auto_advance": invoice.get("auto_advance"),
        "is_closed": invoice.get("closed"),
        "is_date_estimated": delivered == "uncollectible"
        or bool(paid.other)
        or (is_paid_at_all and paid_at is None),
        "is_forgiven": invoice.get("forgiven"),
        "is_open": is_open,
        "is_paid": status == "paid",
        "is_past_due": is_open and days_past_due > 0,
        "is_status_derived": invoice.get("status") is None,
        "created_date": created,
        "effective_due_date": due,
        "paid_date": paid_date,
        **time.calendar_columns(created),
        "created_at": invoice["created"],
        "due_at": invoice.get("due_date"),
        "next_payment_attempt_at": invoice.get("next_payment_attempt"),
        "paid_at": paid_at,
        "period_end_at": invoice.get("period_end"),
        "period_start_at": invoice.get("period_start"),
        "webhooks_delivered_at": invoice.get("webhooks_delivered_at"),
    }


def amounts(invoice: Row, charged: int, since: int) -> Fact:
    """Stripe's own figures of an invoice, in major units; since: paid too late."""
    minor = {
        "subtotal": invoice.get("subtotal"),
        "tax": invoice.get("tax"),
        "total": invoice.get("total"),
        "amount_due": amount_due(invoice),
        "amount_paid": less(amount_paid(invoice, charged), since),
        "amount_remaining": less(amount_remaining(invoice, charged), -since),
        "starting_balance": invoice.get("starting_balance"),
        "ending_balance": invoice.get("ending_balance"),
        "application_fee": invoice.get("application_fee"),
    }
    currency = invoice["currency"]
    return {name: money.major(amount, currency) for name, amount in minor.items()}


def attempted(currency: str | None, charges: list[Fact]) -> Fact:
    """What the charges of an invoice came to; money in its currency only."""

    def amount(column: str):
        alike = (row[column] for row in charges if row["currency"] == currency)
        return money.total(alike, currency)

    gross, refunded = amount("gross_amount"), amount("refunded_amount")
    return {
        "charge_count": len(charges),
        "succeeded_charge_count": sum(row["is_succeeded"] for row in charges),
        "failed_charge_count": sum(row["is_failed"] for row in charges),
        "gross_amount": gross,
        "failed_amount": amount("failed_amount"),
        "refund_amount": refunded,
        "net_amount": money.difference(gross, refunded),
        "dispute_count": sum(row["dispute_count"] for row in charges),
    }


def fct_invoice_line_items(source: Source, invoices: list[Fact]) -> list[Fact]:
    """Rows of fct_invoice_line_items, from a source and its rows of fct_invoices."""
    invoice_by_id = {row["invoice_id"]: row for row in invoices}
    return [
        line_item(line, source, invoice_by_id[line["invoice_id"]])
        for line in source.invoice_lines.values()
        if line.get("invoice_id") in invoice_by_id
    ]


def line_item(line: Row, source: Source, invoice: Fact) -> Fact:
    """One row of fct_invoice_line_items."""
    plan = source.plans.get(line.get("plan_id"), {})
    nickname, product_id = plan.get("nickname"), plan.get("product")
    currency = line["currency"] or invoice["currency"]
    day: date = invoice["reporting_date"]
    return {
        "source_relation": source.relation,
        "invoice_line_id": line["id"],
        "invoice_id": invoice["invoice_id"],
        "customer_id": invoice["customer_id"],
        "item_id": line.get("item_id"),
        "plan_id": line.get("plan_id"),
        "product_id": product_id,
        "subscription_id": line.get("subscription_id"),
        "currency": currency,
        "description": line.get("description"),
        "invoice_status": invoice["status"],
        "plan_name": plan.get("name") if nickname is None else nickname,
        "product_name": source.products.get(product_id, {}).get("name"),
        "tax_rates": line.get("tax_rates"),
        "type": line.get("type"),
        "amount": money.major(line.get("amount"), currency),
        "quantity": line.get("quantity"),
        "is_discountable": line.get("discountable"),
        "is_proration": line.get("proration") is True,
        **time.calendar_columns(day),
        "period_start_at": line.get("period_start"),
        "period_end_at": line.get("period_end"),
    }
