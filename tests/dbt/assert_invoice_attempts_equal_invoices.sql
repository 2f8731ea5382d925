-- Invoices by attempt count sum to the invoices that were finalized, month by month.
{% call if_built() %}
with

invoices as (

    select
        source_relation,
        currency,
        reporting_month,
        count(*) as invoice_count,
        sum(case when status = 'paid' then 1 else 0 end) as paid_count,
        sum(amount_due) as amount_due,
        sum(amount_paid) as amount_paid,
        sum(attempt_count) as attempt_count
    from {{ ref('fct_invoices') }}
    where status <> 'draft'
        and status <> 'void'
    group by
        source_relation,
        currency,
        reporting_month

),

attempts as (

    select
        source_relation,
        currency,
        reporting_month,
        sum(invoice_count) as invoice_count,
        sum(paid_invoice_count) as paid_count,
        sum(amount_due) as amount_due,
        sum(amount_paid) as amount_paid,
        sum(attempt_count * invoice_count) as attempt_count
    from {{ ref('finance_operations_invoice_attempts') }}
    group by
        source_relation,
        currency,
        reporting_month

)

select
    coalesce(invoices.source_relation, attempts.source_relation) as source_relation,
    coalesce(invoices.currency, attempts.currency) as currency,
    coalesce(invoices.reporting_month, attempts.reporting_month) as reporting_month,
    invoices.invoice_count,
    attempts.invoice_count as count_by_attempts
from invoices
full outer join attempts
    on invoices.source_relation = attempts.source_relation
    and invoices.currency = attempts.currency
    and invoices.reporting_month = attempts.reporting_month
where coalesce(invoices.currency, attempts.currency) is not null
    and (
        coalesce(invoices.invoice_count, 0) <> coalesce(attempts.invoice_count, 0)
        or coalesce(invoices.paid_count, 0) <> coalesce(attempts.paid_count, 0)
        or coalesce(invoices.amount_due, 0) <> coalesce(attempts.amount_due, 0)
        or coalesce(invoices.amount_paid, 0) <> coalesce(attempts.amount_paid, 0)
        or coalesce(invoices.attempt_count, 0) <> coalesce(attempts.attempt_count, 0)
    )
{% endcall %}
