-- What moved the balance, by line of the summary, for every month from the currency's
-- first balance transaction on.
with

days as (

    select * from {{ ref('int_summaries__currency_days') }}

),

transactions as (

    select * from {{ ref('int_summaries__balance_lines') }}

),

moved as (

    select
        source_relation,
        currency,
        reporting_month,
        sum(case when summary_line = 'charge' then net_amount end)
            as charge_activity_amount,
        sum(case when summary_line = 'refund' then net_amount end)
            as refund_activity_amount,
        sum(case when summary_line = 'partial_capture_reversal' then net_amount end)
            as partial_capture_reversal_activity_amount,
        sum(case when summary_line = 'dispute' then net_amount end)
            as dispute_activity_amount,
        sum(case when summary_line = 'fee' then net_amount end)
            as account_fee_activity_amount,
        sum(case when summary_line = 'transfer' then net_amount end)
            as transfer_activity_amount,
        sum(case when summary_line = 'platform_earning' then net_amount end)
            as platform_earning_activity_amount,
        sum(case when summary_line = 'other' then net_amount end)
            as other_activity_amount,
        sum(case when summary_line = 'unclassified' then net_amount end)
            as unclassified_activity_amount,
        sum(case when summary_line = 'payout' then -net_amount end) as payout_amount,
        count(*) as transaction_count,
        sum(case when summary_line = 'unclassified' then 1 end) as unclassified_count
    from transactions
    group by source_relation, currency, reporting_month

),

begun as (

    select
        source_relation,
        currency,
        min(reporting_month) as first_month
    from transactions
    group by source_relation, currency

),

months as (

    select
        days.source_relation,
        days.currency,
        {{ first_day_of('month', 'days.reporting_date') }} as reporting_month,
        max(days.zero_amount) as zero_amount
    from days
    inner join begun
        on days.source_relation = begun.source_relation
        and days.currency = begun.currency
        and days.reporting_date >= begun.first_month
    group by
        days.source_relation,
        days.currency,
        {{ first_day_of('month', 'days.reporting_date') }}

),

final as (

    select
        months.source_relation,
        months.currency,
        {{ amount_figure('moved.charge_activity_amount', 'months.zero_amount') }}
            as charge_activity_amount,
        {{ amount_figure('moved.refund_activity_amount', 'months.zero_amount') }}
            as refund_activity_amount,
        {{ amount_figure(
            'moved.partial_capture_reversal_activity_amount', 'months.zero_amount'
        ) }} as partial_capture_reversal_activity_amount,
        {{ amount_figure('moved.dispute_activity_amount', 'months.zero_amount') }}
            as dispute_activity_amount,
        {{ amount_figure('moved.account_fee_activity_amount', 'months.zero_amount') }}
            as account_fee_activity_amount,
        {{ amount_figure('moved.transfer_activity_amount', 'months.zero_amount') }}
            as transfer_activity_amount,
        {{ amount_figure(
            'moved.platform_earning_activity_amount', 'months.zero_amount'
        ) }} as platform_earning_activity_amount,
        {{ amount_figure('moved.other_activity_amount', 'months.zero_amount') }}
            as other_activity_amount,
        {{ amount_figure(
            'moved.unclassified_activity_amount', 'months.zero_amount'
        ) }} as unclassified_activity_amount,
        {{ amount_figure('moved.payout_amount', 'months.zero_amount') }}
            as payout_amount,
        {{ count_figure('moved.transaction_count') }} as transaction_count,
        {{ count_figure('moved.unclassified_count') }} as unclassified_count,
        months.reporting_month
    from months
    left join moved
        on months.source_relation = moved.source_relation
        and months.currency = moved.currency
        and months.reporting_month = moved.reporting_month

)

select * from final
