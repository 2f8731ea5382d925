{{ config(materialized=by_object('view')) }}

-- Stripe's reporting category, which Segment does not deliver: of an adjustment by its
-- source, else by its description; else that of the type.
with

transactions as (

    select * from {{ touched('int_payments__transactions_tied') }}
    where is_by_as_of

),

reversals as (

    select * from {{ touched('int_payments__partial_capture_reversals') }}

),

releases as (

    select * from {{ touched('int_payments__refunds_classified') }}
    where is_release

),

types as (

    select * from {{ ref('stripe_balance_transaction_types') }}

),

described as (

    select
        transactions.*,
        types.reporting_category as category_of_type,
        reversals.balance_transaction_id is not null
        or (
            releases.refund_id is not null
            and transactions.plain_type in ('refund', 'payment_refund')
        ) as is_partial_capture_reversal,
        case
            when transactions.amount_minor > 0 then 'dispute_reversal'
            else 'dispute'
        end as dispute_category,
        {{ own_words('transactions.description') }} as words
    from transactions
    left join reversals
        on transactions.source_relation = reversals.source_relation
        and transactions.balance_transaction_id = reversals.balance_transaction_id
    left join releases
        on transactions.source_relation = releases.source_relation
        and transactions.refund_id = releases.refund_id
    left join types
        on transactions.plain_type = types.type

),

categorized as (

    select
        *,
        case
            when delivered_category is not null then delivered_category
            when is_partial_capture_reversal then 'partial_capture_reversal'
            when coalesce(plain_type, '') <> 'adjustment'
                then coalesce(category_of_type, 'unclassified')
            when is_of_dispute then dispute_category
            when is_of_refund then 'refund_failure'
            when words like '%chargeback%' or words like '%dispute%'
                then dispute_category
            when words like '%refund%' and words like '%fail%' then 'refund_failure'
            when words like '%fee%' then 'fee'
            else 'unclassified'
        end as reporting_category
    from described

),

final as (

    select
        source_relation,
        balance_transaction_id,
        charge_id,
        dispute_id,
        case when reporting_category in ('payout', 'payout_reversal') then source_id end
            as payout_id,
        refund_id,
        source_id,
        transfer_id,
        reversed_transfer_id,
        currency,
        description,
        exchange_rate,
        reporting_category,
        status,
        type,
        plain_type,
        amount_minor,
        fee_minor,
        net_minor,
        reporting_category in (
            'charge',
            'charge_failure',
            'refund',
            'refund_failure',
            'partial_capture_reversal',
            'dispute',
            'dispute_reversal'
        ) as is_net_volume,
        {{ reporting_date('created_at') }} as reporting_date,
        available_at,
        created_at
    from categorized

)

select * from final
