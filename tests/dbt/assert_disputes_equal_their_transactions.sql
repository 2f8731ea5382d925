{{ config(severity='warn') }}

-- Disputes whose amount is not what was withdrawn from the balance for them, by id; in
-- the dispute's currency. Inquiries withdraw nothing.
select
    source_relation,
    dispute_id,
    currency,
    status,
    dispute_amount,
    withdrawn_amount,
    dispute_amount - withdrawn_amount as difference
from {{ ref('fct_disputes') }}
where currency = settlement_currency
    and dispute_amount <> withdrawn_amount
