-- What moved the balance, by month, in the reporting currency: each day's activity and
-- payouts at the rate of the day. No rows without a reporting currency.
with

lines as (

    select * from {{ ref('int_summaries__balance_lines') }}
    where {{ has_reporting_currency() }}

),

rates as (

    select * from {{ ref('int_summaries__exchange_rates_daily') }}

),

days as (

    select
        source_relation,
        currency,
        sum(case when summary_line = 'payout' then net_amount * 0 else net_amount end)
            as activity_amount,
        sum(case when summary_line = 'payout' then -net_amount else net_amount * 0 end)
            as payout_amount,
        reporting_date,
        reporting_month
    from lines
    group by source_relation, currency, reporting_date, reporting_month

),

converted as (

    select
        days.source_relation,
        days.currency,
        {{ converted('days.activity_amount', 'rates.exchange_rate') }}
            as activity_amount,
        {{ converted('days.payout_amount', 'rates.exchange_rate') }} as payout_amount,
        days.reporting_month
    from days
    left join rates
        on days.currency = rates.currency
        and days.reporting_date = rates.reporting_date

),

final as (

    select
        source_relation,
        currency,
        {{ whole_sum('activity_amount') }} as activity_amount,
        {{ whole_sum('payout_amount') }} as payout_amount,
        reporting_month
    from converted
    group by source_relation, currency, reporting_month

)

select * from final
