-- Each month beside what it is compared with.
with

summed as (

    select * from {{ ref('int_summaries__executive_periods') }}

),

months as (

    select * from summed
    where not is_previous

),

previous as (

    select * from summed
    where is_previous

),

as_of_state as (

    select * from {{ ref('int_receivables__as_of_state') }}

),

compared as (

    select
        months.source_relation,
        months.currency,
        months.attempted_charge_count,
        months.attempted_charge_amount,
        months.succeeded_charge_count,
        months.gross_charge_count,
        months.gross_charge_amount,
        months.failed_charge_count,
        months.failed_charge_amount,
        months.pending_charge_count,
        months.pending_charge_amount,
        months.refund_count,
        months.refund_amount,
        months.refunded_charge_count,
        months.refunded_charge_amount,
        months.dispute_count,
        months.dispute_amount,
        months.net_charge_amount,
        months.net_charge_cohort_amount,
        months.net_volume_amount,
        months.succeeded_payment_count,
        months.failed_payment_count,
        months.new_customer_count,
        months.days_to_payment_total,
        previous.attempted_charge_count as previous_attempted_charge_count,
        previous.attempted_charge_amount as previous_attempted_charge_amount,
        previous.succeeded_charge_count as previous_succeeded_charge_count,
        previous.gross_charge_count as previous_gross_charge_count,
        previous.gross_charge_amount as previous_gross_charge_amount,
        previous.failed_charge_count as previous_failed_charge_count,
        previous.failed_charge_amount as previous_failed_charge_amount,
        previous.pending_charge_count as previous_pending_charge_count,
        previous.pending_charge_amount as previous_pending_charge_amount,
        previous.refund_count as previous_refund_count,
        previous.refund_amount as previous_refund_amount,
        previous.refunded_charge_count as previous_refunded_charge_count,
        previous.refunded_charge_amount as previous_refunded_charge_amount,
        previous.dispute_count as previous_dispute_count,
        previous.dispute_amount as previous_dispute_amount,
        previous.net_charge_amount as previous_net_charge_amount,
        previous.net_charge_cohort_amount as previous_net_charge_cohort_amount,
        previous.net_volume_amount as previous_net_volume_amount,
        previous.succeeded_payment_count as previous_succeeded_payment_count,
        previous.failed_payment_count as previous_failed_payment_count,
        previous.new_customer_count as previous_new_customer_count,
        previous.days_to_payment_total as previous_days_to_payment_total,
        months.reporting_month
    from months
    left join previous
        on months.source_relation = previous.source_relation
        and months.currency = previous.currency
        and months.reporting_month = previous.reporting_month

),

final as (

    select
        compared.*,
        as_of_state.delinquent_customer_count,
        as_of_state.past_due_customer_count,
        as_of_state.unpaid_invoice_count,
        as_of_state.unpaid_invoice_amount,
        {{ success_rate('charge') }} as charge_success_rate,
        {{ success_rate('payment') }} as payment_success_rate,
        {{ ratio('days_to_payment_total', 'succeeded_charge_count') }}
            as mean_days_to_payment,
        {{ success_rate('charge', 'previous_') }} as previous_charge_success_rate,
        {{ success_rate('payment', 'previous_') }} as previous_payment_success_rate,
        {{ ratio('previous_days_to_payment_total', 'previous_succeeded_charge_count') }}
            as previous_mean_days_to_payment
    from compared
    left join as_of_state
        on compared.source_relation = as_of_state.source_relation
        and compared.currency = as_of_state.currency
        and compared.reporting_month = as_of_state.reporting_month

)

select * from final
