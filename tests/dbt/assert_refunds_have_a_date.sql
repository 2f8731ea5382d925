{{ config(severity='warn') }}

-- Refunds without a creation date, a balance transaction or a charge to take it from:
-- no figure counts them.
select
    source_relation,
    refund_id,
    charge_id,
    currency,
    amount_minor
from {{ ref('int_payments__refunds_classified') }}
where created_at is null
