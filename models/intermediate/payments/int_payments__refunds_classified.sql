{{ config(materialized='table') }}

with

refunds as (

    select * from {{ ref('int_payments__refunds_found') }}

),

charges as (

    select * from {{ ref('int_payments__charges_captured') }}

),

refund_transactions as (

    select * from {{ ref('int_payments__refund_transactions') }}

),

joined as (

    select
        refunds.source_relation,
        refunds.refund_id,
        refunds.balance_transaction_id,
        refunds.charge_id,
        refunds.currency,
        refunds.reason,
        refunds.receipt_number,
        refunds.status,
        refunds.amount_minor,
        refunds.is_inferred,
        refunds.created_at is null as is_date_estimated,
        case
            when refunds.status is not null
                then refunds.status in ('failed', 'canceled')
            when refunds.is_inferred then false
            else coalesce(refund_transactions.failure_count > 0, false)
        end as is_failed,
        not coalesce(charges.is_captured, true) as is_of_uncaptured_charge,
        coalesce(
            charges.is_gross
            and not refunds.is_inferred
            and charges.amount_minor > charges.captured_amount_minor
            and charges.amount_minor - charges.captured_amount_minor
            = refunds.amount_minor,
            false
        ) as is_of_released_amount,
        coalesce(
            refunds.created_at,
            case when not refunds.is_inferred then refund_transactions.created_at end,
            charges.created_at
        ) as created_at
    from refunds
    left join charges
        on refunds.source_relation = charges.source_relation
        and refunds.charge_id = charges.charge_id
    left join refund_transactions
        on refunds.source_relation = refund_transactions.source_relation
        and refunds.refund_id = refund_transactions.refund_id

),

ranked as (

    -- Of the refunds equal to what was not captured, the earliest is the release.
    select
        *,
        row_number() over (
            partition by source_relation, charge_id, is_of_released_amount
            order by created_at nulls last, {{ binary_order('refund_id') }}
        ) as released_amount_rank
    from joined

),

final as (

    select
        *,
        is_of_uncaptured_charge
        or (is_of_released_amount and released_amount_rank = 1) as is_release
    from ranked

)

select * from final
