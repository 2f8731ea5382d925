"""SQL of Invoice Lookup: find an invoice, then all there is about it by its id."""

from __future__ import annotations

from dashboards.queries.found import rows_of
from dashboards.warehouse import Statement

MOST_FOUND = 20
MOST_ROWS = 500

LISTED = """
    source_relation,
    invoice_id,
    customer_id,
    currency,
    email,
    receipt_number,
    status,
    total,
    outstanding_amount,
    attempt_count,
    created_date
"""

NEWEST = f"""
select {LISTED}
from invoice_lookup
order by
    case when outstanding_amount > 0 then 0 else 1 end,
    created_at desc nulls last,
    invoice_id
limit {MOST_FOUND}
"""


def invoice(invoice_id: str) -> Statement:
    """A row for each account that has it: one."""
    sql = """
select
    *,
    -discount as discount_below_zero,
    outstanding_amount - amount_remaining as outstanding_below_remaining
from invoice_lookup
where invoice_id = ?
order by source_relation
"""
    return sql, [invoice_id]


def charges(account: str, invoice_id: str) -> Statement:
    order = "created_at nulls last, charge_id"
    return of_invoice("invoice_lookup_charges", order), [invoice_id, account]


def line_items(account: str, invoice_id: str) -> Statement:
    order = "period_start_at nulls last, invoice_line_id"
    return of_invoice("invoice_lookup_line_items", order), [invoice_id, account]


def of_invoice(mart: str, order: str) -> str:
    return rows_of(mart, "invoice_id", "source_relation = ?", order, MOST_ROWS)
