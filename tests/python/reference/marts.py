"""Every mart of the reference computation, over one or several sources."""

from collections.abc import Iterable, Mapping
from typing import Any

from reference import balances, lookups, receivables
from reference.balance_transactions import fct_balance_transactions
from reference.charges import fct_charges
from reference.companies import Companies, company_lifetime_value
from reference.converted import CONVERTED_KEYS, Converter, Rates
from reference.converted_people import CONVERTED_PEOPLE_KEYS, ConvertedPeople
from reference.customers import dim_customers, home_currencies
from reference.disputes import fct_disputes
from reference.executive_summary import Summary
from reference.finance_operations import Operations
from reference.funnels import acquisition_funnel_daily, acquisition_steps_daily
from reference.identity import Identity, read_events
from reference.invoice_taxes import fct_invoice_taxes
from reference.invoices import fct_invoice_line_items, fct_invoices
from reference.journeys import people_of
from reference.lifetime_value import marts_of_lifetime_value
from reference.payments import fct_payments
from reference.periods import Periods
from reference.recurring_revenue import marts_of_revenue
from reference.refunds import fct_refunds
from reference.renewals import upcoming_renewals
from reference.rows import Account, Row, Settings, Source, read

# mart -> columns that name a row
CONTRACT_KEYS = {
    "fct_charges": ("source_relation", "charge_id"),
    "fct_refunds": ("source_relation", "refund_id"),
    "fct_payments": ("source_relation", "payment_id"),
    "fct_balance_transactions": ("source_relation", "balance_transaction_id"),
    "fct_balance_transaction_fees": ("source_relation", "fee_detail_id"),
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
    "fct_invoices": ("source_relation", "invoice_id"),
    "fct_invoice_line_items": ("source_relation", "invoice_id", "invoice_line_id"),
    "fct_invoice_taxes": ("source_relation", "invoice_id", "tax_rate_id"),
    "receivables_monthly": ("source_relation", "reporting_month", "currency"),
    "balance_activity_monthly": (
        "source_relation",
        "reporting_month",
        "currency",
        "reporting_category",
        "is_payout",
    ),
    "balance_summary_monthly": ("source_relation", "reporting_month", "currency"),
    "accounts_receivable_aging": ("source_relation", "currency", "ageing_bucket"),
    "finance_operations_invoice_attempts": (
        "source_relation",
        "reporting_month",
        "currency",
        "attempt_count",
    ),
    "finance_operations_delinquent_customers": (
        "source_relation",
        "customer_id",
        "currency",
    ),
    "customer_lookup": ("source_relation", "customer_id", "currency"),
    "customer_lookup_cards": ("source_relation", "card_id"),
    "customer_lookup_invoices": ("source_relation", "invoice_id"),
    "invoice_lookup": ("source_relation", "invoice_id"),
    "invoice_lookup_charges": ("source_relation", "charge_id"),
    "invoice_lookup_line_items": ("source_relation", "invoice_id", "invoice_line_id"),
    "fct_subscriptions": ("source_relation", "subscription_id"),
    "fct_customer_mrr": (
        "source_relation",
        "customer_id",
        "currency",
        "reporting_month",
    ),
    "trial_conversion_monthly": ("source_relation", "reporting_month", "currency"),
    "mrr_monthly": ("source_relation", "reporting_month", "currency"),
    "upcoming_renewals": ("source_relation", "subscription_id"),
}
ACCOUNT_KEYS = {"dim_accounts": ("source_relation",)}
# The same of marts that events and advertising take part in.
PEOPLE_KEYS = {
    "identity_ambiguities": (
        "ambiguity_type",
        "source_relation",
        "anonymous_id",
        "customer_id",
        "match_method",
        "user_id",
    ),
    "customer_lifetime_value": ("source_relation", "customer_id", "currency"),
    "lifetime_value_cohorts": (
        "source_relation",
        "acquisition_month",
        "channel",
        "currency",
        "months_since",
    ),
    "acquisition_funnel_daily": ("reporting_date", "channel"),
    "acquisition_cost": ("acquisition_month", "channel", "currency"),
    "customer_companies": ("source_relation", "customer_id"),
    "company_lifetime_value": ("company_id", "currency"),
    "acquisition_steps_daily": (
        "reporting_date",
        "step",
        "channel",
        "acquisition_month",
    ),
}


def compute(
    sources: Mapping[str, Account],
    settings: Settings,
    events: Mapping[str, Account] | None = None,
    spend: Iterable[Row] = (),
    rates: Iterable[Row] = (),
) -> dict[str, list[dict[str, Any]]]:
    """Rows of every mart, in the order of its key.

    sources: schema -> collection -> raw rows; events: the same of websites and apps;
    spend: rows of the relation of advertising, rates: of that of exchange rates.
    Amounts are Decimals in major units with six decimals, timestamps naive UTC, dates
    in the reporting time zone.
    """
    every_key = CONTRACT_KEYS | ACCOUNT_KEYS | PEOPLE_KEYS
    every_key = every_key | CONVERTED_KEYS | CONVERTED_PEOPLE_KEYS
    marts: dict[str, list[dict[str, Any]]] = {name: [] for name in every_key}
    accounts = {}
    for relation, account in sources.items():
        source = read(relation, account, settings)
        accounts[relation] = source, marts_of(source)
    found = [rows for _, rows in accounts.values()]
    known = Rates(rates, settings) if settings.reporting_currency else None
    people = marts_of_people(accounts, settings, events or {}, spend, known)
    found += [people, {"dim_accounts": dim_accounts(sources, settings)}]
    if known:
        found += [Converter(*account, known).rows() for account in accounts.values()]
    for name, rows in [item for one in found for item in one.items()]:
        marts[name] += rows
    marts["customer_lookup"] = lookups.with_lifetime_value(
        marts["customer_lookup"], marts["customer_lifetime_value"]
    )
    for name, keys in every_key.items():
        marts[name].sort(key=lambda row, keys=keys: sort_key(row, keys))
    return marts


def dim_accounts(sources: Iterable[str], settings: Settings) -> list[dict[str, Any]]:
    """Rows of dim_accounts: by the name that is given, else by the schema."""
    names = {one["schema"]: one.get("name") for one in settings.stripe_accounts}
    return [
        {"source_relation": relation, "account_name": names.get(relation) or relation}
        for relation in sources
    ]


def sort_key(row: Mapping[str, Any], keys: Iterable[str]) -> tuple:
    """The row's key, so that what is missing comes last."""
    return tuple((row[key] is None, row[key]) for key in keys)


def marts_of_people(
    accounts: Mapping[str, tuple[Source, Mapping[str, list[dict[str, Any]]]]],
    settings: Settings,
    events: Mapping[str, Account],
    spend: Iterable[Row],
    rates: Rates | None,
) -> dict[str, list[dict[str, Any]]]:
    """Rows of the marts of identity, journeys and lifetime value of all sources."""
    known = read_events(events, settings)
    identity = Identity(known, accounts)
    rows = {relation: marts for relation, (_, marts) in accounts.items()}
    people = people_of(known, identity, rows, settings)
    values = marts_of_lifetime_value(accounts, identity, people, spend, settings)
    companies = Companies(known.memberships, identity)
    customers = list(companies.customer_companies(identity))
    marts = {
        "identity_ambiguities": list(identity.ambiguities()),
        "acquisition_funnel_daily": list(
            acquisition_funnel_daily(people.values(), settings)
        ),
        "acquisition_steps_daily": list(
            acquisition_steps_daily(people, known.steps, identity, settings)
        ),
        "customer_companies": customers,
        "company_lifetime_value": list(
            company_lifetime_value(customers, values["customer_lifetime_value"])
        ),
        **values,
    }
    if rates is None:
        return marts
    marts["customer_lifetime_value_converted"] = [
        row
        for account in accounts.values()
        for row in Converter(*account, rates).customers(
            values["customer_lifetime_value"]
        )
    ]
    return marts | ConvertedPeople(accounts, people, marts, spend, rates).rows()


def marts_of(source: Source) -> dict[str, list[dict[str, Any]]]:
    """Rows of every mart of one source."""
    refunds = fct_refunds(source)
    transactions = fct_balance_transactions(source)
    disputes = fct_disputes(source, transactions)
    charges = fct_charges(source, refunds, transactions, disputes)
    payments = fct_payments(charges)
    customers, homes = dim_customers(source), home_currencies(source)
    invoices = fct_invoices(source, charges)
    lines = fct_invoice_line_items(source, invoices)
    revenue = marts_of_revenue(source)
    facts = {
        "balance_transactions": transactions,
        "charges": charges,
        "cohort_disputes": disputes,
        "cohort_refunds": refunds,
        "customers": customers,
        "disputes": disputes,
        "invoices": invoices,
        "payments": payments,
        "refunds": refunds,
    }
    periods = Periods(source.relation, source.settings, facts, source.has_balance_rows)
    summary, operations = Summary(periods), Operations(periods)
    return {
        "fct_balance_transactions": transactions,
        "fct_balance_transaction_fees": balances.fct_balance_transaction_fees(
            source, transactions
        ),
        "balance_activity_monthly": balances.balance_activity_monthly(transactions),
        "balance_summary_monthly": balances.balance_summary_monthly(
            source.relation, source.settings.as_of, transactions
        ),
        "fct_charges": charges,
        "fct_disputes": disputes,
        "fct_payments": payments,
        "fct_refunds": refunds,
        "dim_customers": customers,
        "executive_summary_daily": summary.daily(),
        "executive_summary_monthly": receivables.with_state(
            summary.monthly(), source.settings, invoices, customers, homes
        ),
        "finance_operations_daily": operations.daily(),
        "finance_operations_failure_reasons": operations.failure_reasons(),
        "finance_operations_fulfillment_weekly": operations.fulfillment_weekly(),
        "fct_invoices": invoices,
        "fct_invoice_line_items": lines,
        "fct_invoice_taxes": list(fct_invoice_taxes(source, invoices)),
        "receivables_monthly": receivables.receivables_monthly(periods, source),
        "accounts_receivable_aging": receivables.accounts_receivable_aging(
            periods, invoices
        ),
        "finance_operations_invoice_attempts": (
            receivables.finance_operations_invoice_attempts(invoices)
        ),
        "finance_operations_delinquent_customers": (
            receivables.finance_operations_delinquent_customers(
                source.relation, invoices, customers
            )
        ),
        "customer_lookup": lookups.customer_lookup(
            source,
            {
                "dim_customers": customers,
                "fct_balance_transactions": transactions,
                "fct_charges": charges,
                "fct_disputes": disputes,
                "fct_invoices": invoices,
                "fct_refunds": refunds,
                **revenue,
            },
        ),
        "customer_lookup_cards": lookups.customer_lookup_cards(source),
        "customer_lookup_invoices": lookups.customer_lookup_invoices(invoices),
        "invoice_lookup": lookups.invoice_lookup(invoices, customers),
        "invoice_lookup_charges": lookups.invoice_lookup_charges(charges),
        "invoice_lookup_line_items": lookups.invoice_lookup_line_items(lines),
        "upcoming_renewals": list(upcoming_renewals(source)),
        **revenue,
    }
