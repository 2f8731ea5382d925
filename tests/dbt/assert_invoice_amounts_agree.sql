{{ config(severity='warn') }}

-- Invoices of which paid and remaining do not make up what was due, by id.
select
    source_relation,
    invoice_id,
    currency,
    status,
    total,
    amount_due,
    amount_paid,
    amount_remaining
from {{ ref('fct_invoices') }}
where status <> 'draft'
    and amount_paid + amount_remaining <> amount_due
