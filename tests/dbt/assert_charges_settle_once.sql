{{ config(severity='warn') }}

-- Charges that several payments in the balance belong to: net volume has each of them.
select
    source_relation,
    charge_id,
    count(*) as transaction_count,
    min(balance_transaction_id) as first_balance_transaction_id,
    max(balance_transaction_id) as last_balance_transaction_id
from {{ ref('fct_balance_transactions') }}
where type in ('charge', 'payment')
    and charge_id is not null
group by
    source_relation,
    charge_id
having count(*) > 1
