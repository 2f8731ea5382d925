{{ config(severity='warn') }}

-- Invoices without a creation date: no figure counts them.
select
    source_relation,
    invoice_id,
    customer_id,
    currency,
    status,
    total_minor
from {{ ref('stg_stripe__invoices') }}
where created_at is null
