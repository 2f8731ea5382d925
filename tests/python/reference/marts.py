"""Every mart of the reference computation, over one or several sources."""

from collections.abc import Mapping
from typing import Any

from reference.charges import fct_charges
from reference.customers import dim_customers
from reference.executive_summary import Summary
from reference.payments import fct_payments
from reference.refunds import fct_refunds
from reference.rows import Account, Settings, read

# mart -> columns that name a row
CONTRACT_KEYS = {
    "fct_charges": ("source_relation", "charge_id"),
    "fct_refunds": ("source_relation", "refund_id"),
    "fct_payments": ("source_relation", "payment_id"),
    "dim_customers": ("source_relation", "customer_id"),
    "executive_summary_daily": ("source_relation", "reporting_date", "currency"),
    "executive_summary_monthly": ("source_relation", "reporting_month", "currency"),
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
        refunds = fct_refunds(source)
        charges = fct_charges(source, refunds)
        payments = fct_payments(charges)
        customers = dim_customers(source)
        summary = Summary(relation, settings, charges, refunds, payments, customers)
        marts["fct_charges"] += charges
        marts["fct_refunds"] += refunds
        marts["fct_payments"] += payments
        marts["dim_customers"] += customers
        marts["executive_summary_daily"] += summary.daily()
        marts["executive_summary_monthly"] += summary.monthly()
    for name, keys in CONTRACT_KEYS.items():
        marts[name].sort(key=lambda row, keys=keys: tuple(row[key] for key in keys))
    return marts
