-- The Executive Summary's days in the reporting currency: each amount at the rate of
-- its day, rounded once.
with

days as (

    select * from {{ ref('executive_summary_daily') }}
    where {{ has_reporting_currency() }}

),

rates as (

    select * from {{ ref('int_summaries__exchange_rates_daily') }}

),

rated as (

    select
        days.*,
        rates.exchange_rate
    from days
    left join rates
        on days.currency = rates.currency
        and days.reporting_date = rates.reporting_date

),

figures as (

    select
        source_relation,
        {{ reporting_currency() }} as currency,
        currency as original_currency,
        attempted_charge_count,
        {{ converted('attempted_charge_amount') }} as attempted_charge_amount,
        succeeded_charge_count,
        gross_charge_count,
        {{ converted('gross_charge_amount') }} as gross_charge_amount,
        failed_charge_count,
        {{ converted('failed_charge_amount') }} as failed_charge_amount,
        pending_charge_count,
        {{ converted('pending_charge_amount') }} as pending_charge_amount,
        refund_count,
        {{ converted('refund_amount') }} as refund_amount,
        refunded_charge_count,
        {{ converted('refunded_charge_amount') }} as refunded_charge_amount,
        dispute_count,
        {{ converted('dispute_amount') }} as dispute_amount,
        {{ converted('net_volume_amount') }} as net_volume_amount,
        succeeded_payment_count,
        failed_payment_count,
        new_customer_count,
        days_to_payment_total,
        exchange_rate,
        {{ lacks_rate([
            'attempted_charge_amount', 'gross_charge_amount', 'refund_amount',
            'refunded_charge_amount', 'dispute_amount', 'net_volume_amount',
        ]) }} as is_rate_missing,
        reporting_date,
        reporting_week,
        reporting_month
    from rated

),

final as (

    select
        *,
        gross_charge_amount - refund_amount as net_charge_amount,
        gross_charge_amount - refunded_charge_amount as net_charge_cohort_amount
    from figures

)

select * from final
