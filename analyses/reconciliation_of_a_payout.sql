-- What each payout of the as-of month carried: all that became available in its
-- currency since the payout before it. difference is what it took (positive) or left
-- (negative) of the rest of the available balance.
-- Segment's data cannot supply automatic_payout_id, which names the payout of a
-- transaction. Of a manual payout Stripe itself does not know its transactions.
with

transactions as (

    select * from {{ ref('fct_balance_transactions') }}
    where currency is not null

),

payouts as (

    select
        source_relation,
        balance_transaction_id,
        coalesce(payout_id, transfer_id) as payout_id,
        currency,
        -net_amount as payout_amount,
        reporting_date,
        reporting_month,
        created_at,
        lag(created_at) over (
            partition by source_relation, currency
            order by
                created_at asc,
                {{ binary_order('balance_transaction_id') }} asc
        ) as previous_created_at
    from transactions
    where is_payout
        and reporting_category in ('payout', 'transfer')

),

carried as (

    -- A payout that came back is available again.
    select
        source_relation,
        currency,
        reporting_category,
        transaction_amount,
        fee_amount,
        net_amount,
        coalesce(available_at, created_at) as available_at
    from transactions
    where not is_payout
        or reporting_category in ('payout_reversal', 'transfer_reversal')

),

final as (

    select
        payouts.source_relation,
        payouts.payout_id,
        payouts.balance_transaction_id,
        payouts.currency,
        payouts.reporting_date as payout_date,
        payouts.payout_amount,
        count(carried.source_relation) as transaction_count,
        coalesce(
            sum(
                case
                    when carried.reporting_category in ('charge', 'charge_failure')
                        then carried.transaction_amount
                end
            ),
            0
        ) as charge_gross,
        coalesce(
            sum(
                case
                    when
                        carried.reporting_category not in ('charge', 'charge_failure')
                        then carried.transaction_amount
                end
            ),
            0
        ) as other_gross,
        coalesce(sum(carried.fee_amount), 0) as fee,
        coalesce(sum(carried.net_amount), 0) as net,
        payouts.payout_amount - coalesce(sum(carried.net_amount), 0) as difference
    from payouts
    left join carried
        on payouts.source_relation = carried.source_relation
        and payouts.currency = carried.currency
        and payouts.created_at >= carried.available_at
        and (
            payouts.previous_created_at is null
            or payouts.previous_created_at < carried.available_at
        )
    where payouts.reporting_month = {{ first_day_of('month', as_of_date()) }}
    group by
        payouts.source_relation,
        payouts.payout_id,
        payouts.balance_transaction_id,
        payouts.currency,
        payouts.reporting_date,
        payouts.payout_amount

)

select * from final
order by
    {{ binary_order('source_relation') }} asc,
    {{ binary_order('currency') }} asc,
    payout_date asc,
    {{ binary_order('balance_transaction_id') }} asc
