-- When the money of each charge became available: the earliest of the transaction that
-- it names and the payments that name it as their source.
with

charges as (

    select * from {{ ref('int_payments__charges_captured') }}

),

transactions as (

    select * from {{ ref('int_balances__transactions_classified') }}
    where available_at is not null

),

found as (

    select
        charges.source_relation,
        charges.charge_id,
        transactions.available_at
    from charges
    inner join transactions
        on charges.source_relation = transactions.source_relation
        and charges.balance_transaction_id = transactions.balance_transaction_id

    union all

    select
        source_relation,
        source_id as charge_id,
        available_at
    from transactions
    where plain_type in ('charge', 'payment')

),

final as (

    select
        source_relation,
        charge_id,
        min(available_at) as settled_at
    from found
    group by source_relation, charge_id

)

select * from final
