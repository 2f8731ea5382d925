with

balance_transactions as (

    select * from {{ ref('stg_stripe__balance_transactions') }}

),

charges as (

    select * from {{ ref('stg_stripe__charges') }}

),

refunds as (

    select * from {{ ref('stg_stripe__refunds') }}

),

payments as (

    -- The charge names its transaction, the transaction its charge; either may be
    -- missing, and union keeps one row where both are there.
    select
        charges.source_relation,
        charges.charge_id,
        charges.balance_transaction_id
    from charges
    where charges.balance_transaction_id is not null

    union distinct

    select
        balance_transactions.source_relation,
        balance_transactions.source_id as charge_id,
        balance_transactions.balance_transaction_id
    from balance_transactions
    where balance_transactions.type in ('charge', 'payment')

),

partial_capture_reversals as (

    -- Of type refund: on the charge itself, or on the refund that released the rest,
    -- and then only its description tells it from a refund of money.
    select
        balance_transactions.source_relation,
        coalesce(refunds.charge_id, balance_transactions.source_id) as charge_id,
        balance_transactions.balance_transaction_id
    from balance_transactions
    left join refunds
        on balance_transactions.source_relation = refunds.source_relation
        and balance_transactions.source_id = refunds.refund_id
    left join refunds as paying_refunds
        on balance_transactions.source_relation = paying_refunds.source_relation
        and balance_transactions.balance_transaction_id
        = paying_refunds.balance_transaction_id
    where balance_transactions.type in ('refund', 'payment_refund')
        and (
            coalesce(refunds.refund_id, paying_refunds.refund_id) is null
            or lower(balance_transactions.description) like '%partial%capture%'
        )

),

links as (

    select * from payments
    union distinct
    select * from partial_capture_reversals

),

final as (

    select
        links.source_relation,
        links.charge_id,
        balance_transactions.currency,
        cast(
            sum(balance_transactions.amount_minor) as {{ dbt.type_bigint() }}
        ) as amount_minor
    from links
    inner join balance_transactions
        on links.source_relation = balance_transactions.source_relation
        and links.balance_transaction_id = balance_transactions.balance_transaction_id
    group by
        links.source_relation,
        links.charge_id,
        balance_transactions.currency

)

select * from final
