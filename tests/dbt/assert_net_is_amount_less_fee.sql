-- Balance transactions whose net is not amount - fee, by id.
select
    source_relation,
    balance_transaction_id,
    currency,
    transaction_amount,
    fee_amount,
    net_amount
from {{ ref('fct_balance_transactions') }}
where net_amount <> transaction_amount - fee_amount
