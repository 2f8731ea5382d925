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
        dispute_count,
        dispute_amount,
        cast(gross_charge_amount - refund_amount as numeric(38, 6))
            as net_charge_amount,
        cast(gross_charge_amount - refunded_charge_amount as numeric(38, 6))
            as net_charge_cohort_amount,
        net_volume_amount,
        succeeded_payment_count,
        failed_payment_count,
        new_customer_count,
        {{ success_rate('charge') }} as charge_success_rate,
        {{ success_rate('payment') }} as payment_success_rate,
        days_to_payment_total,
        {{ ratio('days_to_payment_total', 'succeeded_charge_count') }}
            as mean_days_to_payment,
        reporting_date,
        {{ first_day_of('week', 'reporting_date') }} as reporting_week,
        {{ first_day_of('month', 'reporting_date') }} as reporting_month
    from days

)

select * from final
