"""Signs and comparisons of intermediate models, each turned round once."""

from __future__ import annotations

from faults.records import ModelFault


def turned(model: str, old: str, new: str) -> ModelFault:
    """A change that some net must notice, whichever."""
    return ModelFault(f"{model}: {' '.join(old.split())}", model, old, new, ())


SIGNS = (
    turned(
        "int_payments__charges_captured",
        "is_succeeded and is_captured as is_gross",
        "is_succeeded or is_captured as is_gross",
    ),
    turned(
        "int_payments__charges_captured",
        "charges.status = 'succeeded'",
        "charges.status <> 'succeeded'",
    ),
    turned(
        "int_payments__partial_capture_reversals",
        "transactions.amount_minor = -unpaid_refunds.amount_minor",
        "transactions.amount_minor = unpaid_refunds.amount_minor",
    ),
    turned(
        "int_payments__refunds_classified",
        "charges.released_amount_minor > 0",
        "charges.released_amount_minor < 0",
    ),
    turned(
        "int_payments__refunds_classified",
        "amount_minor - captured_amount_minor",
        "amount_minor + captured_amount_minor",
    ),
    turned(
        "int_payments__refunds_classified",
        "moved.failure_count > 0",
        "moved.failure_count < 1",
    ),
    turned(
        "int_payments__refunds_classified",
        "released_amount_rank = 1",
        "released_amount_rank > 1",
    ),
    turned(
        "int_payments__refunds_found",
        "where test_mode_charges.charge_id is null",
        "where test_mode_charges.charge_id is not null",
    ),
    turned(
        "int_payments__home_currencies",
        "ranked_charges.charge_rank = 1",
        "ranked_charges.charge_rank > 1",
    ),
    turned(
        "int_payments__fulfillment_timed",
        "{{ days_between('asked_at', 'succeeded_at') }}",
        "{{ days_between('succeeded_at', 'asked_at') }}",
    ),
    turned(
        "int_payments__fulfillment_timed",
        "{{ days_between('succeeded_at', 'settled_at') }}",
        "{{ days_between('settled_at', 'succeeded_at') }}",
    ),
    turned(
        "int_payments__fulfillment_timed",
        "{{ days_between('created_at', 'received_at') }}",
        "{{ days_between('received_at', 'created_at') }}",
    ),
    turned(
        "int_payments__transactions_live",
        "- coalesce(balance_transactions.fee_minor",
        "+ coalesce(balance_transactions.fee_minor",
    ),
    turned(
        "int_balances__transactions_classified",
        "transactions.amount_minor > 0",
        "transactions.amount_minor < 0",
    ),
    turned(
        "int_charges__dispute_movements",
        "then -1 else",
        "then +1 else",
    ),
    turned(
        "int_charges__volumes",
        "first_currency = last_currency then net_volume_amount",
        "first_currency <> last_currency then net_volume_amount",
    ),
    turned(
        "int_receivables__invoices_stated",
        "else subtotal_minor + exclusive_tax_minor",
        "else subtotal_minor - exclusive_tax_minor",
    ),
    turned(
        "int_receivables__invoices_stated",
        "due_minor - amount_remaining_minor",
        "due_minor + amount_remaining_minor",
    ),
    turned(
        "int_receivables__invoices_stated",
        "due_minor <= paid_minor",
        "due_minor >= paid_minor",
    ),
    turned(
        "int_receivables__invoices_stated",
        "else due_minor - paid_minor",
        "else due_minor + paid_minor",
    ),
    turned(
        "int_receivables__invoices_aged",
        "due_for_days > 0 as is_past_due",
        "due_for_days < 0 as is_past_due",
    ),
    turned(
        "int_receivables__invoices_aged",
        "later_minor > 0 then 'open'",
        "later_minor < 0 then 'open'",
    ),
    turned(
        "int_receivables__invoices_aged",
        "settled_minor <> later_minor",
        "settled_minor = later_minor",
    ),
    turned(
        "int_receivables__invoice_payments",
        "amount_due - outstanding_amount",
        "amount_due + outstanding_amount",
    ),
    turned(
        "int_receivables__invoice_payments",
        "- bad_debt_amount",
        "+ bad_debt_amount",
    ),
    turned(
        "int_summaries__as_of_state",
        "where is_past_due",
        "where not is_past_due",
    ),
    turned(
        "int_summaries__currency_days",
        "accounts.first_day <= all_days.day",
        "accounts.first_day >= all_days.day",
    ),
    turned(
        "executive_summary_monthly",
        "> {{ as_of.day }}",
        "< {{ as_of.day }}",
    ),
    turned(
        "int_summaries__disputes_daily",
        "where charge_reporting_date is not null",
        "where charge_reporting_date is null",
    ),
)
