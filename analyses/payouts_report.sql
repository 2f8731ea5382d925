-- Stripe's itemized payouts (payouts.itemized.3) of the as-of month, those that came
-- back included; amounts as they moved the balance.
-- Segment's data cannot supply: payouts as objects, so that status, arrival and
-- destination are null where the payout is not among the transfers, nor trace_id,
-- payout_method or whether it was automatic.
with

transactions as (

    select * from {{ ref('fct_balance_transactions') }}
    where is_payout
        and currency is not null

),

transfers as (

    select * from {{ ref('stg_stripe__transfers') }}

),

identified as (

    select
        *,
        coalesce(payout_id, transfer_id) as any_payout_id
    from transactions

),

reversals as (

    select
        source_relation,
        any_payout_id,
        min(created_at) as reversed_at
    from identified
    where reporting_category in ('payout_reversal', 'transfer_reversal')
    group by source_relation, any_payout_id

),

final as (

    select
        identified.source_relation,
        identified.any_payout_id as payout_id,
        coalesce(transfers.arrival_at, identified.available_at, identified.created_at)
            as effective_at_utc,
        identified.currency,
        identified.transaction_amount as gross,
        identified.fee_amount as fee,
        identified.net_amount as net,
        identified.reporting_category,
        identified.balance_transaction_id,
        identified.description,
        {{ reporting_date('transfers.arrival_at') }} as payout_expected_arrival_date,
        transfers.status as payout_status,
        reversals.reversed_at as payout_reversed_at_utc,
        case when transfers.bank_account_id is not null then 'bank_account' end
            as payout_type,
        transfers.description as payout_description,
        coalesce(transfers.bank_account_id, transfers.destination_id)
            as payout_destination_id
    from identified
    left join transfers
        on identified.source_relation = transfers.source_relation
        and identified.transfer_id = transfers.transfer_id
    left join reversals
        on identified.source_relation = reversals.source_relation
        and identified.any_payout_id = reversals.any_payout_id
    where identified.reporting_month = {{ first_day_of('month', as_of_date()) }}

)

select * from final
order by
    effective_at_utc asc,
    {{ binary_order('source_relation') }} asc,
    {{ binary_order('balance_transaction_id') }} asc
