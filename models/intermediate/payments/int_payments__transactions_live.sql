{{ config(materialized=by_object('view')) }}

-- Balance transactions of any day, less those of test-mode charges.
with

balance_transactions as (

    select * from {{ touched('stg_stripe__balance_transactions') }}

),

test_mode_objects as (

    select * from {{ touched('int_payments__test_mode_objects') }}

),

final as (

    select
        balance_transactions.source_relation,
        balance_transactions.balance_transaction_id,
        balance_transactions.source_id,
        balance_transactions.currency,
        balance_transactions.description,
        balance_transactions.exchange_rate,
        nullif(lower(trim(balance_transactions.reporting_category)), '')
            as delivered_category,
        balance_transactions.status,
        balance_transactions.type,
        nullif(lower(trim(balance_transactions.type)), '') as plain_type,
        balance_transactions.amount_minor,
        -- Amount, fee and net: any one follows from the other two.
        coalesce(
            balance_transactions.fee_minor,
            balance_transactions.amount_minor - balance_transactions.net_minor,
            0
        ) as fee_minor,
        coalesce(
            balance_transactions.net_minor,
            balance_transactions.amount_minor
            - coalesce(balance_transactions.fee_minor, 0)
        ) as net_minor,
        {{ is_by_as_of('balance_transactions.created_at') }} as is_by_as_of,
        balance_transactions.available_at,
        balance_transactions.created_at
    from balance_transactions
    left join test_mode_objects as sources
        on balance_transactions.source_relation = sources.source_relation
        and balance_transactions.source_id = sources.object_id
    left join test_mode_objects as named
        on balance_transactions.source_relation = named.source_relation
        and balance_transactions.balance_transaction_id = named.object_id
    where sources.object_id is null
        and named.object_id is null

)

select * from final
