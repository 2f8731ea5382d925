with

months as (

    select * from {{ ref('int_balances__moved_monthly') }}

),

summed as (

    select
        *,
        charge_amount
        + refund_amount
        + partial_capture_reversal_amount
        + dispute_amount
        + fee_amount
        + transfer_amount
        + platform_earning_amount
        + other_amount
        + unclassified_amount
            as activity_amount
    from months

),

rolled as (

    select
        *,
        activity_amount - payout_amount as moved_amount,
        sum(activity_amount - payout_amount) over (
            partition by source_relation, currency
            order by reporting_month asc
            rows between unbounded preceding and current row
        ) as closing_balance_amount
    from summed

),

final as (

    select
        source_relation,
        currency,
        cast(closing_balance_amount - moved_amount as numeric(38, 6))
            as opening_balance_amount,
        charge_amount,
        refund_amount,
        partial_capture_reversal_amount,
        dispute_amount,
        fee_amount,
        transfer_amount,
        platform_earning_amount,
        other_amount,
        unclassified_amount,
        cast(activity_amount as numeric(38, 6)) as activity_amount,
        payout_amount,
        cast(closing_balance_amount as numeric(38, 6)) as closing_balance_amount,
        transaction_count,
        unclassified_count,
        reporting_month
    from rolled

)

select * from final
