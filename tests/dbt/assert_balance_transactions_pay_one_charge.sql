{{ config(severity='warn') }}

-- Balance transactions that several charges name: each moves the money of one.
select
    source_relation,
    balance_transaction_id,
    count(*) as charge_count,
    min(charge_id) as first_charge_id,
    max(charge_id) as last_charge_id
from {{ ref('fct_charges') }}
where balance_transaction_id is not null
group by
    source_relation,
    balance_transaction_id
having count(*) > 1
