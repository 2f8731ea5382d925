"""SQL of Customer Lookup: find a customer, then all there is about it by its id."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.queries.found import found, rows_of
from dashboards.warehouse import Statement

MOST_FOUND = 20
MOST_ROWS = 200
OF_KEY = "source_relation = ? and currency = ?"

NEWEST = f"""
select
    source_relation,
    customer_id,
    email,
    description,
    currency,
    is_delinquent,
    is_deleted,
    created_date
from dim_customers
order by created_at desc nulls last, customer_id
limit {MOST_FOUND}
"""


@dataclass(frozen=True)
class Key:
    """One customer in one currency."""

    account: str
    customer_id: str
    currency: str

    def values(self) -> list[str]:
        """To bind to `found` and to its condition `OF_KEY`."""
        return [self.customer_id, self.account, self.currency]


def customer(customer_id: str) -> Statement:
    """A row for each account and currency, the home currency and the busiest first."""
    sql = """
select *
from customer_lookup
where customer_id = ?
order by
    source_relation,
    case when currency = home_currency then 0 else 1 end,
    attempted_charge_count desc,
    currency
"""
    return sql, [customer_id]


def charges_over_time(key: Key) -> Statement:
    """A row for each month from the first charge on: charged, failed, refunded."""
    sql = f"""
with

{found("fct_charges", "customer_id")},

charges as (

    select
        reporting_month,
        sum(gross_amount) as gross_amount,
        sum(failed_amount) as failed_amount
    from found
    where {OF_KEY}
    group by reporting_month

),

refunds as (

    select reporting_month, sum(refund_amount) as refund_amount
    from fct_refunds
    where customer_id = ? and {OF_KEY}
    group by reporting_month

),

months as (

    -- Zeros, and nulls in a currency that nobody knows.
    select reporting_month, gross_charge_amount * 0 as zero_amount
    from executive_summary_monthly
    where
        source_relation = ? and currency = ?
        and reporting_month >= (select min(reporting_month) from charges)

)

select
    months.reporting_month,
    coalesce(charges.gross_amount, zero_amount) as gross_amount,
    coalesce(charges.failed_amount, zero_amount) as failed_amount,
    coalesce(refunds.refund_amount, zero_amount) as refund_amount
from months
left join charges on months.reporting_month = charges.reporting_month
left join refunds on months.reporting_month = refunds.reporting_month
order by months.reporting_month
"""
    return sql, [*key.values(), *key.values(), key.account, key.currency]


def invoices(key: Key) -> Statement:
    """What is owed first; only that is still due."""
    return of_customer(
        *(key, "customer_lookup_invoices", "invoice_id"),
        columns="*, case when outstanding_amount > 0 then effective_due_date end "
        "as due_date",
        first="case when outstanding_amount > 0 then 0 else 1 end, ",
    )


def of_customer(
    key: Key, mart: str, tie: str, columns: str = "*", first: str = ""
) -> Statement:
    """The latest rows of a mart, after what comes `first`."""
    order = f"{first}created_at desc nulls last, {tie}"
    sql = rows_of(mart, "customer_id", OF_KEY, order, MOST_ROWS, columns)
    return sql, key.values()
