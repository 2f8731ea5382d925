{{ config(materialized='table') }}

with

balance_transactions as (

    select * from {{ ref('stg_stripe__balance_transactions') }}
    where {{ is_by_as_of('created_at') }}

),

charges as (

    select * from {{ ref('stg_stripe__charges') }}

),

partial_capture_reversals as (

    select * from {{ ref('int_payments__partial_capture_reversals') }}

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
    where lower(trim(balance_transactions.type)) in ('charge', 'payment')

),

found as (

    select
        *,
        1 as is_own
    from payments

    union distinct

    select
        source_relation,
        charge_id,
        balance_transaction_id,
        0 as is_own
    from partial_capture_reversals

),

links as (

    select
        source_relation,
        charge_id,
        balance_transaction_id,
        max(is_own) as is_own
    from found
    group by
        source_relation,
        charge_id,
        balance_transaction_id

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
    having max(links.is_own) = 1

)

select * from final
