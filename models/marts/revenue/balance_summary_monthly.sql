with

months as (

    select * from {{ ref('int_summaries__balance_moved') }}

),

summed as (

    select
        *,
        charge_activity_amount
        + refund_activity_amount
        + partial_capture_reversal_activity_amount
        + dispute_activity_amount
        + account_fee_activity_amount
        + transfer_activity_amount
        + platform_earning_activity_amount
        + other_activity_amount
        + unclassified_activity_amount
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
        cast(closing_balance_amount - moved_amount as {{ exact() }})
            as opening_balance_amount,
        charge_activity_amount,
        refund_activity_amount,
        partial_capture_reversal_activity_amount,
        dispute_activity_amount,
        account_fee_activity_amount,
        transfer_activity_amount,
        platform_earning_activity_amount,
        other_activity_amount,
        unclassified_activity_amount,
        cast(activity_amount as {{ exact() }}) as activity_amount,
        payout_amount,
        cast(closing_balance_amount as {{ exact() }}) as closing_balance_amount,
        transaction_count,
        unclassified_count,
        reporting_month
    from rolled

)

select * from final
