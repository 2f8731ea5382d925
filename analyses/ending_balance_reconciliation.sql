-- What the balance of the as-of day consists of, in the columns of Stripe's
-- ending_balance_reconciliation.summary.1: funds that are still pending by category,
-- and the rest as `available`. net sums to the closing_balance_amount of
-- balance_summary_monthly.
-- Segment's data cannot supply: the payout that settles a transaction
-- (automatic_payout_id), so available funds are not split by category; nor what the
-- account held before the first sync.
with

transactions as (

    select * from {{ ref('fct_balance_transactions') }}
    where currency is not null

),

held as (

    select
        *,
        case
            when available_date > {{ as_of_date() }} then reporting_category
            else 'available'
        end as category
    from transactions

),

final as (

    select
        source_relation,
        category as reporting_category,
        currency,
        count(*) as count,
        sum(transaction_amount) as gross,
        sum(fee_amount) as fee,
        sum(net_amount) as net
    from held
    group by
        source_relation,
        category,
        currency

)

select * from final
order by
    {{ binary_order('source_relation') }} asc,
    {{ binary_order('currency') }} asc,
    {{ binary_order('reporting_category') }} asc
