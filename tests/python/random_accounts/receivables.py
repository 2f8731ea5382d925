"""Random invoices, their lines, and what the lines bill; the plainest choice first.

Amounts need not fit each other: they are what is delivered, and figures follow.
"""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from random_accounts.moments import midnight
from random_accounts.oddities import NAMED_RATES

Draw = st.DrawFn
Raw = dict[str, Any]

STATUSES = (None, "open", "paid", "uncollectible", "void", "draft", " Open", "odd")
TOTALS = (1000, 1999, 0, 1, -500, 100000)
# Days since the due date at which an ageing bucket begins or ends.
EDGES = (0, 1, 30, 31, 60, 61, 90, 91, -1, -30)
GAPS = (timedelta(0), timedelta(microseconds=-1), timedelta(hours=12))


def one_of(*values: Any) -> st.SearchStrategy:
    """One of the values; shrinks to the first."""
    return st.sampled_from(values)


def due_moments(as_of: date, zone: str) -> st.SearchStrategy[datetime]:
    """Moments around the midnights that divide the ageing buckets."""
    return st.builds(
        lambda days, gap: midnight(as_of - timedelta(days=days), zone) + gap,
        one_of(*EDGES),
        one_of(*GAPS),
    )


def claim(draw: Draw, due: st.SearchStrategy[datetime]) -> Raw:
    """Columns of an invoice on its state, its money and its dates."""
    status, total = draw(one_of(*STATUSES)), draw(one_of(*TOTALS))
    columns: Raw = {"status": status, "due_date": draw(one_of(None, draw(due)))}
    flags = ("paid", "attempted", "closed", "forgiven")
    if status is None or draw(st.booleans()):
        columns |= {flag: draw(one_of(None, True, False)) for flag in flags}
    if draw(one_of(*[True] * 15, False)):
        columns |= money(draw, total)
    columns["attempt_count"] = draw(one_of(None, 0, 1, 3))
    return columns


def money(draw: Draw, total: int) -> Raw:
    """Amounts of an invoice: all of them fit, or some are left out or odd."""
    part = draw(one_of(total, 0, total // 3))
    return {
        "total": total,
        "subtotal": draw(one_of(total, total, None, total + 100, total - 50)),
        "tax": draw(one_of(None, 0, 77, total // 6)),
        "amount_due": draw(one_of(total, None, max(total, 0), 0, total - 100)),
        "amount_paid": draw(one_of(None, part)),
        "amount_remaining": draw(one_of(None, total - part, 0)),
        "starting_balance": draw(one_of(None, 0, -300)),
        "ending_balance": draw(one_of(None, 0, 250)),
        "application_fee": draw(one_of(None, None, 25)),
    }


def catalogue(draw: Draw) -> dict[str, list[Raw]]:
    """Plans and products, some named by their plan, some by nothing."""
    count = draw(one_of(0, 1, 2))
    plans = [
        {
            "id": f"plan_{number}",
            "product": draw(one_of("prod_1", "prod_2", "prod_missing", None)),
            "nickname": draw(one_of(None, "Monthly")),
            "name": draw(one_of(None, "Basic")),
        }
        for number in range(1, count + 1)
    ]
    products = [
        {
            "id": f"prod_{number}",
            "name": draw(one_of("Support", None)),
            "livemode": draw(one_of(None, True, False)),
        }
        for number in range(1, draw(one_of(0, 1, 2)) + 1)
    ]
    return {"plans": plans, "products": products}


def line(draw: Draw, invoice_ids: list[str], currency: str, moment: datetime) -> Raw:
    """A line of one of the invoices, or of one that is not delivered."""
    return {
        "invoice_id": draw(one_of(*invoice_ids, "in_missing", None)),
        "plan_id": draw(one_of(None, "plan_1", "plan_2")),
        "subscription_id": draw(one_of(None, "sub_1")),
        "item_id": draw(one_of(None, "ii_1")),
        "amount": draw(one_of(1000, -333, 0, None)),
        "currency": draw(one_of(None, currency)),
        "quantity": draw(one_of(None, 1, 3)),
        "proration": draw(one_of(None, True, False)),
        "discountable": draw(one_of(None, True, False)),
        "type": draw(one_of("subscription", "invoiceitem", None)),
        "tax_rates": draw(one_of(*NAMED_RATES)),
        "description": draw(one_of(None, "Seat")),
        "period_start": draw(one_of(None, moment)),
        "period_end": draw(one_of(None, moment)),
    }
