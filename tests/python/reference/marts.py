"""Every mart of the reference computation, over one or several sources."""

from collections.abc import Mapping
from typing import Any

from reference.balance_transactions import fct_balance_transactions
from reference.charges import fct_charges
from reference.customers import dim_customers
from reference.disputes import fct_disputes
from reference.executive_summary import Summary
from reference.finance_operations import Operations
from reference.payments import fct_payments
from reference.periods import Periods
from reference.refunds import fct_refunds
from reference.rows import Account, Settings, Source, read

# mart -> columns that name a row
CONTRACT_KEYS = {
    "fct_charges": ("source_relation", "charge_id"),
    "fct_refunds": ("source_relation", "refund_id"),
    "fct_payments": ("source_relation", "payment_id"),
    "fct_balance_transactions": ("source_relation", "balance_transaction_id"),
    "fct_disputes": ("source_relation", "dispute_id"),
    "dim_customers": ("source_relation", "customer_id"),
    "executive_summary_daily": ("source_relation", "reporting_date", "currency"),
    "executive_summary_monthly": ("source_relation", "reporting_month", "currency"),
    "finance_operations_daily": ("source_relation", "reporting_date", "currency"),
    "finance_operations_failure_reasons": (
        "source_relation",
        "reporting_date",
        "currency",
        "failure_code",
    ),
    "finance_operations_fulfillment_weekly": (
        "source_relation",
        "reporting_week",
        "currency",
    ),
}


def compute(
    sources: Mapping[str, Account], settings: Settings
) -> dict[str, list[dict[str, Any]]]:
    """Rows of every mart, in the order of its key.

    sources: schema -> collection -> raw rows. Amounts are Decimals in major units with
    six decimals, timestamps naive UTC, dates in the reporting time zone.
    """
    marts: dict[str, list[dict[str, Any]]] = {name: [] for name in CONTRACT_KEYS}
    for relation, account in sources.items():
        source = read(relation, account, settings)
        for name, rows in marts_of(source).items():
            marts[name] += rows
    for name, keys in CONTRACT_KEYS.items():
        marts[name].sort(key=lambda row, keys=keys: tuple(row[key] for key in keys))
    return marts


def marts_of(source: Source) -> dict[str, list[dict[str, Any]]]:
    """Rows of every mart of one source."""
    refunds = fct_refunds(source)
    transactions = fct_balance_transactions(source)
    disputes = fct_disputes(source, transactions)
    charges = fct_charges(source, refunds, transactions, disputes)
    payments = fct_payments(charges)
    customers = dim_customers(source)
    facts = {
        "balance_transactions": transactions,
        "charges": charges,
        "customers": customers,
        "disputes": disputes,
        "invoices": invoice_days(source),
        "payments": payments,
        "refunds": refunds,
    }
    periods = Periods(source.relation, source.settings, facts, source.has_balance_rows)
    summary, operations = Summary(periods), Operations(periods)
    return {
        "fct_balance_transactions": transactions,
        "fct_charges": charges,
        "fct_disputes": disputes,
        "fct_payments": payments,
        "fct_refunds": refunds,
        "dim_customers": customers,
        "executive_summary_daily": summary.daily(),
        "executive_summary_monthly": summary.monthly(),
        "finance_operations_daily": operations.daily(),
        "finance_operations_failure_reasons": operations.failure_reasons(),
        "finance_operations_fulfillment_weekly": operations.fulfillment_weekly(),
    }


def invoice_days(source: Source) -> list[dict[str, Any]]:
    """Days and currencies of the invoices, which the calendar spans too."""
    return [
        {
            "reporting_date": source.settings.date_of(row["created"]),
            "currency": row["currency"],
        }
        for row in source.known_invoices
        if row["created"]
    ]
