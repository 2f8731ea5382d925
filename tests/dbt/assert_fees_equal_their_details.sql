-- Balance transactions whose fee is not the sum of its details, where any came.
with

details as (

    select
        source_relation,
        balance_transaction_id,
        sum(amount_minor) as fee_minor
    from {{ ref('stg_stripe__balance_transaction_fee_details') }}
    group by
        source_relation,
        balance_transaction_id

)

select
    transactions.source_relation,
    transactions.balance_transaction_id,
    transactions.currency,
    transactions.fee_minor,
    details.fee_minor as fee_minor_of_details
from {{ ref('stg_stripe__balance_transactions') }} as transactions
inner join details
    on transactions.source_relation = details.source_relation
    and transactions.balance_transaction_id = details.balance_transaction_id
where coalesce(transactions.fee_minor, 0) <> details.fee_minor
