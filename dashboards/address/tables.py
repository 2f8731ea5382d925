"""What there is to explore: every mart that has a row for each object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboards.warehouse import Warehouse
from dashboards.warehouse.customers import CustomerColumn, customer_columns
from dashboards.warehouse.own import (
    ROW_ID,
    OwnColumn,
    OwnTable,
    own_columns,
    own_tables,
)

# Columns that do not say in their name that they are money.
MONEY = (
    *("subtotal", "tax", "exclusive_tax", "discount", "total", "amount"),
    *("amount_due", "amount_paid", "amount_remaining"),
    *("starting_balance", "ending_balance", "application_fee"),
)
SETTLEMENT = "settlement_currency"
# What moved the balance is in the balance's currency, where a mart has both.
SETTLED = (
    *("fee_amount", "net_volume_amount"),
    *("withdrawn_amount", "reinstated_amount", "dispute_fee_amount"),
)
EMAIL = "customer__email"
# Columns of words that Stripe or the marts write with underscores.
CODES = (
    *("status", "reason", "type", "movement", "billing_reason", "match_method"),
    *("collection_method", "tokenization_method", "ageing_bucket"),
)
CODE_ENDINGS = ("_status", "_category", "failure_code", "_channel", "_report")
MOST_SHOWN = 6  # own columns that are shown without being asked for


def is_code(column: str) -> bool:
    """Whether the values of a mart's column are such words, or codes of currencies."""
    return column in CODES or column.endswith(CODE_ENDINGS) or is_currency(column)


def is_currency(column: str) -> bool:
    return column == "currency" or column.endswith("_currency")


@dataclass(frozen=True)
class Table:
    """A mart to explore: its key, and what is shown of it at first.

    `more_keys` are further columns of its key; `own` are columns that can be joined,
    the customer's and the user's; `title` is one of the user's tables' own.
    """

    name: str
    relation: str
    key: str
    columns: tuple[str, ...]
    sort: str = "-created_at"
    more_keys: tuple[str, ...] = ()
    own: Mapping[str, OwnColumn] = field(default_factory=dict)
    title: str | None = None

    @property
    def label(self) -> str:
        return self.title or self.name.replace("_", " ").capitalize()

    @property
    def keys(self) -> tuple[str, ...]:
        """What tells its rows apart."""
        return self.key, *self.more_keys, "source_relation"

    def kinds(self, warehouse: Warehouse) -> dict[str, str]:
        """{column: kind} of all that can be shown; the customer's beside its id."""
        kinds: dict[str, str] = {}
        beside = {
            name: one.kind
            for name, one in self.own.items()
            if isinstance(one, CustomerColumn)
        }
        for name, kind in warehouse.columns(self.relation).items():
            kinds[name] = kind
            if name == "customer_id":
                kinds |= beside
        return kinds | {name: one.kind for name, one in self.own.items()}

    def currency_of(self, column: str, known: Mapping[str, str]) -> str | None:
        """The column that holds the currency of a column of money; else None.

        `known` are the mart's columns; an own column is none of ours.
        """
        if self.title is not None or column in self.own:
            return None
        if column in SETTLED and SETTLEMENT in known:
            return SETTLEMENT
        is_money = column.endswith("_amount") or column in MONEY
        return "currency" if is_money and "currency" in known else None


TABLES = {
    table.name: table
    for table in (
        Table(
            *("charges", "fct_charges", "charge_id"),
            (
                *("charge_id", "created_at", EMAIL, "status"),
                *("attempted_amount", "net_amount", "failure_code", "customer_id"),
            ),
        ),
        Table(
            *("payments", "fct_payments", "payment_id"),
            (
                *("payment_id", "created_at", EMAIL, "status", "payment_amount"),
                *("attempt_count", "first_failure_code", "is_recovered"),
                "customer_id",
            ),
        ),
        Table(
            *("refunds", "fct_refunds", "refund_id"),
            (
                *("refund_id", "created_at", EMAIL, "status", "refund_amount"),
                *("reason", "charge_id", "customer_id"),
            ),
        ),
        Table(
            *("disputes", "fct_disputes", "dispute_id"),
            (
                *("dispute_id", "created_at", EMAIL, "status", "dispute_amount"),
                *("reason", "charge_id", "customer_id"),
            ),
        ),
        Table(
            *("invoices", "fct_invoices", "invoice_id"),
            (
                *("invoice_id", "created_at", EMAIL, "status", "total"),
                *("amount_paid", "outstanding_amount", "effective_due_date"),
                "customer_id",
            ),
        ),
        Table(
            *("invoice_lines", "fct_invoice_line_items", "invoice_line_id"),
            (
                *("invoice_id", "reporting_date", EMAIL, "description", "amount"),
                *("quantity", "period_start_at", "period_end_at", "customer_id"),
            ),
            sort="-reporting_date",
            more_keys=("invoice_id",),
        ),
        Table(
            *("invoice_taxes", "fct_invoice_taxes", "invoice_id"),
            (
                *("invoice_id", "reporting_date", EMAIL, "display_name"),
                *("jurisdiction", "percentage", "taxable_amount", "tax_amount"),
                "customer_id",
            ),
            sort="-reporting_date",
            more_keys=("tax_rate_id",),
        ),
        Table(
            *("customers", "dim_customers", "customer_id"),
            (
                *("customer_id", "created_at", "email", "description"),
                *("currency", "balance_amount", "is_delinquent", "is_deleted"),
            ),
        ),
        Table(
            *("subscriptions", "fct_subscriptions", "subscription_id"),
            (
                *("subscription_id", "created_at", EMAIL, "status", "plan_name"),
                *("mrr_amount", "quantity", "start_date", "canceled_date"),
                "customer_id",
            ),
        ),
        Table(
            *("renewals", "upcoming_renewals", "subscription_id"),
            (
                *("subscription_id", "renewal_date", "email", "status", "plan_name"),
                *("renewal_amount", "mrr_amount", "card_expiry_date"),
                *("is_card_out_by_renewal", "customer_id"),
            ),
            sort="renewal_date",
        ),
        Table(
            *("cards", "customer_lookup_cards", "card_id"),
            (
                *("card_id", EMAIL, "brand", "last4", "expiry_date", "is_expired"),
                *("is_primary", "country", "is_deleted", "customer_id"),
            ),
            sort="card_id",
        ),
        Table(
            *("recurring_revenue", "fct_customer_mrr", "customer_id"),
            (
                *(EMAIL, "reporting_month", "movement", "opening_mrr_amount"),
                *("mrr_amount", "subscription_count", "is_estimated", "customer_id"),
            ),
            sort="-reporting_month",
            more_keys=("currency", "reporting_month"),
        ),
        Table(
            "balance_transactions",
            "fct_balance_transactions",
            "balance_transaction_id",
            (
                *("balance_transaction_id", "created_at", "reporting_category"),
                *("transaction_amount", "fee_amount", "net_amount", "available_date"),
                *("source_id", EMAIL, "customer_id"),
            ),
        ),
        Table(
            *("fees", "fct_balance_transaction_fees", "fee_detail_id"),
            (
                *("fee_detail_id", "reporting_date", "type", "fee_amount"),
                *("description", "charge_id", "balance_transaction_id"),
                *(EMAIL, "customer_id"),
            ),
            sort="-reporting_date",
        ),
        Table(
            *("customer_figures", "customer_lookup", "customer_id"),
            (
                *("customer_id", "created_at", "email", "gross_charge_amount"),
                *("refund_amount", "net_charge_amount", "outstanding_amount"),
                *("mrr_amount", "lifetime_value_amount"),
            ),
            more_keys=("currency",),
        ),
        Table(
            *("lifetime_values", "customer_lifetime_value", "customer_id"),
            (
                *(EMAIL, "acquisition_month", "first_touch_channel"),
                *("lifetime_value_amount", "predicted_lifetime_value_amount"),
                *("mrr_amount", "first_payment_date", "customer_id"),
            ),
            sort="-lifetime_value_amount",
            more_keys=("currency",),
        ),
        Table(
            "owing_customers",
            "finance_operations_delinquent_customers",
            "customer_id",
            (
                *("customer_id", "email", "description", "is_delinquent"),
                *("past_due_amount", "outstanding_amount", "oldest_due_date"),
            ),
            sort="-past_due_amount",
            more_keys=("currency",),
        ),
        Table(
            *("companies", "customer_companies", "company_id"),
            ("company_id", "company_name", EMAIL, "user_id", "customer_id"),
            sort="company_id",
            more_keys=("customer_id",),
        ),
    )
}


def tables(warehouse: Warehouse) -> dict[str, Table]:
    """{name: table} of all that there is to explore, with the user's own; their columns
    alone, see with_joined."""
    found = [table for table in TABLES.values() if warehouse.has(table.relation)]
    found += [of_many_rows(one) for one in own_tables(warehouse) if one.has_many]
    return {table.name: table for table in found}


def with_joined(warehouse: Warehouse, table: Table) -> Table:
    """The table with columns of its customers and of the user's own; those of its very
    rows are shown at first where they are few."""
    own = own_columns(warehouse, table.relation)
    of_rows = [
        name
        for name, one in own.items()
        if one.table.keys == (table.key,) and not table.more_keys
    ]
    shown = of_rows if len(of_rows) <= MOST_SHOWN else []
    return replace(
        table,
        own={**customer_columns(warehouse, table.relation), **own},
        columns=(*table.columns, *shown),
    )


def of_many_rows(own: OwnTable) -> Table:
    """An own table whose rows have no key but their number."""
    columns = [*([own.time] if own.time else []), *own.keys, *own.columns]
    return Table(
        *(own.relation, own.relation, ROW_ID, tuple(dict.fromkeys(columns))),
        sort=f"-{own.time}" if own.time else ROW_ID,
        title=own.label,
    )
