{{ config(materialized=by_object('view')) }}

-- What the balance says of each refund: when it first moved money, whether it came
-- back, whether it took back a payment that failed, and whether Stripe's category says
-- that it only released money. An adjustment on a refund brings it back, where that
-- category does not say otherwise.
with

transactions as (

    select * from {{ touched('int_payments__transactions_tied') }}
    where refund_id is not null

),

types as (

    select * from {{ ref('stripe_balance_transaction_types') }}

),

partial_capture_reversals as (

    select * from {{ touched('int_payments__partial_capture_reversals') }}

),

categorized as (

    select
        transactions.source_relation,
        transactions.refund_id,
        transactions.balance_transaction_id,
        transactions.plain_type,
        transactions.amount_minor,
        coalesce(
            transactions.delivered_category,
            case
                when transactions.is_of_refund
                    and transactions.plain_type = 'adjustment'
                    then 'refund_failure'
            end,
            types.reporting_category
        ) as category,
        reversals.balance_transaction_id is not null as is_reversal,
        transactions.is_by_as_of,
        transactions.created_at
    from transactions
    left join types
        on transactions.plain_type = types.type
    left join partial_capture_reversals as reversals
        on transactions.source_relation = reversals.source_relation
        and transactions.balance_transaction_id = reversals.balance_transaction_id

),

final as (

    select
        source_relation,
        refund_id,
        max(case when is_by_as_of then balance_transaction_id end)
            as balance_transaction_id,
        sum(
            case
                when is_by_as_of
                    and (
                        category = 'refund_failure'
                        or (
                            plain_type in ('refund', 'payment_refund')
                            and amount_minor > 0
                        )
                    )
                    then 1
                else 0
            end
        ) as failure_count,
        sum(
            case
                when is_by_as_of
                    and plain_type = 'payment_failure_refund'
                    then 1
                else 0
            end
        ) as payment_failure_count,
        sum(case when is_reversal then 1 else 0 end) as reversal_count,
        min(created_at) as created_at
    from categorized
    group by source_relation, refund_id

)

select * from final
