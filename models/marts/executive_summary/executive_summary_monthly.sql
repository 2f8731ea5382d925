with

months as (

    select * from {{ ref('int_summaries__executive_months') }}

),

rated as (

    select
        *,
        {{ success_rate('charge') }} as charge_success_rate,
        {{ success_rate('payment') }} as payment_success_rate,
        {{ success_rate('charge', 'previous_') }} as previous_charge_success_rate,
        {{ success_rate('payment', 'previous_') }} as previous_payment_success_rate
    from months

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
        net_charge_amount,
        net_charge_cohort_amount,
        succeeded_payment_count,
        failed_payment_count,
        new_customer_count,
        charge_success_rate,
        payment_success_rate,
        previous_attempted_charge_count,
        previous_attempted_charge_amount,
        previous_succeeded_charge_count,
        previous_gross_charge_count,
        previous_gross_charge_amount,
        previous_failed_charge_count,
        previous_failed_charge_amount,
        previous_pending_charge_count,
        previous_pending_charge_amount,
        previous_refund_count,
        previous_refund_amount,
        previous_refunded_charge_count,
        previous_refunded_charge_amount,
        previous_net_charge_amount,
        previous_net_charge_cohort_amount,
        previous_succeeded_payment_count,
        previous_failed_payment_count,
        previous_new_customer_count,
        previous_charge_success_rate,
        previous_payment_success_rate,
        {{ change('attempted_charge_count') }} as attempted_charge_count_change,
        {{ change('attempted_charge_amount') }} as attempted_charge_amount_change,
        {{ change('succeeded_charge_count') }} as succeeded_charge_count_change,
        {{ change('gross_charge_count') }} as gross_charge_count_change,
        {{ change('gross_charge_amount') }} as gross_charge_amount_change,
        {{ change('failed_charge_count') }} as failed_charge_count_change,
        {{ change('failed_charge_amount') }} as failed_charge_amount_change,
        {{ change('pending_charge_count') }} as pending_charge_count_change,
        {{ change('pending_charge_amount') }} as pending_charge_amount_change,
        {{ change('refund_count') }} as refund_count_change,
        {{ change('refund_amount') }} as refund_amount_change,
        {{ change('refunded_charge_count') }} as refunded_charge_count_change,
        {{ change('refunded_charge_amount') }} as refunded_charge_amount_change,
        {{ change('net_charge_amount') }} as net_charge_amount_change,
        {{ change('net_charge_cohort_amount') }} as net_charge_cohort_amount_change,
        {{ change('succeeded_payment_count') }} as succeeded_payment_count_change,
        {{ change('failed_payment_count') }} as failed_payment_count_change,
        {{ change('new_customer_count') }} as new_customer_count_change,
        cast(charge_success_rate - previous_charge_success_rate as numeric(38, 6))
            as charge_success_rate_change,
        cast(payment_success_rate - previous_payment_success_rate as numeric(38, 6))
            as payment_success_rate_change,
        reporting_month
    from rated

)

select * from final
