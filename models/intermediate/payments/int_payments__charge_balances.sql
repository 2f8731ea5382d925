{{ config(materialized='table') }}

-- What the balance kept of each charge, per currency: its payment less what was given
-- back uncaptured.
with

transactions as (

    select * from {{ ref('int_payments__transactions_tied') }}
    where is_by_as_of
        and charge_id is not null

),

partial_capture_reversals as (

    select * from {{ ref('int_payments__partial_capture_reversals') }}

),

final as (

    select
        transactions.source_relation,
        transactions.charge_id,
        transactions.currency,
        cast(
            sum(transactions.amount_minor) as {{ dbt.type_bigint() }}
        ) as amount_minor
    from transactions
    left join partial_capture_reversals as reversals
        on transactions.source_relation = reversals.source_relation
        and transactions.balance_transaction_id = reversals.balance_transaction_id
    where transactions.is_payment
        or reversals.balance_transaction_id is not null
    group by
        transactions.source_relation,
        transactions.charge_id,
        transactions.currency
    having max(case when transactions.is_payment then 1 else 0 end) = 1

)

select * from final
