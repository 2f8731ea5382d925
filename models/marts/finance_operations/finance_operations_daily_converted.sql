-- The days of Finance Operations in the reporting currency: beside the Executive
-- Summary's converted figures those that are its own, at the rate of the same day.
with

converted as (

    select * from {{ ref('executive_summary_daily_converted') }}

),

days as (

    select * from {{ ref('finance_operations_daily') }}
    where {{ has_reporting_currency() }}

),

final as (

    select
        converted.source_relation,
        converted.currency,
        converted.original_currency,
        converted.attempted_charge_count,
        converted.attempted_charge_amount,
        converted.succeeded_charge_count,
        converted.gross_charge_count,
        converted.gross_charge_amount,
        converted.failed_charge_count,
        converted.failed_charge_amount,
        converted.pending_charge_count,
        converted.pending_charge_amount,
        converted.refund_count,
        converted.refund_amount,
        converted.refunded_charge_count,
        converted.refunded_charge_amount,
        converted.net_charge_amount,
        converted.dispute_count,
        converted.dispute_amount,
        days.disputed_charge_count,
        days.cohort_dispute_count,
        {{ converted('days.cohort_dispute_amount', 'converted.exchange_rate') }}
            as cohort_dispute_amount,
        {{ converted('days.fee_amount', 'converted.exchange_rate') }} as fee_amount,
        converted.net_volume_amount,
        converted.succeeded_payment_count,
        converted.failed_payment_count,
        days.first_failed_payment_count,
        {{ converted('days.first_failed_payment_amount', 'converted.exchange_rate') }}
            as first_failed_payment_amount,
        days.recovered_payment_count,
        {{ converted('days.recovered_payment_amount', 'converted.exchange_rate') }}
            as recovered_payment_amount,
        converted.days_to_payment_total,
        days.days_to_sync_total,
        converted.exchange_rate,
        converted.is_rate_missing
        or {{ lacks_rate(
            [
                'days.cohort_dispute_amount', 'days.fee_amount',
                'days.first_failed_payment_amount', 'days.recovered_payment_amount',
            ],
            'converted.exchange_rate'
        ) }}
            as is_rate_missing,
        converted.reporting_date,
        converted.reporting_week,
        converted.reporting_month
    from converted
    inner join days
        on converted.source_relation = days.source_relation
        and converted.original_currency = days.currency
        and converted.reporting_date = days.reporting_date

)

select * from final
