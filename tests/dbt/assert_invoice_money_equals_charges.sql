-- What charges did to each invoice, against the charges; what was paid of it, where
-- anything was to pay, is dated by the first that succeeded.
{% call if_built() %}
with

charges as (

    select
        source_relation,
        invoice_id,
        currency,
        count(*) as charge_count,
        sum(gross_amount) as gross_amount,
        sum(failed_amount) as failed_amount,
        sum(refunded_amount) as refund_amount,
        sum(case when status = 'succeeded' then 1 else 0 end) as succeeded_count,
        sum(case when status = 'failed' then 1 else 0 end) as failed_count,
        min(case when is_gross then created_at end) as paid_at,
        min(case when is_gross then reporting_date end) as paid_date
    from {{ touched('fct_charges') }}
    where invoice_id is not null
    group by
        source_relation,
        invoice_id,
        currency

)

select
    invoices.source_relation,
    invoices.invoice_id,
    invoices.status,
    invoices.gross_amount,
    charges.gross_amount as charged_amount,
    invoices.net_amount,
    invoices.paid_date,
    charges.paid_date as charged_date
from {{ touched('fct_invoices') }} as invoices
inner join charges
    on invoices.source_relation = charges.source_relation
    and invoices.invoice_id = charges.invoice_id
    and invoices.currency = charges.currency
where invoices.gross_amount <> charges.gross_amount
    or invoices.failed_amount <> charges.failed_amount
    or invoices.refund_amount <> charges.refund_amount
    or invoices.net_amount <> charges.gross_amount - charges.refund_amount
    or invoices.charge_count < charges.charge_count
    or invoices.succeeded_charge_count < charges.succeeded_count
    or invoices.failed_charge_count < charges.failed_count
    or (
        invoices.is_paid
        and invoices.amount_due > 0
        and invoices.paid_date <> charges.paid_date
    )
    or invoices.paid_at > charges.paid_at
{% endcall %}
