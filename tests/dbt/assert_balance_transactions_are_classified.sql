{{ config(severity='warn') }}

-- Balance transactions that neither their type nor source nor description tells.
select
    source_relation,
    balance_transaction_id,
    source_id,
    type,
    description,
    net_amount
from {{ ref('fct_balance_transactions') }}
where reporting_category = 'unclassified'
