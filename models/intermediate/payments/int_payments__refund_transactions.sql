-- What the balance says of each refund: when it first moved money, and how often it
-- failed. An adjustment on a refund is a failure, where Stripe's own category does not
-- say otherwise. What test-mode objects name is test data.
with

balance_transactions as (

    select
        *,
        nullif(lower(trim(reporting_category)), '') as delivered_category,
        lower(trim(type)) as plain_type
    from {{ ref('stg_stripe__balance_transactions') }}
    where source_id is not null

),

test_mode_objects as (

    select * from {{ ref('int_balances__test_mode_objects') }}

),

types as (

    select * from {{ ref('stripe_balance_transaction_types') }}

),

categorized as (

    select
        balance_transactions.source_relation,
        balance_transactions.source_id as refund_id,
        coalesce(
            balance_transactions.delivered_category,
            case
                when balance_transactions.plain_type = 'adjustment'
                    then 'refund_failure'
                else types.reporting_category
            end
        ) as category,
        balance_transactions.created_at
    from balance_transactions
    left join types
        on balance_transactions.plain_type = types.type
    left join test_mode_objects
        on balance_transactions.source_relation = test_mode_objects.source_relation
        and balance_transactions.balance_transaction_id = test_mode_objects.object_id
    where test_mode_objects.object_id is null

),

final as (

    select
        source_relation,
        refund_id,
        sum(
            case
                when category = 'refund_failure' and {{ is_by_as_of('created_at') }}
                    then 1
                else 0
            end
        ) as failure_count,
        min(created_at) as created_at
    from categorized
    group by source_relation, refund_id

)

select * from final
