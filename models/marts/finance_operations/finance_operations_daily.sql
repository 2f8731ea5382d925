with

days as (

    select * from {{ ref('int_summaries__activity_daily') }}

),

final as (

    select
        source_relation,
        currency,
        attempted_charge_count,
        attempted_charge_amount,
        succeeded_charge_count,
        gross_charge_count,
        gross_charge_amount,
        failed_charge_count,
        failed_charge_amount,
        pending_charge_count,
        pending_charge_amount,
        refund_count,
        refund_amount,
        refunded_charge_count,
        refunded_charge_amount,
        cast(gross_charge_amount - refund_amount as numeric(38, 6))
            as net_charge_amount,
        dispute_count,
        dispute_amount,
        disputed_charge_count,
        cohort_dispute_count,
        cohort_dispute_amount,
        fee_amount,
        net_volume_amount,
        succeeded_payment_count,
        failed_payment_count,
        first_failed_payment_count,
        first_failed_payment_amount,
        recovered_payment_count,
        recovered_payment_amount,
        {{ success_rate('charge') }} as charge_success_rate,
        {{ success_rate('payment') }} as payment_success_rate,
        {{ ratio('refund_count', 'gross_charge_count') }} as refund_count_rate,
        {{ ratio('refund_amount', 'gross_charge_amount') }} as refund_amount_rate,
        {{ ratio('refunded_charge_count', 'gross_charge_count') }}
            as refunded_charge_count_rate,
        {{ ratio('refunded_charge_amount', 'gross_charge_amount') }}
            as refunded_charge_amount_rate,
        {{ ratio('cohort_dispute_count', 'succeeded_charge_count') }} as dispute_rate,
        {{ ratio('dispute_count', 'succeeded_charge_count') }} as dispute_activity_rate,
        {{ ratio('recovered_payment_count', 'first_failed_payment_count') }}
            as recovery_rate,
        {{ ratio('recovered_payment_amount', 'first_failed_payment_amount') }}
            as recovery_amount_rate,
        days_to_payment_total,
        days_to_sync_total,
        {{ ratio('days_to_payment_total', 'succeeded_charge_count') }}
            as mean_days_to_payment,
        {{ ratio('days_to_sync_total', 'attempted_charge_count') }}
            as mean_days_to_sync,
        reporting_date,
        {{ first_day_of('week', 'reporting_date') }} as reporting_week,
        {{ first_day_of('month', 'reporting_date') }} as reporting_month
    from days

)

select * from final
