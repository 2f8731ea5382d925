{{ config(materialized=by_object('table'), meta={'object': 'refund_id'}) }}

-- Refunds that count, and those that failed or released money never captured.
with

refunds as (

    select * from {{ touched('int_payments__refunds_found') }}

),

charges as (

    select
        *,
        amount_minor - captured_amount_minor as released_amount_minor
    from {{ touched('int_payments__charges_captured') }}

),

moved as (

    select * from {{ touched('int_payments__refund_transactions') }}

),

releases_shown as (

    -- Charges whose release the balance shows; in its own currency by the amount.
    select distinct
        charges.source_relation,
        charges.charge_id
    from charges
    inner join {{ touched('int_payments__partial_capture_reversals') }} as reversals
        on charges.source_relation = reversals.source_relation
        and charges.charge_id = reversals.charge_id
    where charges.released_amount_minor = -reversals.amount_minor
        or charges.currency <> reversals.currency

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
        coalesce(
            refunds.status in ('failed', 'canceled'), moved.failure_count > 0, false
        ) as is_failed,
        coalesce(moved.payment_failure_count > 0, false) as is_payment_failure,
        not coalesce(charges.is_captured, true) as is_of_uncaptured_charge,
        coalesce(
            charges.is_gross
            and not refunds.is_inferred
            and coalesce(moved.payment_failure_count, 0) = 0
            and charges.released_amount_minor > 0
            and charges.released_amount_minor = refunds.amount_minor
            and not coalesce(charges.currency <> refunds.currency, false)
            -- A refund that has a transaction beside the release's is paid by it.
            and (
                releases_shown.charge_id is null
                or moved.reversal_count > 0
                or coalesce(
                    refunds.balance_transaction_id,
                    moved.balance_transaction_id
                ) is null
            ),
            false
        ) as is_of_released_amount,
        coalesce(
            refunds.created_at,
            {{ earlier_of('moved.created_at', 'refunds.transaction_created_at') }},
            charges.created_at
        ) as created_at
    from refunds
    left join charges
        on refunds.source_relation = charges.source_relation
        and refunds.charge_id = charges.charge_id
    left join moved
        on refunds.source_relation = moved.source_relation
        and refunds.refund_id = moved.refund_id
    left join releases_shown
        on refunds.source_relation = releases_shown.source_relation
        and refunds.charge_id = releases_shown.charge_id

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
