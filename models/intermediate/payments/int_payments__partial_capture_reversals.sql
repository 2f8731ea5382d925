-- Stripe writes the reversal as type refund. Its description tells it, or it is on the
-- charge itself and no refund row can be what it paid for. Whether its source is a
-- charge is asked where transactions are tied to their objects.
with

balance_transactions as (

    select
        *,
        coalesce(lower(description) like '%partial%capture%', false) as is_told
    from {{ ref('stg_stripe__balance_transactions') }}
    where {{ is_by_as_of('created_at') }}

),

refunds as (

    select * from {{ ref('stg_stripe__refunds') }}

),

sources_with_refunds as (

    select distinct source_relation from refunds

),

final as (

    -- Several refunds of one amount would repeat the row.
    select distinct
        balance_transactions.source_relation,
        coalesce(
            named.charge_id, paid.charge_id, balance_transactions.source_id
        ) as charge_id,
        balance_transactions.balance_transaction_id,
        balance_transactions.is_told
    from balance_transactions
    left join refunds as named
        on balance_transactions.source_relation = named.source_relation
        and balance_transactions.source_id = named.refund_id
    left join refunds as paid
        on balance_transactions.source_relation = paid.source_relation
        and balance_transactions.balance_transaction_id = paid.balance_transaction_id
    left join refunds as alike
        on balance_transactions.source_relation = alike.source_relation
        and balance_transactions.source_id = alike.charge_id
        and balance_transactions.amount_minor = -alike.amount_minor
    left join sources_with_refunds
        on balance_transactions.source_relation = sources_with_refunds.source_relation
    where lower(trim(balance_transactions.type)) in ('refund', 'payment_refund')
        and (
            balance_transactions.is_told
            or (
                coalesce(named.refund_id, paid.refund_id, alike.refund_id) is null
                and sources_with_refunds.source_relation is not null
            )
        )

)

select * from final
