-- What each customer's charges, refunds and balance come to in the reporting currency,
-- by month: each day at the rate of the day. No rows without a reporting currency.
with

days as (

    select * from {{ ref('int_lifetime_value__flows_daily') }}

),

rates as (

    select * from {{ ref('int_summaries__exchange_rates_daily') }}

),

converted as (

    select
        days.source_relation,
        days.customer_id,
        days.currency,
        {{ converted('days.gross_amount', 'rates.exchange_rate') }} as gross_amount,
        {{ converted('days.refund_amount', 'rates.exchange_rate') }} as refund_amount,
        {{ converted('days.net_volume_amount', 'rates.exchange_rate') }}
            as net_volume_amount,
        {{ converted('days.fee_amount', 'rates.exchange_rate') }} as fee_amount,
        {{ first_day_of('month', 'days.reporting_date') }} as reporting_month
    from days
    left join rates
        on days.currency = rates.currency
        and days.reporting_date = rates.reporting_date

),

final as (

    select
        source_relation,
        customer_id,
        currency,
        {{ whole_sum('gross_amount') }} as gross_amount,
        {{ whole_sum('refund_amount') }} as refund_amount,
        {{ whole_sum('net_volume_amount') }} as net_volume_amount,
        {{ whole_sum('fee_amount') }} as fee_amount,
        reporting_month
    from converted
    group by source_relation, customer_id, currency, reporting_month

)

select * from final
