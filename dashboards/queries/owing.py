"""SQL of who is delinquent or past due, and why, as of today."""

from __future__ import annotations

from dashboards.address.scope import Scope
from dashboards.queries.shared import sums
from dashboards.warehouse import Statement

MART = "finance_operations_delinquent_customers"
MOST_CUSTOMERS = 100
KINDS = {
    "all": "(is_delinquent or is_past_due)",
    "delinquent": "is_delinquent",
    "past_due": "is_past_due",
    "no_debt": "(is_delinquent and outstanding_amount = 0)",
}
AMOUNTS = (
    "past_due_amount",
    "outstanding_amount",
    "current_amount",
    "days_1_30_amount",
    "days_31_60_amount",
    "days_61_90_amount",
    "over_90_amount",
)


def listed(scope: Scope, kind: str) -> Statement:
    """Those that owe most first, with the last charge of theirs that failed, in any
    currency, the next attempt at an open invoice, the status of their newest invoice,
    and the other currencies in which they owe."""
    condition, values = scope.of_account()
    sql = f"""
with

listed as (

    select * from {MART}
    where {condition} and {KINDS[kind]}
    order by past_due_amount desc, outstanding_amount desc, customer_id
    limit {MOST_CUSTOMERS}

),

failures as (

    select
        charges.source_relation,
        charges.customer_id,
        charges.failure_code,
        charges.reporting_date,
        row_number() over (
            partition by charges.source_relation, charges.customer_id
            order by charges.created_at desc nulls last, charges.charge_id desc
        ) as place
    from fct_charges as charges
    inner join listed
        on charges.source_relation = listed.source_relation
        and charges.customer_id = listed.customer_id
    where charges.is_failed

),

invoices as (

    select
        invoices.source_relation,
        invoices.customer_id,
        invoices.status,
        min(
            case when invoices.is_open then invoices.next_payment_attempt_at end
        ) over (
            partition by invoices.source_relation, invoices.customer_id
        ) as next_attempt_at,
        row_number() over (
            partition by invoices.source_relation, invoices.customer_id
            order by invoices.created_at desc nulls last, invoices.invoice_id desc
        ) as place
    from fct_invoices as invoices
    inner join listed
        on invoices.source_relation = listed.source_relation
        and invoices.customer_id = listed.customer_id

),

others as (

    select
        everyone.source_relation,
        everyone.customer_id,
        string_agg(
            upper(everyone.currency), ', ' order by everyone.currency
        ) as other_currencies
    from {MART} as everyone
    inner join listed
        on everyone.source_relation = listed.source_relation
        and everyone.customer_id = listed.customer_id
    where everyone.currency <> listed.currency and everyone.outstanding_amount > 0
    group by everyone.source_relation, everyone.customer_id

)

select
    listed.*,
    failures.failure_code,
    failures.reporting_date as failed_date,
    invoices.next_attempt_at,
    invoices.status as last_invoice_status,
    others.other_currencies
from listed
left join failures
    on listed.source_relation = failures.source_relation
    and listed.customer_id = failures.customer_id
    and failures.place = 1
left join invoices
    on listed.source_relation = invoices.source_relation
    and listed.customer_id = invoices.customer_id
    and invoices.place = 1
left join others
    on listed.source_relation = others.source_relation
    and listed.customer_id = others.customer_id
order by listed.past_due_amount desc, listed.outstanding_amount desc, listed.customer_id
"""
    return sql, values


def totals(scope: Scope, kind: str) -> Statement:
    """A row for each currency, also of those that are not listed."""
    condition, values = ("source_relation = ?", [scope.account])
    if not scope.account:
        condition, values = "true", []
    sql = f"""
select
    currency,
    count(*) as customer_count,
    {sums(AMOUNTS)}
from {MART}
where {condition} and {KINDS[kind]}
group by currency
order by currency
"""
    return sql, values
