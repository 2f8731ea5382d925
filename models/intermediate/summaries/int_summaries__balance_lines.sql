-- The line of the balance summary that each transaction belongs to.
with

transactions as (

    select * from {{ ref('fct_balance_transactions') }}
    where currency is not null

),

final as (

    select
        source_relation,
        balance_transaction_id,
        currency,
        case
            when is_payout then 'payout'
            when reporting_category in ('charge', 'charge_failure') then 'charge'
            when reporting_category in ('refund', 'refund_failure') then 'refund'
            when reporting_category in ('dispute', 'dispute_reversal') then 'dispute'
            when reporting_category in ('transfer', 'transfer_reversal')
                then 'transfer'
            when
                reporting_category in ('platform_earning', 'platform_earning_refund')
                then 'platform_earning'
            when
                reporting_category in (
                    'partial_capture_reversal', 'fee', 'unclassified'
                )
                then reporting_category
            else 'other'
        end as summary_line,
        net_amount,
        reporting_date,
        reporting_month
    from transactions

)

select * from final
